"""Two rounds beside each other: what each reaches, and which visits stand in one only or elsewhere in the other."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import zip_longest
from uuid import UUID

from app.core.errors import Fout, InvalidInput
from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork
from app.planning.repository import planrondes
from app.planning.schemas.vergelijking import (
    NormtellingRead,
    PlanverschilRead,
    PlekRead,
    RondetellingRead,
    Verschilsoort,
)
from app.planning.service.planregels import short_objects
from app.planning.service.planrondes import require_round
from app.planning.tables import Planregel, Planronde

Paar = tuple[Planregel | None, Planregel | None]


def compare_rounds(
    uow: UnitOfWork, ronde_id: UUID, met: UUID, paging: Paging
) -> tuple[RondetellingRead, RondetellingRead, list[PlanverschilRead]]:
    """Both rounds in figures, and one page of differences with one row more.

    Visits of one object for one norm are laid side by side in order of date.

    Raises:
        PlanrondeNotFound: the round is unknown or not visible.
        InvalidInput: the other one is not a round of the same municipality, or the same round.
    """
    here = require_round(uow, ronde_id)
    there = planrondes.find(uow.session, uow.caller, met)
    if there is None or there.gemeentecode != here.gemeentecode or there.id == here.id:
        fault = Fout("query.met", "is geen andere planronde van deze gemeente")
        raise InvalidInput("Deze planrondes kunnen niet worden vergeleken; zie 'fouten'.", [fault])
    rules = [planrondes.all_rules(uow.session, ronde.id) for ronde in (here, there)]
    differences = sorted(_differences(*rules), key=_key)
    if paging.after is not None:
        differences = [pair for pair in differences if _key(pair) > paging.after]
    page = differences[: paging.limit + 1]
    shown = short_objects(uow, {_one(pair).object_id for pair in page})
    return (
        _figures(uow, here, rules[0]),
        _figures(uow, there, rules[1]),
        [_read(pair, shown[_one(pair).object_id]) for pair in page if _one(pair).object_id in shown],
    )


def _differences(here: Sequence[Planregel], there: Sequence[Planregel]) -> Iterator[Paar]:
    groups: dict[tuple[UUID, str | None], tuple[list[Planregel], list[Planregel]]] = defaultdict(lambda: ([], []))
    for side, rules in enumerate((here, there)):
        for rule in rules:
            groups[rule.object_id, rule.normsleutel][side].append(rule)
    for one, other in groups.values():
        # What stands on the same date is the same visit; the rest is paired in order of date.
        same = Counter(rule.datum for rule in one) & Counter(rule.datum for rule in other)
        pairs, rest = _pair_by_date(one, other, same)
        for pair in pairs:
            if _place(pair[0]) != _place(pair[1]):
                yield pair
        yield from zip_longest(*rest)


def _pair_by_date(
    one: Sequence[Planregel], other: Sequence[Planregel], same: Counter[date]
) -> tuple[list[tuple[Planregel, Planregel]], tuple[list[Planregel], list[Planregel]]]:
    met: tuple[list[Planregel], list[Planregel]] = ([], [])
    left: tuple[list[Planregel], list[Planregel]] = ([], [])
    for side, rules in enumerate((one, other)):
        todo = Counter(same)
        for rule in sorted(rules, key=lambda rule: (rule.datum, rule.aanvang, rule.id)):
            (met if todo[rule.datum] > 0 else left)[side].append(rule)
            todo[rule.datum] -= 1
    return list(zip(*met, strict=True)), left


def _place(rule: Planregel) -> tuple[date, UUID, int]:
    return rule.datum, rule.team_id, rule.aanvang


def _one(pair: Paar) -> Planregel:
    rule = pair[0] or pair[1]
    if rule is None:
        msg = "a difference between two visits that are not there"
        raise LookupError(msg)
    return rule


def _key(pair: Paar) -> tuple[str, UUID]:
    rule = _one(pair)
    return rule.datum.isoformat(), rule.id


def sort_key(row: PlanverschilRead) -> tuple[str, UUID]:
    """The cursor of a difference."""
    place = row.hier or row.daar
    return ("", UUID(int=0)) if place is None else (place.datum.isoformat(), place.planregel_id)


def _read(pair: Paar, shown: object) -> PlanverschilRead:
    here, there = pair
    soort = Verschilsoort.VERPLAATST
    if here is None or there is None:
        soort = Verschilsoort.ALLEEN_DAAR if here is None else Verschilsoort.ALLEEN_HIER
    return PlanverschilRead.model_validate(
        {
            "soort": soort,
            "object": shown,
            "normsleutel": _one(pair).normsleutel,
            "hier": _where(here),
            "daar": _where(there),
        }
    )


def _where(rule: Planregel | None) -> PlekRead | None:
    if rule is None:
        return None
    return PlekRead(planregel_id=rule.id, datum=rule.datum, team_id=rule.team_id, aanvang=rule.aanvang)


def _figures(uow: UnitOfWork, ronde: Planronde, rules: Sequence[Planregel]) -> RondetellingRead:
    planned = Counter(rule.normsleutel for rule in rules)
    missing: Counter[str | None] = Counter()
    left_out = planrondes.leftovers_of(uow.session, ronde.id)
    for rest in left_out:
        missing[rest.normsleutel] += rest.verplicht
    return RondetellingRead(
        planronde_id=ronde.id,
        bezoeken=len(rules),
        acties=len({rule.actie_id for rule in rules if rule.actie_id is not None}),
        diensten=len({(rule.datum, rule.team_id) for rule in rules}),
        reistijd=sum(rule.reistijd for rule in rules),
        weggelaten=len(left_out),
        verplicht_weggelaten=sum(missing.values()),
        normen=[
            NormtellingRead(normsleutel=key, gepland=planned[key], verplicht_weggelaten=missing[key])
            for key in sorted(planned.keys() | missing.keys(), key=lambda key: key or "")
        ],
    )
