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
        naar: the state after it; None when the draft is gone, or when the state stays.
        blijft: the state stays as it is.
    """

    actie: Actie
    van: frozenset[Signaalstatus]
    naar: Signaalstatus | None
    wie: frozenset[Wie]
    wachters: tuple[Wachter, ...] = ()
    blijft: bool = False


OPEN: frozenset[Signaalstatus] = frozenset(S) - {S.CONCEPT, S.GESLOTEN, S.SAMENGEVOEGD}
"""States in which somebody still has to do something."""

BEOORDEELD: frozenset[Signaalstatus] = frozenset({S.GETRIEERD, S.UITGEZET, S.IN_BEHANDELING, S.GEMONITORD})
"""Open states in which the AF judged before; what comes in addition asks him to judge again."""

_SENT = frozenset(S) - {S.CONCEPT}
_AF = frozenset({Wie.AF})
_JUDGING = (w.triage_complete, w.lowered_by_two, w.forced_stay_or_two)
_SHARING = (
    w.care_informed,
    w.care_skipped_by_two,
    w.partners_active,
    w.shares_logged,
    w.forced_recipients,
    w.outside_table_by_two,
)

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
    Overgang(
        Actie.TRIEREN,
        frozenset({S.ONTVANGEN, S.IN_VERRIJKING}),
        S.GETRIEERD,
        _AF,
        _JUDGING,
    ),
    Overgang(
        Actie.TRIEREN, frozenset({S.GETRIEERD, S.UITGEZET, S.IN_BEHANDELING}), None, _AF, _JUDGING, blijft=True
    ),  # later than 112, or again because something came in addition
    Overgang(
        Actie.UITZETTEN,
        frozenset({S.GETRIEERD}),
        S.UITGEZET,
        _AF,
        _SHARING,
    ),
    Overgang(Actie.UITZETTEN, frozenset({S.UITGEZET, S.IN_BEHANDELING}), None, _AF, _SHARING, blijft=True),
    Overgang(Actie.IN_BEHANDELING_NEMEN, frozenset({S.UITGEZET}), S.IN_BEHANDELING, _AF, (w.partner_reference,)),
    Overgang(Actie.MONITOREN, frozenset({S.VERZONDEN}), S.GEMONITORD, _AF, (w.not_submitter, w.review_soon)),
    Overgang(Actie.MONITOREN, OPEN - {S.VERZONDEN}, S.GEMONITORD, _AF, (w.review_soon,)),
    Overgang(
        Actie.SLUITEN,
        OPEN,
        S.GESLOTEN,
        _AF,
        (
            w.closing_code,
            w.code_has_its_road,
            w.class_allows_code,
            w.closed_by_two,
            w.feedback_done,
            w.care_informed_or_four_eyes,
        ),
    ),
    Overgang(Actie.SAMENVOEGEN, OPEN, S.SAMENGEVOEGD, _AF, (w.same_case, w.highest_urgency_kept)),
    Overgang(Actie.HEROPENEN, frozenset({S.GESLOTEN}), S.ONTVANGEN, _AF, (w.new_fact, w.reopened_by_two_after_a_year)),
    Overgang(Actie.TRIEREN, frozenset({S.GEMONITORD}), S.GETRIEERD, _AF, _JUDGING),
    Overgang(Actie.URGENTIE_WIJZIGEN, OPEN, None, _AF, (w.reason_noted, w.lowered_by_two), blijft=True),
    Overgang(Actie.ZC_INLICHTEN, OPEN, None, _AF, blijft=True),
    Overgang(Actie.VRIJGEVEN, OPEN, None, _AF, (w.address_known,), blijft=True),
    Overgang(Actie.AFSCHERMEN, OPEN, None, _AF, (w.on_the_ordinary_route,), blijft=True),
    Overgang(Actie.VT_KLASSE, OPEN, None, _AF, blijft=True),
    Overgang(Actie.OVERDRAGEN_AF, OPEN, None, _AF, (w.not_there_yet,), blijft=True),
    Overgang(
        Actie.TERUGKOPPELEN, OPEN | {S.GESLOTEN, S.SAMENGEVOEGD}, None, _AF, blijft=True
    ),  # who submitted it is told, also after it ended (section 9)
    Overgang(Actie.BESLUIT, OPEN, None, _AF, blijft=True),
    Overgang(
        Actie.VERWIJDEREN_VOOR_TERMIJN,
        frozenset({S.GESLOTEN, S.SAMENGEVOEGD}),
        None,
        _AF,
        (w.reason_noted, w.done_by_two),
        blijft=True,
    ),
    Overgang(Actie.BEWAREN_VASTHOUDEN, _SENT, None, _AF, (w.reason_noted,), blijft=True),
    Overgang(Actie.BEWAREN_LOSLATEN, _SENT, None, _AF, (w.reason_noted,), blijft=True),
    Overgang(
        Actie.INHOUD_VERWIJDEREN,
        frozenset({S.GESLOTEN, S.SAMENGEVOEGD}),
        None,
        frozenset({Wie.SYSTEEM}),
        blijft=True,
    ),
)


def find_transition(status: Signaalstatus, actie: Actie) -> Overgang | None:
    """The row for this action in this state, or None when the table has none."""
    return next((row for row in OVERGANGEN if row.actie is actie and status in row.van), None)


def change_faults(status: Signaalstatus, actie: Actie, wie: Wie, feiten: Feiten) -> list[str]:
    """Every reason, in Dutch, why this change is refused; empty when it may go on."""
    overgang = find_transition(status, actie)
    if overgang is None:
        return [f"Deze stap ({actie}) kan niet bij een signaal met de status '{status}'."]
    if wie not in overgang.wie:
        return ["Deze stap is aan een ander."]
    return list(dict.fromkeys(reason for wachter in overgang.wachters if (reason := wachter(feiten)) is not None))
