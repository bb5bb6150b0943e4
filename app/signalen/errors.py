"""What can be wrong with a request about a signal."""

from app.core.errors import Conflict, Forbidden, Fout, InvalidInput, NotFound


class SignaalNotFound(NotFound):
    """Unknown, not sent yet, or of another municipality."""

    code = "signaal-niet-gevonden"

    def __init__(self) -> None:
        super().__init__("Dit signaal bestaat niet, of u mag het niet zien.")


class SignaalplekNotFound(NotFound):
    """The object or municipality is unknown or not the caller's."""

    code = "signaalplek-niet-gevonden"


class SignaalIdInGebruik(Conflict):
    """Another signal, or the same with other content, stands under this id."""

    code = "kenmerk-in-gebruik"

    def __init__(self) -> None:
        super().__init__("Onder dit kenmerk staat al iets anders. Dien het in met een nieuw kenmerk.")


class SignaalstapGeweigerd(Conflict):
    """The state machine refuses this step."""

    code = "signaalstap-geweigerd"


class BronVoorbehouden(Forbidden):
    """Only an AF submits a signal from this source."""

    code = "bron-voorbehouden"


class GeenSignaal(InvalidInput):
    """What was sent is no signal, or not a whole one."""

    code = "geen-signaal"


class BronOnjuist(InvalidInput):
    """The source of a signal does not fit together."""

    code = "bron-onjuist"

    def __init__(self, veld: str, melding: str) -> None:
        super().__init__("De bron van het signaal klopt niet; zie 'fouten'.", [Fout(f"body.{veld}", melding)])


class AdresonderzoekNotFound(NotFound):
    """Unknown, taken away, or of another municipality."""

    code = "adresonderzoek-niet-gevonden"

    def __init__(self) -> None:
        super().__init__("Dit adresonderzoek bestaat niet, of het is niet voor u.")


class AdresonderzoekWacht(Conflict):
    """Nothing was released yet, or it is finished."""

    code = "adresonderzoek-wacht"

    def __init__(self) -> None:
        super().__init__("Er is nog niets vrijgegeven, of dit adresonderzoek is al afgerond.")


class OverdrachtNotFound(NotFound):
    """Unknown, or of a signal that the caller may not read."""

    code = "overdracht-niet-gevonden"

    def __init__(self) -> None:
        super().__init__("Deze overdracht bestaat niet, of u mag haar niet zien.")


class ReactieOnjuist(InvalidInput):
    """The answer of a partner does not fit the hand-over."""

    code = "reactie-onjuist"

    def __init__(self, veld: str, melding: str) -> None:
        super().__init__("Het antwoord van de partner klopt niet; zie 'fouten'.", [Fout(f"body.{veld}", melding)])


class GemeenteZonderDienst(Conflict):
    """A signal cannot be transferred to this municipality."""

    code = "gemeente-zonder-dienst"

    def __init__(self) -> None:
        super().__init__(
            "Deze gemeente werkt niet met deze dienst, of is uw eigen gemeente. Bel de aandachtsfunctionaris daar."
        )


class VerzoekNotFound(NotFound):
    """Unknown, or not for the caller."""

    code = "verzoek-niet-gevonden"

    def __init__(self) -> None:
        super().__init__("Dit verzoek bestaat niet, of is niet voor u.")


class VerzoekLoopt(Conflict):
    """The same was asked already."""

    code = "verzoek-loopt"

    def __init__(self) -> None:
        super().__init__(
            "Dit is al gevraagd aan een tweede aandachtsfunctionaris. Wacht op het antwoord of trek het in."
        )


class VerzoekBeslist(Conflict):
    """The request was decided, withdrawn or overtaken."""

    code = "verzoek-beslist"

    def __init__(self) -> None:
        super().__init__("Op dit verzoek is al beslist, of het signaal is intussen gewijzigd.")


class TweedePersoonGeweigerd(Forbidden):
    """The caller cannot be the second pair of eyes here."""

    code = "tweede-persoon-geweigerd"


class OverlegreeksNotFound(NotFound):
    """Unknown, or the caller is no member."""

    code = "overlegreeks-niet-gevonden"

    def __init__(self) -> None:
        super().__init__("Dit overleg bestaat niet, of u bent er geen lid van.")


class OverlegNotFound(NotFound):
    """Unknown, or the caller is no member (OVL-03)."""

    code = "overleg-niet-gevonden"

    def __init__(self) -> None:
        super().__init__("Dit overleg bestaat niet, of u bent er geen lid van.")


class AgendapuntNotFound(NotFound):
    """Unknown, or not for the caller."""

    code = "agendapunt-niet-gevonden"

    def __init__(self) -> None:
        super().__init__("Dit agendapunt bestaat niet, of u mag er niet over beslissen.")


class OverlegIdInGebruik(Conflict):
    """Something else stands under this id, or a meeting on this day."""

    code = "overleg-bezet"


class OverlegOnjuist(InvalidInput):
    """A series or a meeting that does not hold together."""

    code = "overleg-onjuist"

    def __init__(self, veld: str, melding: str) -> None:
        super().__init__("Het overleg klopt niet; zie 'fouten'.", [Fout(f"body.{veld}", melding)])


class AgendaGeweigerd(Conflict):
    """A signal that does not belong on this agenda, or a meeting that cannot change so."""

    code = "agenda-geweigerd"


class PakketNotFound(NotFound):
    """No sealed document behind this address, or not any more; which of the two is not told."""

    code = "document-niet-gevonden"

    def __init__(self) -> None:
        super().__init__("Dit document bestaat niet of is niet meer op te halen. Vraag de afzender.")


class PakketGeweigerd(Conflict):
    """No sealed document can be made or taken back now."""

    code = "verzegeld-document-geweigerd"
