"""All transitions of a signal as data (table G of the signal route): from, to, action, who, guards.

`docs/statusdiagrammen.md` is made from this table; `change_faults` is the one place that holds a change against it.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.signalen.rules import wachters as w
from app.signalen.rules.feiten import Feiten
from app.signalen.rules.wachters import Wachter
from app.signalen.status import Actie, Signaalstatus

S = Signaalstatus


class Wie(StrEnum):
    """Who may make a change."""

    INDIENER = "indiener"
    AF = "aandachtsfunctionaris"
    SYSTEEM = "systeem"


@dataclass(frozen=True)
class Overgang:
    """One row of the table.

    Attributes:
        naar: the state after it; None when the draft is gone.
    """

    actie: Actie
    van: frozenset[Signaalstatus]
    naar: Signaalstatus | None
    wie: frozenset[Wie]
    wachters: tuple[Wachter, ...] = ()


OPEN: frozenset[Signaalstatus] = frozenset(S) - {S.CONCEPT, S.GESLOTEN, S.SAMENGEVOEGD}
"""States in which somebody still has to do something."""

_AF = frozenset({Wie.AF})

OVERGANGEN: tuple[Overgang, ...] = (
    Overgang(
        Actie.VERZENDEN,
        frozenset({S.CONCEPT}),
        S.VERZONDEN,
        frozenset({Wie.INDIENER, Wie.SYSTEEM}),
        (w.place_known, w.text_filtered),
    ),
    Overgang(Actie.VERWIJDEREN, frozenset({S.CONCEPT}), None, frozenset({Wie.INDIENER}), (w.not_automatic,)),
    Overgang(
        Actie.UITZETTEN_112, frozenset({S.CONCEPT, S.VERZONDEN}), S.UITGEZET, frozenset({Wie.SYSTEEM}), (w.is_acuut,)
    ),
    Overgang(Actie.ONTVANGEN, frozenset({S.VERZONDEN}), S.ONTVANGEN, _AF, (w.not_submitter,)),
    Overgang(Actie.VERRIJKEN, frozenset({S.ONTVANGEN}), S.IN_VERRIJKING, _AF, (w.purpose_noted,)),
    Overgang(Actie.TRIEREN, frozenset({S.ONTVANGEN, S.IN_VERRIJKING}), S.GETRIEERD, _AF, (w.triage_complete,)),
    Overgang(Actie.TRIEREN, frozenset({S.UITGEZET}), S.GETRIEERD, _AF, (w.triage_later, w.triage_complete)),
    Overgang(
        Actie.UITZETTEN,
        frozenset({S.GETRIEERD}),
        S.UITGEZET,
        _AF,
        (w.care_informed, w.partners_active, w.shares_logged, w.forced_recipients),
    ),
    Overgang(Actie.IN_BEHANDELING_NEMEN, frozenset({S.UITGEZET}), S.IN_BEHANDELING, _AF, (w.partner_reference,)),
    Overgang(Actie.MONITOREN, OPEN, S.GEMONITORD, _AF, (w.review_soon,)),
    Overgang(
        Actie.SLUITEN,
        OPEN,
        S.GESLOTEN,
        _AF,
        (w.closing_code, w.closed_by_two, w.feedback_done, w.care_informed_or_four_eyes),
    ),
    Overgang(Actie.SAMENVOEGEN, OPEN, S.SAMENGEVOEGD, _AF, (w.same_case, w.highest_urgency_kept)),
    Overgang(Actie.HEROPENEN, frozenset({S.GESLOTEN}), S.ONTVANGEN, _AF, (w.new_fact, w.reopened_by_two_after_a_year)),
)


def find_transition(status: Signaalstatus, actie: Actie) -> Overgang | None:
    """The row for this action in this state, or None when the table has none."""
    return next((row for row in OVERGANGEN if row.actie is actie and status in row.van), None)


def change_faults(status: Signaalstatus, actie: Actie, wie: Wie, feiten: Feiten) -> list[str]:
    """Every reason, in Dutch, why this change is refused; empty when it may go on."""
    overgang = find_transition(status, actie)
    if overgang is None:
        return [f"Een signaal met status '{status}' kan niet naar '{actie}'."]
    if wie not in overgang.wie:
        return ["Deze stap is aan een ander."]
    return list(dict.fromkeys(reason for wachter in overgang.wachters if (reason := wachter(feiten)) is not None))
