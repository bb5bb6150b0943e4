"""Why a visit is not in the plan, and which norm for visits cannot be kept because of what."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from app.planning.solver.draft import Draft
from app.planning.solver.index import Index, gap
from app.planning.solver.problem import Visit
from app.planning.solver.result import Cause, Oorzaak, Weglating
from app.planning.solver.shortage import find_shortages

_ORDER = {
    Weglating.BEVOEGDHEID: Oorzaak.BEVOEGDHEID,
    Weglating.OPENINGSTIJD: Oorzaak.OPENINGSTIJD,
}

_TOO_LITTLE = "Er is te weinig tijd in de diensten."
_TOGETHER = "Reistijd, openingstijden, tussentijd en integrale acties samen lieten er niet meer toe."


def why_left_out(draft: Draft, visit: Visit, *, aborted: bool) -> tuple[Weglating, str]:
    """The first rule that keeps a visit out of the plan, as a code and a Dutch sentence."""
    index, problem = draft.index, draft.index.problem
    first, last = max(visit.earliest, problem.start), min(visit.latest, problem.end)
    period = f"van {first:%d-%m-%Y} tot en met {last:%d-%m-%Y}"
    in_period = [s for day in index.dates if first <= day <= last for s in index.slots_on(day)]
    able = [s for s in in_period if index.competent(visit, s)]
    fitting = index.candidates(visit)
    skills = ", ".join(sorted(visit.competences))
    if visit.required:
        full = f"De diensten die passen zijn vol {period}."
    else:
        full = "Bezoeken met een hogere prioriteit of een kortere reistijd gingen voor."
    checks = (
        (visit.key in index.locks, Weglating.VASTZETTING, "De vastgezette dienst past niet bij de regels."),
        (first > last, Weglating.BUITEN_PERIODE, "De toegestane datums liggen buiten de planperiode."),
        (not in_period, Weglating.CAPACITEIT, f"Er is geen dienst {period}."),
        (not able, Weglating.BEVOEGDHEID, f"Geen ploeg met de bevoegdheid {skills} heeft dienst {period}."),
        (
            not any(index.windows(visit, s) for s in able),
            Weglating.OPENINGSTIJD,
            f"Het object is in geen dienst {period} lang genoeg open.",
        ),
        (not fitting, Weglating.CAPACITEIT, f"Het bezoek duurt langer dan elke dienst {period}."),
        (
            not any(draft.spacing_allows(visit, s.date) for s in fitting),
            Weglating.TUSSENTIJD,
            "Elke dienst ligt te dicht op een ander bezoek aan dit object.",
        ),
        (aborted, Weglating.GESTOPT, "Het plannen is gestopt voordat dit bezoek aan de beurt was."),
        (True, Weglating.CAPACITEIT, full),
    )
    return next((code, text) for applies, code, text in checks if applies)


def norm_causes(draft: Draft, missed: Sequence[Visit], served: frozenset[str]) -> list[Cause]:
    """Why required visits are missing: first what is proved, then what is left.

    Args:
        draft: The plan.
        missed: Required visits that it does not hold, those with a broken lock left out.
        served: Visits that an actie could do instead; they prove nothing about the other shifts.
    """
    index = draft.index
    causes, explained = _impossible(draft, missed)
    rest = [v for v in missed if v.key not in explained]
    for visits in _per_object(rest).values():
        if not _series_fits(index, visits[0].object_key, served):
            causes.append(
                Cause(
                    Oorzaak.TUSSENTIJD,
                    visits[0].norm_key,
                    f"{visits[0].norm_clause}: de bezoeken aan object {visits[0].object_key} passen niet met "
                    f"{visits[0].min_days_between} dagen ertussen op de dagen dat er dienst is.",
                    proved=True,
                )
            )
            explained |= {v.key for v in visits}
    rest = [v for v in missed if v.key not in explained]
    short = find_shortages(index, rest, served)
    return causes + short + _not_placed(index, rest, {c.norm_key for c in short})


def _impossible(draft: Draft, missed: Sequence[Visit]) -> tuple[list[Cause], set[str]]:
    """Visits that no shift of the whole problem suits."""
    groups: dict[tuple[str, str, Weglating], list[tuple[Visit, str]]] = defaultdict(list)
    for visit in missed:
        if not draft.index.candidates(visit):
            code, text = why_left_out(draft, visit, aborted=False)
            groups[visit.norm_key, visit.norm_clause, code].append((visit, text))
    causes = []
    for (norm_key, clause, code), members in groups.items():
        example = "" if len({text for _, text in members}) == 1 else "Bijvoorbeeld: "
        text = f"{clause}: {len(members)} bezoeken kunnen niet. {example}{members[0][1]}"
        causes.append(Cause(_ORDER.get(code, Oorzaak.CAPACITEIT), norm_key, text, proved=True))
    return causes, {v.key for members in groups.values() for v, _ in members}


def _per_object(visits: Iterable[Visit]) -> dict[str, list[Visit]]:
    groups: dict[str, list[Visit]] = defaultdict(list)
    for visit in visits:
        groups[visit.object_key].append(visit)
    return groups


def _series_fits(index: Index, object_key: str, served: frozenset[str]) -> bool:
    """Whether the required visits of an object fit on days with a shift; True when that is not certain.

    Earliest day first is exact when dates and distances of all visits go the same way, so only then it
    proves.
    """
    visits = [
        v
        for v in index.by_object[object_key]
        if v.required and not v.spacing_exempt and v.key not in served and index.candidates(v)
    ]
    visits.sort(key=lambda v: (v.earliest, v.latest, v.key))
    agreeable = all(a.latest <= b.latest for a, b in pairwise(visits))
    days = [sorted({s.date for s in index.candidates(v)}) for v in visits]
    same_kind = len({(v.competences, v.openings, v.duration) for v in visits}) == 1
    if not agreeable or not same_kind or len({v.min_days_between for v in visits}) > 1:
        return True
    previous: tuple[Visit, date] | None = None
    for visit, options in zip(visits, days, strict=True):
        least = previous[1] + timedelta(days=gap(visit, previous[0])) if previous else date.min
        day = next((d for d in options if d >= least), None)
        if day is None:
            return False
        previous = (visit, day)
    return True


def _not_placed(index: Index, rest: Sequence[Visit], short: set[str | None]) -> list[Cause]:
    """Per norm how many visits are missing; without a proved shortage a better plan may exist."""
    groups: dict[tuple[str, str], list[Visit]] = defaultdict(list)
    for visit in rest:
        groups[visit.norm_key, visit.norm_clause].append(visit)
    asked: dict[str, int] = defaultdict(int)
    for visit in index.visits.values():
        asked[visit.norm_key] += visit.required
    return [
        Cause(
            Oorzaak.CAPACITEIT if norm_key in short else Oorzaak.COMBINATIE,
            norm_key,
            f"{clause}: {len(visits)} van {asked[norm_key]} bezoeken staan niet in het plan. "
            f"{_TOO_LITTLE if norm_key in short else _TOGETHER}",
            proved=False,
        )
        for (norm_key, clause), visits in groups.items()
    ]
