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


class PakketNotFound(NotFound):
    """No sealed document behind this address, or not any more; which of the two is not told."""

    code = "document-niet-gevonden"

    def __init__(self) -> None:
        super().__init__("Dit document bestaat niet of is niet meer op te halen. Vraag de afzender.")


class PakketGeweigerd(Conflict):
    """No sealed document can be made or taken back now."""

    code = "verzegeld-document-geweigerd"
