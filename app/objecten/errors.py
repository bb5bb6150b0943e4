"""What can be wrong with a question about the stock. A record outside the caller's municipalities is not found."""

from app.core.errors import Conflict, NotFound


class ObjectNotFound(NotFound):
    """No such object, or not visible."""

    def __init__(self) -> None:
        super().__init__("Dit object bestaat niet of is niet zichtbaar voor u.")


class AdresNotFound(NotFound):
    """No such address, or not visible."""

    def __init__(self) -> None:
        super().__init__("Dit adres bestaat niet of is niet zichtbaar voor u.")


class VergunningNotFound(NotFound):
    """No such permit, or not visible."""

    def __init__(self) -> None:
        super().__init__("Deze vergunning bestaat niet of is niet zichtbaar voor u.")


class CertificaatNotFound(NotFound):
    """No such certificate, or not visible."""

    def __init__(self) -> None:
        super().__init__("Dit certificaat bestaat niet of is niet zichtbaar voor u.")


class RisicoadresNotFound(NotFound):
    """No such risk address, or not visible."""

    def __init__(self) -> None:
        super().__init__("Dit risicoadres bestaat niet of is niet zichtbaar voor u.")


class KoppelingNotFound(NotFound):
    """No such link, or not visible."""

    def __init__(self) -> None:
        super().__init__("Deze koppeling bestaat niet of is niet zichtbaar voor u.")


class ImportNotFound(NotFound):
    """No such import, or not visible."""

    def __init__(self) -> None:
        super().__init__("Deze import bestaat niet of is niet zichtbaar voor u.")


class GeenKvkControle(Conflict):
    """A dwelling is never held against the business register (REG-05, REG-19), and without a number there is nothing to ask."""

    code = "geen-kvk-controle"


class NummerInUse(Conflict):
    """The municipality's own number belongs to another record."""

    def __init__(self, what: str) -> None:
        super().__init__(f"Dit nummer hoort al bij {what}. Zoek dat op, of kies een ander nummer.")


class PlanningswensNotFound(NotFound):
    """Unknown, over, or not visible for this caller."""

    code = "planningswens-niet-gevonden"

    def __init__(self) -> None:
        super().__init__("Deze wens bestaat niet, of u mag hem niet zien.")
