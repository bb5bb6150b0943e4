"""Why there are fewer integral acties in the plan than the norm asks for."""

from collections import Counter
from datetime import date

from app.planning.solver.evenings import EveningLayer
from app.planning.solver.result import Cause, Oorzaak


def actie_causes(layer: EveningLayer) -> list[Cause]:
    """Why there are fewer acties than asked for: the first rule that leaves too few days."""
    acties, index = layer.acties, layer.index
    causes = [
        Cause(
            Oorzaak.VASTZETTING,
            acties.norm_key,
            f"De vastgezette actie van {lock.date:%d-%m-%Y} past niet bij de diensten, partners, objecten of "
            "de dagen tussen twee acties.",
            proved=False,
        )
        for lock in layer.broken_locks
    ]
    held = len(layer.chosen)
    if held >= acties.count:
        return causes
    head = f"{acties.norm_clause}: {held} van {acties.count} acties passen.{_short_years(layer)}"
    able = [d for d in index.dates if sum(map(layer.able, index.slots_on(d))) >= acties.team_shifts]
    partnered = [d for d in able if layer.available(d) is not None]
    scarce = _scarce_partner(layer, able)
    if layer.reachable(able) < acties.count:
        gap = max(1, acties.min_days_between)
        text = f"{head} Tussen twee acties zitten minstens {gap} dagen; te weinig dagen met bevoegde diensten liggen zo ver uit elkaar."
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


def _short_years(layer: EveningLayer) -> str:
    """Which calendar years hold fewer than their number; nothing when there is one year only."""
    acties = layer.acties
    held = Counter(chosen.date.year for chosen in layer.chosen)
    short = [
        f" In {year} passen er {held[year]} van de {number}." for year, number in acties.per_year if held[year] < number
    ]
    return "".join(short) if len(acties.per_year) > 1 else ""


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
            needed = acties.count * acties.min_partners
            return f"Samen kunnen de partners {joint} keer meedoen; nodig is {needed}."
    return None
