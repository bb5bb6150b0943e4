"""Why a visit is not in the plan, and which norm for visits cannot be kept because of what."""

from collections import defaultdict
from collections.abc import Sequence

from app.planning.solver.conflict import Conflict, Court, Regel, cores
from app.planning.solver.draft import Draft
from app.planning.solver.index import Index, competent
from app.planning.solver.mending import Mender
from app.planning.solver.problem import Visit
from app.planning.solver.result import Cause, Oorzaak, Weglating

_CODES = (
    (Regel.VASTZETTING, Oorzaak.VASTZETTING),
    (Regel.CAPACITEIT, Oorzaak.CAPACITEIT),
    (Regel.TUSSENTIJD, Oorzaak.TUSSENTIJD),
    (Regel.OPENINGSTIJD, Oorzaak.OPENINGSTIJD),
    (Regel.BEVOEGDHEID, Oorzaak.BEVOEGDHEID),
    (Regel.NORM, Oorzaak.CAPACITEIT),
)
_TOGETHER = "Reistijd, openingstijden, tussentijd en integrale acties samen lieten er niet meer toe."


def why_left_out(draft: Draft, visit: Visit, *, aborted: bool) -> tuple[Weglating, str]:
    """The first rule that keeps a visit out of the plan, as a code and a Dutch sentence."""
    index, problem = draft.index, draft.index.problem
    first, last = max(visit.earliest, problem.start), min(visit.latest, problem.end)
    period = f"van {first:%d-%m-%Y} tot en met {last:%d-%m-%Y}"
    in_period = [s for day in index.dates if first <= day <= last for s in index.slots_on(day)]
    able = [s for s in in_period if competent(visit, s)]
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


def norm_causes(draft: Draft, missed: Sequence[Visit], served: frozenset[str], *, aborted: bool = False) -> list[Cause]:
    """Why required visits are missing: the smallest sets of rules that clash, then what is left without a proof.

    Args:
        draft: The plan.
        missed: Required visits that it does not hold, those with a broken lock left out.
        served: Visits that an actie could do instead; they prove nothing about the other shifts.
        aborted: The run was stopped: nothing is proved any more.
    """
    index = draft.index
    if aborted:
        return _not_placed(index, missed)
    asked = [
        v
        for v in index.visits.values()
        if (v.key in index.locks and draft.slot_of(v.key) is not None)
        or (v.required and v.key not in index.locks and v.key not in served)
    ]
    court = Court(index.problem, frozenset(draft.reserved))
    clashes: dict[tuple[object, ...], tuple[Conflict, int]] = {}
    told = set[str]()
    for core in cores(court, missed, asked):
        conflict, alike = court.irreducible(core.visits), core.alike
        told |= {v.key for v in core.members}
        if conflict.fits == 0:
            # Single visits with the same trouble are one conflict.
            same = ("", conflict.rules)
            before = clashes[same][0].visits if same in clashes else ()
            conflict, alike = conflict.over((*before, *core.members)), 1
        else:
            same = (conflict.visits[0].key, conflict.rules)
        clashes[same] = (conflict, alike)
    causes = [_clash(draft, court, conflict, alike, asked) for conflict, alike in clashes.values()]
    return causes + _not_placed(index, [v for v in missed if v.key not in told])


def _clash(draft: Draft, court: Court, conflict: Conflict, alike: int, asked: Sequence[Visit]) -> Cause:
    """A conflict as a sentence, with what would mend it."""
    visits, index = conflict.visits, court.index
    first, last = conflict.period
    clauses = list(dict.fromkeys(v.norm_clause for v in visits))
    each = f" bij elk van {alike} objecten" if alike > 1 else ""
    if alike == 1 and len({v.object_key for v in visits}) == 1:
        each = f" bij {visits[0].object_key}"
    text = (
        f"{' en '.join(clauses)}: {_count(len(visits), 'bezoek', 'bezoeken')} van {first:%d-%m-%Y} tot en met "
        f"{last:%d-%m-%Y}{each}, daarvan {_fits(conflict.fits)}. Dit gaat niet samen: {'; '.join(_parts(index, conflict))}."
    )
    missed = sum(draft.slot_of(v.key) is None for v in visits)
    mend = Mender(court, conflict, _beside(court, conflict, asked), missed).sentence()
    kind = next(code for kind, code in _CODES if conflict.has(kind) or kind is Regel.NORM)
    return Cause(kind, visits[0].norm_key, text, not conflict.has(Regel.ACTIES), mend)


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _fits(number: int) -> str:
    return "past er geen een" if number == 0 else f"passen er hoogstens {number}"


def _beside(court: Court, conflict: Conflict, asked: Sequence[Visit]) -> list[Visit]:
    """The visits of a conflict and all that has a claim on the same shifts."""
    own = {v.key for v in conflict.visits}
    first, last = conflict.period
    slots = {s.key for v in conflict.visits for s in court.index.candidates(v)}
    beside = (v for v in asked if v.key not in own and v.earliest <= last and first <= v.latest)
    return [*conflict.visits, *(v for v in beside if not slots.isdisjoint(s.key for s in court.index.candidates(v)))]


def _parts(index: Index, conflict: Conflict) -> list[str]:
    """Each rule of a conflict in words; rules of one kind together."""
    visits, parts = conflict.visits, list[str]()
    skills = frozenset[str]().union(*(v.competences for v in visits))
    first, last = conflict.period
    if conflict.has(Regel.ACTIES):
        parts.append("de diensten die integrale acties innemen")
    for rule in conflict.rules:
        if rule.kind is Regel.VASTZETTING:
            slot = index.slots[index.locks[rule.subject]]
            parts.append(f"de vastzetting van {rule.subject} op {slot.date:%d-%m-%Y}")
    if conflict.has(Regel.CAPACITEIT):
        parts.append(_capacity(index, conflict))
    if conflict.has(Regel.TUSSENTIJD):
        days = max(v.min_days_between for v in visits)
        parts.append(f"minstens {_count(days, 'dag', 'dagen')} tussen twee bezoeken aan een object")
    if conflict.has(Regel.OPENINGSTIJD):
        parts.append("de openingstijden")
    if conflict.has(Regel.BEVOEGDHEID):
        parts.append(f"de bevoegdheid {', '.join(sorted(skills))}")
    if conflict.has(Regel.PERIODE):
        parts.append(f"de termijn van {first:%d-%m-%Y} tot en met {last:%d-%m-%Y}")
    days_on = {s.date for v in visits for s in index.candidates(v)}
    return parts or [f"{_count(len(days_on), 'dag', 'dagen')} met een passende dienst"]


def _capacity(index: Index, conflict: Conflict) -> str:
    rooms = {(r.subject, r.month) for r in conflict.rules if r.kind is Regel.CAPACITEIT}
    usable = {s.key: s for v in conflict.visits for s in index.candidates(v)}
    slots = [s for s in usable.values() if (s.team, (s.date.year, s.date.month)) in rooms or (s.team, (0, 0)) in rooms]
    minutes, needed = sum(s.capacity for s in slots), sum(v.duration for v in conflict.visits)
    teams = ", ".join(sorted({s.team for s in slots} or {team for team, _ in rooms}))
    return (
        f"{needed} minuten werk en {_count(len(slots), 'dienst', 'diensten')} van {teams} met {minutes} minuten, reistijd "
        "inbegrepen"
    )


def _not_placed(index: Index, rest: Sequence[Visit]) -> list[Cause]:
    """Per norm how many visits are missing without a proof: a better plan may exist."""
    groups: dict[tuple[str, str], list[Visit]] = defaultdict(list)
    for visit in rest:
        groups[visit.norm_key, visit.norm_clause].append(visit)
    asked: dict[str, int] = defaultdict(int)
    for visit in index.visits.values():
        asked[visit.norm_key] += visit.required
    return [
        Cause(
            Oorzaak.COMBINATIE,
            norm_key,
            f"{clause}: {len(visits)} van {asked[norm_key]} bezoeken staan niet in het plan. {_TOGETHER}",
            proved=False,
        )
        for (norm_key, clause), visits in groups.items()
    ]
