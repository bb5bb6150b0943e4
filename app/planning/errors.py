"""What can be wrong with a question about planning. A record outside the caller's municipalities is not found."""

from app.core.errors import Conflict, Fout, InvalidInput, NotFound, TooManyRequests


class PlanrondeNotFound(NotFound):
    """No such round, or not visible."""

    def __init__(self) -> None:
        super().__init__("Deze planronde bestaat niet of is niet zichtbaar voor u.")


class PlanregelNotFound(NotFound):
    """No such proposed visit, or not visible."""

    def __init__(self) -> None:
        super().__init__("Dit geplande bezoek bestaat niet of is niet zichtbaar voor u.")


class PlanactieNotFound(NotFound):
    """No such proposed actie, or not visible."""

    def __init__(self) -> None:
        super().__init__("Deze geplande integrale actie bestaat niet of is niet zichtbaar voor u.")


class BeschikbaarheidNotFound(NotFound):
    """No such shift or partner date, or not visible."""

    def __init__(self) -> None:
        super().__init__("Deze dienst of partnerdag bestaat niet of is niet zichtbaar voor u.")


class VerlofNotFound(NotFound):
    """No such leave, or not visible."""

    def __init__(self) -> None:
        super().__init__("Dit verlof bestaat niet of is niet zichtbaar voor u.")


class AgendaNotFound(NotFound):
    """No such calendar, or its secret ended: what is wrong is told to nobody."""

    def __init__(self) -> None:
        super().__init__("Deze agenda bestaat niet of is niet meer geldig. Vraag de planner om een nieuw adres.")


class AgendaBusy(TooManyRequests):
    """A calendar was fetched too often."""

    code = "agenda-te-vaak"


class ToezichtplanNotFound(NotFound):
    """No such plan, or not visible."""

    def __init__(self) -> None:
        super().__init__("Dit toezichtplan bestaat niet of is niet zichtbaar voor u.")


class InvalidBeschikbaarheden(InvalidInput):
    """Capacity that cannot be stored; all faults at once."""

    code = "beschikbaarheden-ongeldig"

    def __init__(self, fouten: list[Fout]) -> None:
        super().__init__("De beschikbaarheden zijn niet opgeslagen; zie 'fouten'.", fouten)


class InvalidPlanronde(InvalidInput):
    """A round that cannot be planned; all faults at once."""

    code = "planronde-ongeldig"

    def __init__(self, fouten: list[Fout]) -> None:
        super().__init__("Deze planronde kan zo niet worden berekend; zie 'fouten'.", fouten)


class IdInUse(Conflict):
    """A client-made id came a second time with other content (ADR 0007)."""

    def __init__(self) -> None:
        super().__init__("Dit kenmerk (id) hoort al bij een ander gegeven. Maak een nieuw kenmerk aan.")


class WrongStatus(Conflict):
    """The round is not in the state that this step needs."""

    code = "planronde-status"


class MoveRefused(Conflict):
    """A visit cannot stand there; `fouten` names every rule that it would break."""

    code = "verplaatsen-kan-niet"

    def __init__(self, fouten: list[Fout]) -> None:
        super().__init__("Dit kan daar niet staan; zie 'fouten'.", fouten)


class AddRefused(Conflict):
    """A visit or actie that cannot be added; `fouten` names every rule that it would break."""

    code = "toevoegen-kan-niet"

    def __init__(self, fouten: list[Fout]) -> None:
        super().__init__("Dit kan zo niet aan het voorstel worden toegevoegd; zie 'fouten'.", fouten)


class DropRefused(Conflict):
    """A visit that cannot be dropped on its own; `fouten` says why."""

    code = "schrappen-kan-niet"

    def __init__(self, fouten: list[Fout]) -> None:
        super().__init__("Dit kan niet worden geschrapt; zie 'fouten'.", fouten)


class ReleaseRefused(Conflict):
    """A round that would plan twice, or in the past; `fouten` names the visits."""

    code = "vrijgeven-kan-niet"


class HerplanningNotFound(NotFound):
    """No such proposal to replan, or not visible."""

    def __init__(self) -> None:
        super().__init__("Deze herplanning bestaat niet of is niet zichtbaar voor u.")


class InvalidHerplanning(InvalidInput):
    """Something that cannot be replanned for; all faults at once."""

    code = "herplanning-ongeldig"

    def __init__(self, fouten: list[Fout]) -> None:
        super().__init__("Voor deze gebeurtenissen kan niet worden herpland; zie 'fouten'.", fouten)
