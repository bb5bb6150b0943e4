"""Refuses texts about an object before anything is stored (design section 7, REG-05, DAT-01)."""

from collections.abc import Mapping

from app.core.errors import Fout, InvalidInput
from app.objecten.rules.teksten import dwelling_faults, text_faults
from app.objecten.status import Objecttype

GEWEIGERD = "De tekst kan zo niet bewaard worden; zie 'fouten'."


def faults_of(soort: Objecttype, texts: Mapping[str, str | None], known: frozenset[str] = frozenset()) -> list[Fout]:
    """What free texts may not hold, for a caller that has more to refuse.

    Args:
        soort: type of the object.
        texts: texts by field, as the API names it.
        known: numbers that the object itself is known by.
    """
    return [
        Fout(field, fault)
        for field, text in texts.items()
        for fault in text_faults(soort, text, is_name=field == "naam", known=known)
    ]


def refuse_texts(soort: Objecttype, texts: Mapping[str, str | None], known: frozenset[str] = frozenset()) -> None:
    """Refuses what free text may not hold (see `faults_of`).

    Raises:
        InvalidInput: all faults of all fields.
    """
    faults = faults_of(soort, texts, known)
    if faults:
        raise InvalidInput(GEWEIGERD, faults)


def refuse_traces(soort: Objecttype, numbers: Mapping[str, str | None], openingstijden: object = None) -> None:
    """Refuses what would tell a dwelling by its use, though it is no free text (REG-05).

    Raises:
        InvalidInput: all faults of all fields.
    """
    faults = [Fout(field, fault) for field, fault in dwelling_faults(soort, numbers, openingstijden)]
    if faults:
        raise InvalidInput(GEWEIGERD, faults)
