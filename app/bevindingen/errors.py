"""Errors of findings and photos; each carries its status and a Dutch sentence that says how to mend it."""

from app.core.errors import BodyTooLarge, Conflict, InvalidInput, NotFound, PreconditionFailed


class BevindingNotFound(NotFound):
    """Unknown, confidential, or not visible for this caller: these look alike (DAT-13)."""

    code = "bevinding-niet-gevonden"

    def __init__(self) -> None:
        super().__init__("Deze bevinding bestaat niet, of u mag haar niet zien.")


class TermijnStaatVast(Conflict):
    """A finding keeps the term that it has."""

    def __init__(self) -> None:
        super().__init__("Deze bevinding heeft al een hersteltermijn.")


class HersteltermijnOntbreekt(Conflict):
    """A finding without a term cannot be closed (PLN-12)."""

    code = "hersteltermijn-ontbreekt"

    def __init__(self) -> None:
        super().__init__(
            "Deze bevinding heeft geen hersteltermijn. Geef eerst een termijn en controleer daarna opnieuw."
        )


class NogGeenHercontrole(Conflict):
    """No later control answered the question (PLN-12)."""

    code = "nog-geen-hercontrole"

    def __init__(self) -> None:
        super().__init__("Er is nog geen afgeronde hercontrole waarbij deze vraag is beantwoord. Plan een hercontrole.")


class GeenTekortkoming(Conflict):
    """Nothing that must be put right: it is about how the control went, or serves no enforcement."""

    def __init__(self) -> None:
        super().__init__("Dit is geen tekortkoming die moet worden hersteld.")


class BijlageNotFound(NotFound):
    """Unknown, or not visible for this caller."""

    def __init__(self) -> None:
        super().__init__("Deze foto bestaat niet, of u mag haar niet zien.")


class OtherPhoto(Conflict):
    """The client-made id stands for another photo already."""

    def __init__(self) -> None:
        super().__init__("Onder dit kenmerk staat een andere foto. Geef deze foto een nieuw kenmerk.")


class WrongOffset(Conflict):
    """A piece that does not begin where the last one ended (tus core protocol)."""

    def __init__(self, offset: int) -> None:
        super().__init__(
            "Dit deel sluit niet aan op wat er al is. Ga verder bij 'Upload-Offset'.",
            headers={"Upload-Offset": str(offset)},
        )


class PhotoClosed(Conflict):
    """The photo takes no more bytes, or cannot be withdrawn any more."""


class DamagedPhoto(Conflict):
    """All bytes are there, but together they are not the photo that was announced; it starts anew at 0."""

    def __init__(self) -> None:
        super().__init__(
            "De foto is beschadigd aangekomen. Stuur haar opnieuw vanaf het begin.", headers={"Upload-Offset": "0"}
        )


class PhotoTooLarge(BodyTooLarge):
    """Larger than a photo may be."""


class PhotoRefused(InvalidInput):
    """At this item, or in this number, no photo may be taken; all reasons at once."""


class UnknownTus(PreconditionFailed):
    """Another version of the upload protocol (tus)."""

    title = "Deze versie van het uploadprotocol kent de dienst niet"
    code = "uploadprotocol"
