"""Which steps wait for a second person: asked of the guards themselves, so that the two cannot differ (table G, ROL-02)."""

from dataclasses import replace

from app.signalen.rules import wachters as w
from app.signalen.rules.feiten import Feiten
from app.signalen.rules.overgangen import find_transition
from app.signalen.rules.vier_ogen import Vierogen
from app.signalen.rules.wachters import Wachter
from app.signalen.status import Actie, Signaalstatus

ONTBREEKT = "Hiervoor is een tweede aandachtsfunctionaris nodig."

_ACT: dict[Wachter, Vierogen] = {
    w.forced_recipients: Vierogen.ONTVANGER_WEGLATEN,
    w.forced_stay_or_two: Vierogen.ONTVANGER_WEGLATEN,
    w.care_skipped_by_two: Vierogen.ZC_OVERSLAAN,
    w.care_informed_or_four_eyes: Vierogen.ZC_OVERSLAAN,
    w.outside_table_by_two: Vierogen.BUITEN_TABEL_DELEN,
    w.lowered_by_two: Vierogen.URGENTIE_VERLAGEN,
    w.reopened_by_two_after_a_year: Vierogen.HEROPENEN_NA_JAAR,
    w.done_by_two: Vierogen.VERWIJDEREN_VOOR_TERMIJN,
    w.closed_by_two: Vierogen.SLUITEN,
}
"""The act behind each guard that looks at the second person; the gravest first."""


def acts_for_two(status: Signaalstatus, actie: Actie, feiten: Feiten) -> list[Vierogen]:
    """The acts in this step that two people do together, the gravest first; empty when one person may do it."""
    row = find_transition(status, actie)
    if row is None:
        return []
    alone, together = replace(feiten, tweede_fout=ONTBREEKT), replace(feiten, tweede_fout=None)
    return [
        act
        for wachter, act in _ACT.items()
        if wachter in row.wachters and wachter(alone) is not None and wachter(together) is None
    ]
