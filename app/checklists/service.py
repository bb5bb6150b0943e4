"""The checklists for other features; read once per process, no tables.

The content folder stands beside the package, so that domain people find it without Python.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

from app.checklists.rules.catalogue import Catalogus
from app.checklists.rules.content import Checklist, Rekenregel
from app.checklists.rules.library import REKENREGEL, Bibliotheek, ChecklistversieNotFoundError
from app.checklists.rules.loader import load_content
from app.checklists.rules.signaalkaarten import Signaalkaarten, read_cards

INHOUD: Final = Path(__file__).resolve().parents[2] / "checklists"


@lru_cache(maxsize=1)
def load_catalogue() -> Bibliotheek:
    """Read and check all content, once per process; call it when the service starts.

    Raises:
        InhoudError: the content is not usable; the service must not start.
    """
    return load_content(INHOUD)


def current_versions(datum: date) -> dict[str, int]:
    """The versions that hold on a business date: per list, and 'rekenregel'. A control stores this.

    Raises:
        ChecklistversieNotFoundError: nothing holds yet on that date.
    """
    return load_catalogue().versions_on(datum)


def get_catalogue(versies: Mapping[str, int]) -> Catalogus:
    """The compiled catalogue of a set of versions, as `current_versions` gave it.

    Raises:
        ChecklistversieNotFoundError: one of the versions does not exist here.
    """
    return _compiled(tuple(sorted(versies.items())))


@lru_cache(maxsize=64)
def _compiled(versies: tuple[tuple[str, int], ...]) -> Catalogus:
    return load_catalogue().catalogue(dict(versies))


def items_of_group(groep: str) -> frozenset[str]:
    """The items of a group over all versions: an item that was ever in it counts."""
    return frozenset(
        item.code for checklist in load_catalogue().checklists for item in checklist.items if item.groep == groep
    )


def get_checklist(code: str, versie: int) -> Checklist:
    """One list in one version.

    Raises:
        ChecklistversieNotFoundError: there is none.
    """
    return load_catalogue().checklist(code, versie)


def question_of(checklistversie: str, item: str) -> str:
    """The question behind a stored answer as it was asked; without the list, its code.

    Args:
        checklistversie: list and version as a finding keeps them, such as 'IDE-2'.
        item: code of the question.
    """
    code, _, version = checklistversie.rpartition("-")
    try:
        items = get_checklist(code, int(version)).items
    except (ChecklistversieNotFoundError, ValueError):
        return item
    return next((one.vraag for one in items if one.code == item), item)


@lru_cache(maxsize=1)
def get_cards() -> Signaalkaarten:
    """The signal cards, read once per process; call it when the service starts.

    Raises:
        SignaalkaartenError: they cannot be used.
    """
    return read_cards(INHOUD / "signaalkaarten-1.yaml")


def get_rekenregel(versie: int) -> Rekenregel:
    """The scoring rule in one version.

    Raises:
        ChecklistversieNotFoundError: there is none.
    """
    return load_catalogue().rekenregel(versie)


def open_after_stop(versies: Mapping[str, int]) -> frozenset[str]:
    """The items that a control with these versions still takes after a possible offence closed its list (RPT-02).

    Of versions that are not known here, or not fixed yet, the newest rule speaks: closing a list never waits for one.
    """
    library = load_catalogue()
    newest = max(library.rekenregels, key=lambda regel: regel.versie)
    rule = next((regel for regel in library.rekenregels if regel.versie == versies.get(REKENREGEL)), newest)
    return frozenset(rule.blijft_open)
