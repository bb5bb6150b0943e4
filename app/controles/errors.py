"""What can go wrong in the field, as a caller sees it."""

from app.core.errors import Conflict, Forbidden, Fout, InvalidInput, NotFound, Unavailable


class ControleNotFound(NotFound):
    """Unknown, or not visible for this caller."""

    code = "controle-niet-gevonden"

    def __init__(self) -> None:
        super().__init__("Deze controle bestaat niet of is voor u niet zichtbaar.")


class ActieNotFound(NotFound):
    """Unknown, or not visible for this caller."""

    code = "actie-niet-gevonden"

    def __init__(self) -> None:
        super().__init__("Deze actie bestaat niet of is voor u niet zichtbaar.")


class VlagNotFound(NotFound):
    """Unknown, or not visible for this caller."""

    code = "vlag-niet-gevonden"

    def __init__(self) -> None:
        super().__init__("Deze vlag bestaat niet of is voor u niet zichtbaar.")


class ApparaatNotFound(NotFound):
    """Unknown, or not visible for this caller."""

    code = "apparaat-niet-gevonden"

    def __init__(self) -> None:
        super().__init__("Deze tablet is hier niet bekend of is voor u niet zichtbaar.")


class OvergangNietMogelijk(Conflict):
    """The life cycle does not allow this step now."""

    code = "overgang-niet-mogelijk"


class AndereInhoud(Conflict):
    """The same id was sent before with other content."""

    code = "kenmerk-in-gebruik"

    def __init__(self) -> None:
        super().__init__("Dit kenmerk is al gebruikt voor iets anders. Maak een nieuw kenmerk en stuur opnieuw.")


class PartnerNietGeldig(InvalidInput):
    """The partner is not (any more) a partner on that day (REG-16)."""

    code = "partner-niet-geldig"


class TekstGeweigerd(InvalidInput):
    """The text holds what may not be stored (V11)."""

    code = "tekst-geweigerd"


class AfstemmingNotFound(NotFound):
    """Unknown, or not visible for this caller."""

    code = "afstemming-niet-gevonden"

    def __init__(self) -> None:
        super().__init__("Deze vraag bestaat niet of is voor u niet zichtbaar.")


class NietVrijTeGeven(Conflict):
    """The control is held back. Whoever holds it, the answer is the same: the planner (PLN-01)."""

    code = "niet-vrij-te-geven"

    def __init__(self) -> None:
        super().__init__("Deze controle kan nu niet worden vrijgegeven. Reden: planner.")


class MachtigingNotFound(NotFound):
    """Unknown, or not visible for this caller."""

    code = "machtiging-niet-gevonden"

    def __init__(self) -> None:
        super().__init__("Deze machtiging bestaat niet of is voor u niet zichtbaar.")


class MachtigingAfgehandeld(Conflict):
    """It was issued or refused already."""

    code = "machtiging-afgehandeld"

    def __init__(self) -> None:
        super().__init__("Deze machtiging is al afgegeven of geweigerd. Vraag zo nodig een nieuwe aan.")


class PlanGewijzigd(Conflict):
    """A change of the plan that rests on what is not so any more; `fouten` names every control."""

    code = "plan-gewijzigd"

    def __init__(self, fouten: list[Fout]) -> None:
        super().__init__(
            "Het plan is intussen gewijzigd; er is niets toegepast. Laat opnieuw herplannen; zie 'fouten'.", fouten
        )


class SleutelNietKlaar(Unavailable):
    """No key for tablets was made yet; the worker makes one at its start."""

    code = "sleutel-niet-klaar"

    def __init__(self) -> None:
        super().__init__(
            "De sleutel voor tablets is er nog niet. Probeer het zo opnieuw.", headers={"Retry-After": "5"}
        )


class SleutelhelftNotFound(NotFound):
    """None, destroyed, or another account's."""

    code = "sleutelhelft-niet-gevonden"

    def __init__(self) -> None:
        super().__init__("Voor deze tablet is hier geen sleutelhelft. Meld u aan en kies opnieuw een pincode.")


class BewijsOnjuist(Forbidden):
    """Another PIN than the half was stored with."""

    code = "bewijs-onjuist"

    def __init__(self, over: int) -> None:
        wat = f"Nog {over} keer" if over else "De sleutelhelft is vernietigd; meld u aan"
        super().__init__(f"Deze pincode klopt niet. {wat}.")


class ControleNietBezig(Conflict):
    """The control does not run (any more)."""

    code = "controle-niet-bezig"

    def __init__(self) -> None:
        super().__init__("Deze controle loopt niet (meer).")
