"""A control beside what confirmed rounds hold and did not release yet (PLN-02).

A planner who puts one on the plan by hand may have a reason to: acute work waits for no round. So nothing is refused; he is told what
cannot be released beside it, before the release says so (`vrijgavetoets`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.controles.service.normcontroles import planned_load
from app.core.clock import real_minute, time_of_day
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.normen import norm_table
from app.planning.repository import beschikbaarheden, planrondes
from app.planning.rules.planinstellingen import SettingsMissing, read_settings
from app.planning.schemas.planregels import Redenen
from app.planning.status import Beschikbaarheidsoort
from app.planning.tables import Planregel

LANGSTE_TUSSENTIJD = timedelta(days=366)
"""No round asks for more days between two visits."""
Gevonden = Sequence[tuple[Planregel, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plek:
    """Where and when a control is planned; without a team or a time where that is not known yet."""

    gemeentecode: str
    object_id: UUID
    team_id: UUID | None
    datum: date
    aanvang: int | None
    duur: int


def round_warnings(uow: UnitOfWork, own: Plek) -> list[str]:
    """What confirmed rounds hold that cannot be released beside a control; what is past hinders nobody."""
    if own.datum < uow.today:
        return []
    day = timedelta(days=1)  # a shift may pass midnight
    found = planrondes.confirmed_near(
        uow.session,
        own.gemeentecode,
        uow.today,
        (own.object_id, own.datum - LANGSTE_TUSSENTIJD, own.datum + LANGSTE_TUSSENTIJD),
        (own.team_id, own.datum - day, own.datum + day),
    )
    here = [(rule, ronde) for rule, ronde in found if rule.object_id == own.object_id]
    team = [(rule, ronde) for rule, ronde in found if rule.object_id != own.object_id]
    return [*_too_near(own, here), *_same_team(uow, own, team)]


def _too_near(own: Plek, found: Gevonden) -> Iterator[str]:
    for rule, ronde in found:
        least = max(1, Redenen.model_validate(rule.redenen).tussentijd)
        if abs((rule.datum - own.datum).days) < least:
            apart = f"daar horen minstens {least} dagen tussen te zitten" if least > 1 else "dat is dezelfde dag"
            yield (
                f"Dit object staat op {rule.datum:%d-%m-%Y} in planronde '{ronde}', die nog niet is vrijgegeven; {apart}. "
                "Zolang deze controle staat, kan dat bezoek niet worden vrijgegeven."
            )


def _same_team(uow: UnitOfWork, own: Plek, found: Gevonden) -> Iterator[str]:
    """A visit of a round at the same time; else a day that holds more minutes with those of the round than the team has."""
    if own.aanvang is not None:
        begin = real_minute(own.datum, own.aanvang)
        for rule, ronde in found:
            there = real_minute(rule.datum, rule.aanvang)
            if there < begin + own.duur and begin < there + rule.duur:
                yield (
                    f"Het team heeft van {time_of_day(rule.aanvang)} tot {time_of_day(rule.aanvang + rule.duur)} een bezoek uit "
                    f"planronde '{ronde}'. Zolang deze controle dan staat, kan dat bezoek niet worden vrijgegeven."
                )
                return
    on_day = [(rule, ronde) for rule, ronde in found if rule.datum == own.datum]
    if on_day and _is_full(uow, own, [rule for rule, _ in on_day]):
        yield (
            f"Met wat planronde '{on_day[0][1]}' die dag bij dit team heeft, is de dienst te vol. "
            "Niet alles kan worden vrijgegeven."
        )


def _is_full(uow: UnitOfWork, own: Plek, rules: Sequence[Planregel]) -> bool:
    """Whether the shifts of the team hold less than what it has to do that day; unknown without shifts or settings."""
    try:
        settings = read_settings(norm_table(uow, own.gemeentecode, own.datum))
    except SettingsMissing:
        return False
    shifts = beschikbaarheden.between(
        uow.session, own.gemeentecode, own.datum, own.datum, soort=Beschikbaarheidsoort.DIENST
    )
    lengths = [
        real_minute(row.datum, row.tot) - real_minute(row.datum, row.van)
        for row in shifts
        if row.team_id == own.team_id
    ]
    planned = planned_load(uow, own.gemeentecode, own.datum, own.datum)
    work = sum(busy.minuten for busy in planned if busy.team_id == own.team_id)
    work += sum(rule.duur + rule.reistijd for rule in rules)
    return bool(lengths) and work > sum(max(0, length - settings.pauze) for length in lengths)
