"""At the suspicion of an offence the list closes: only the moment is kept, the fact itself never (RPT-02, table A9).

What protects somebody goes on: acute danger, a gut feeling, coercion. That is no questioning, and nothing may hold a
signal back (design section 1, principle 4). Which items those are, the rekenregel of the control says (`blijftOpen`).
"""

from collections.abc import Collection, Mapping
from typing import Any

from app.controles.rules.samenvoegen import Stand, Stempel

ITEM = "HUI-22"
GESLOTEN = "De lijst is gesloten sinds u een mogelijk strafbaar feit zag; dit antwoord is niet bewaard."


def take_moment(stand: Stand, stempel: Stempel, antwoorden: dict[str, Any], blijft_open: Collection[str]) -> None:
    """Takes the answer out of what was sent and keeps its moment; what the device entered later is dropped."""
    if antwoorden.pop(ITEM, None) == "ja":
        close_list(stand, stempel, blijft_open)


def close_list(stand: Stand, stempel: Stempel, blijft_open: Collection[str]) -> None:
    """Keeps the moment at which a possible offence was seen; what was entered after it, on whichever device, is dropped."""
    eerste = stand.sfeerovergang
    if eerste is None or stempel.onderling < eerste.onderling:
        stand.sfeerovergang = stempel
        for code, registers in stand.antwoorden.items():
            if code not in blijft_open:
                later = [a for a, (s, _) in registers.items() if _is_later(s, stempel)]
                for apparaat in later:
                    del registers[apparaat]


def closed_items(
    stand: Stand, stempel: Stempel, antwoorden: Mapping[str, Any], blijft_open: Collection[str]
) -> list[str]:
    """The answers of this entry that come too late to be asked or kept."""
    moment = stand.sfeerovergang
    if moment is None or not _is_later(stempel, moment):
        return []
    return [code for code in antwoorden if code not in blijft_open]


def _is_later(stempel: Stempel, moment: Stempel) -> bool:
    if stempel.apparaat == moment.apparaat:
        return stempel.eigen > moment.eigen
    return stempel.onderling > moment.onderling
