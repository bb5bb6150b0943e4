"""Why a visit is not in the plan, and which norm cannot be kept because of what."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from app.planning.solver.draft import Draft
from app.planning.solver.evenings import EveningLayer
from app.planning.solver.index import Index, gap
from app.planning.solver.problem import Visit
from app.planning.solver.result import Cause, Oorzaak, Weglating

_ORDER = {
    Weglating.BEVOEGDHEID: Oorzaak.BEVOEGDHEID,
    Weglating.OPENINGSTIJD: Oorzaak.OPENINGSTIJD,
}


def why_left_out(draft: Draft, visit: Visit, *, aborted: bool) -> tuple[Weglating, str]:
    """The first rule that keeps a visit out of the plan, as a code and a Dutch sentence."""
    index, problem = draft.index, draft.index.problem
    first, last = max(visit.earliest, problem.start), min(visit.latest, problem.end)
    period = f"van {first:%d-%m-%Y} tot en met {last:%d-%m-%Y}"
    if visit.key in index.locks:
        return Weglating.VASTZETTING, "De vastgezette dienst past niet bij de regels voor dit bezoek."
    if first > last:
        return Weglating.BUITEN_PERIODE, "De toegestane datums liggen buiten de planperiode."
    in_period = [s for day in index.dates if first <= day <= last for s in index.slots_on(day)]
    if not in_period:
        return Weglating.CAPACITEIT, f"Er is geen dienst {period}."
    able = [s for s in in_period if index.competent(visit, s)]
    if not able:
        needed = ", ".join(sorted(visit.competences))
        return Weglating.BEVOEGDHEID, f"Geen ploeg met de bevoegdheid {needed} heeft dienst {period}."
    if not any(index.windows(visit, s) for s in able):
        return Weglating.OPENINGSTIJD, f"Het object is in geen dienst {period} lang genoeg open."
    fitting = index.candidates(visit)
    if fitting and not any(draft.spacing_allows(visit, s.date) for s in fitting):
        return Weglating.TUSSENTIJD, "Elke dienst ligt te dicht op een ander bezoek aan dit object."
    if aborted:
        return Weglating.GESTOPT, "Het plannen is gestopt voordat dit bezoek aan de beurt was."
    if visit.required:
        return Weglating.CAPACITEIT, f"De diensten die passen zijn vol {period}."
    return Weglating.CAPACITEIT, "Bezoeken met een hogere prioriteit of een kortere reistijd gingen voor."


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
    short = _shortage(index, rest, served) if rest else None
    if short:
        causes.append(short)
    return causes + _not_placed(index, rest, explained_by=short)


def _impossible(draft: Draft, missed: Sequence[Visit]) -> tuple[list[Cause], set[str]]:
    """Visits that no shift of the whole problem suits."""
    groups: dict[tuple[str, str, Weglating, str], list[Visit]] = defaultdict(list)
    for visit in missed:
        if not draft.index.candidates(visit):
            code, text = why_left_out(draft, visit, aborted=False)
            groups[visit.norm_key, visit.norm_clause, code, text].append(visit)
    causes = [
        Cause(
            _ORDER.get(code, Oorzaak.CAPACITEIT),
            norm_key,
            f"{clause}: {len(visits)} bezoeken kunnen niet. {text}",
            proved=True,
        )
        for (norm_key, clause, code, text), visits in groups.items()
    ]
    return causes, {v.key for visits in groups.values() for v in visits}


def _per_object(visits: Iterable[Visit]) -> dict[str, list[Visit]]:
    groups: dict[str, list[Visit]] = defaultdict(list)
    for visit in visits:
        groups[visit.object_key].append(visit)
    return groups


def _series_fits(index: Index, object_key: str, served: frozenset[str]) -> bool:
    """Whether the required visits of an object fit on days with a shift; True when that is not certain.

    Earliest day first is exact when dates and distances of all visits go the same way, so only then it proves.
    """
    visits = [
        v
        for v in index.by_object[object_key]
        if v.required and not v.spacing_exempt and v.key not in served and index.candidates(v)
    ]
    visits.sort(key=lambda v: (v.earliest, v.latest, v.key))
    agreeable = all(a.latest <= b.latest for a, b in zip(visits, visits[1:], strict=False))
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


def _shortage(index: Index, missed: Sequence[Visit], served: frozenset[str]) -> Cause | None:
    """The shortest period in which required work is more than all able shifts hold, if there is one.

    Every visit that must be done within the period by teams with a competence takes its minutes from those teams, so
    a shortage is a proof whatever the routes are.
    """
    problem = index.problem
    worst: tuple[int, date, date, int, int, Visit] | None = None
    for competences in sorted({v.competences for v in missed}, key=sorted):
        work = [
            (max(v.earliest, problem.start), min(v.latest, problem.end), v.duration)
            for v in index.visits.values()
            if v.required
            and v.key not in served
            and v.competences >= competences
            and v.earliest <= problem.end
            and v.latest >= problem.start
        ]
        supply: dict[date, int] = defaultdict(int)
        for day in index.dates:
            for slot in index.slots_on(day):
                if slot.competences >= competences:
                    supply[day] += min(slot.capacity, slot.end - slot.start)
        sample = next(v for v in missed if v.competences == competences)
        for begin in sorted({w[0] for w in work}):
            inside = sorted((last, minutes) for first, last, minutes in work if first >= begin)
            days = sorted(d for d in supply if d >= begin)
            needed = offered = at = 0
            for position, (last, minutes) in enumerate(inside):
                needed += minutes
                while at < len(days) and days[at] <= last:
                    offered += supply[days[at]]
                    at += 1
                closed = position + 1 == len(inside) or inside[position + 1][0] > last
                if closed and needed > offered:
                    length = (last - begin).days
                    if worst is None or length < worst[0]:
                        worst = (length, begin, last, needed, offered, sample)
    if worst is None:
        return None
    _, begin, last, needed, offered, visit = worst
    skill = ", ".join(sorted(visit.competences))
    teams = f" van ploegen met de bevoegdheid {skill}" if skill else ""
    text = (
        f"{visit.norm_clause}: van {begin:%d-%m-%Y} tot en met {last:%d-%m-%Y} is {needed} minuten verplicht werk, "
        f"en de diensten{teams} hebben {offered} minuten. Er ontbreken {needed - offered} minuten."
    )
    return Cause(Oorzaak.CAPACITEIT, visit.norm_key, text, proved=True)


def _not_placed(index: Index, rest: Sequence[Visit], explained_by: Cause | None) -> list[Cause]:
    """Per norm how many visits are missing; without a proved shortage a better plan may exist."""
    groups: dict[tuple[str, str], list[Visit]] = defaultdict(list)
    for visit in rest:
        groups[visit.norm_key, visit.norm_clause].append(visit)
    why = "Reistijd, openingstijden, tussentijd en integrale acties samen lieten er niet meer toe."
    if explained_by:
        why = "Er is te weinig tijd in de diensten."
    asked: dict[str, int] = defaultdict(int)
    for visit in index.visits.values():
        asked[visit.norm_key] += visit.required
    return [
        Cause(
            Oorzaak.CAPACITEIT if explained_by else Oorzaak.COMBINATIE,
            norm_key,
            f"{clause}: {len(visits)} van {asked[norm_key]} bezoeken staan niet in het plan. {why}",
            proved=False,
        )
        for (norm_key, clause), visits in groups.items()
    ]


def actie_causes(layer: EveningLayer) -> list[Cause]:
    """Why there are fewer acties than asked for: the first rule that leaves too few days."""
    acties, index = layer.acties, layer.index
    causes = [
        Cause(
            Oorzaak.VASTZETTING,
            acties.norm_key,
            f"De vastgezette actie van {lock.date:%d-%m-%Y} past niet bij de diensten, partners, objecten of de "
            "dagen tussen twee acties.",
            proved=False,
        )
        for lock in layer.broken_locks
    ]
    held = len(layer.chosen)
    if held >= acties.count:
        return causes
    head = f"{acties.norm_clause}: {held} van {acties.count} acties passen."
    able = [d for d in index.dates if sum(map(layer.able, index.slots_on(d))) >= acties.team_shifts]
    partnered = [d for d in able if layer.available(d) is not None]
    scarce = _scarce_partner(layer, able)
    if layer.reachable(able) < acties.count:
        text = f"{head} Er zijn te weinig dagen met genoeg bevoegde diensten en {acties.min_days_between} dagen ertussen."
        causes.append(Cause(Oorzaak.CAPACITEIT, acties.norm_key, text, proved=True))
    elif layer.reachable(partnered) < acties.count or scarce:
        who = scarce or "Er zijn te weinig dagen waarop genoeg partners kunnen."
        causes.append(Cause(Oorzaak.PARTNER, acties.norm_key, f"{head} {who}", proved=True))
    elif len(layer.candidates) < acties.count * acties.min_objects:
        text = f"{head} Er zijn {len(layer.candidates)} objecten, en {acties.min_objects} nodig per actie."
        causes.append(Cause(Oorzaak.OBJECTEN, acties.norm_key, text, proved=True))
    else:
        text = f"{head} Diensten, partners, objecten en tussentijd laten er samen niet meer toe."
        causes.append(Cause(Oorzaak.COMBINATIE, acties.norm_key, text, proved=False))
    return causes


def _scarce_partner(layer: EveningLayer, able: list[date]) -> str | None:
    acties = layer.acties
    for partner in layer.partners:
        if not partner.required:
            continue
        if partner.max_acties is not None and partner.max_acties < acties.count:
            return f"{partner.name} doet aan ten hoogste {partner.max_acties} acties mee en is verplicht."
        if layer.reachable([d for d in able if d in partner.dates]) < acties.count:
            return f"{partner.name} is verplicht en kan op te weinig van de dagen."
    limits = [p.max_acties for p in layer.partners]
    if all(limit is not None for limit in limits):
        joint = sum(min(limit or 0, acties.count) for limit in limits)
        if joint < acties.count * acties.min_partners:
            return f"Samen kunnen de partners {joint} keer meedoen; nodig is {acties.count * acties.min_partners}."
    return None
