"""What a round could visit in an area, by due date: for the table at which planners choose (PLN-10, ROL-08)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.core.errors import Fout, InvalidInput
from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork
from app.planning.repository import planrondes
from app.planning.schemas.vergelijking import KandidaatRead, Kandidaatstaat, Kandidatenvraag
from app.planning.service.bezoeken import Bezoek
from app.planning.service.bord import Bord, load_board
from app.planning.service.planregels import short_objects
from app.planning.service.planrondes import require_round
from app.planning.service.probleem import lies_in
from app.planning.service.voorstel import read_term
from app.planning.solver.terms import priority
from app.planning.tables import Planregel, Planrest
from geo.crs import Crs
from geo.faults import GeoFault
from geo.shapes import read_shape

GEEN_UITERSTE = date.max.isoformat()


@dataclass(frozen=True)
class _Kandidaat:
    bezoek: Bezoek
    nummer: int
    regel: Planregel | None
    rest: Planrest | None

    @property
    def key(self) -> tuple[str, UUID]:
        due = GEEN_UITERSTE if self.bezoek.uiterste is None else self.bezoek.uiterste.isoformat()
        return f"{due} {self.bezoek.normsleutel} {self.nummer:03}", self.bezoek.object_id


def list_candidates(
    uow: UnitOfWork, ronde_id: UUID, data: Kandidatenvraag, crs: Crs, paging: Paging
) -> tuple[list[KandidaatRead], list[tuple[str, UUID]]]:
    """The visits that the objects of an area could have in a round, by due date, with the published terms of their priority.

    Returns:
        One page with one row more, and the cursor of each row.

    Raises:
        PlanrondeNotFound: unknown or not visible.
        InvalidInput: the area cannot be read.
        WrongStatus: the norm table lacks settings of the planner.
    """
    ronde = require_round(uow, ronde_id)
    try:
        vlak = None if data.gebied is None else read_shape(data.gebied, crs)
    except GeoFault as fault:
        raise InvalidInput("Het gebied klopt niet; zie 'fouten'.", [Fout("body.gebied", str(fault))]) from None
    bord = load_board(uow, ronde)
    codes = frozenset(data.gebiedcodes)
    inside = {place.id for place in bord.plekken.values() if lies_in(place, codes, vlak)}
    found = sorted(_candidates(bord, planrondes.leftovers_of(uow.session, ronde.id), inside), key=lambda c: c.key)
    if paging.after is not None:
        found = [candidate for candidate in found if candidate.key > paging.after]
    page = found[: paging.limit + 1]
    shown = short_objects(uow, {candidate.bezoek.object_id for candidate in page})
    page = [candidate for candidate in page if candidate.bezoek.object_id in shown]
    return [_read(candidate, shown[candidate.bezoek.object_id]) for candidate in page], [c.key for c in page]


def _candidates(bord: Bord, leftovers: Sequence[Planrest], inside: set[UUID]) -> list[_Kandidaat]:
    """Each visit with its place in the proposal, or the reason why it has none, in order of date per norm."""
    planned: dict[tuple[UUID, str | None], list[Planregel]] = defaultdict(list)
    for standing in bord.regels.values():
        planned[standing.object_id, standing.normsleutel].append(standing)
    evenings = {rule.object_id: rule for rule in bord.regels.values() if rule.actie_id is not None}
    out: dict[tuple[UUID, str | None], list[Planrest]] = defaultdict(list)
    for rest in leftovers:
        out[rest.object_id, rest.normsleutel].append(rest)
    count: dict[tuple[UUID, str], int] = defaultdict(int)
    found = []
    for bezoek in bord.vraag.bezoeken.values():
        if bezoek.object_id not in inside:
            continue
        key = (bezoek.object_id, bezoek.normsleutel)
        rules, rests = planned[key], out[key]
        number = count[key]
        count[key] += 1
        rule: Planregel | None = rules[number] if number < len(rules) else None
        if rule is None and not bezoek.visit.required and number == 0:
            rule = evenings.get(bezoek.object_id)
        past = number - len(rules)
        rest_of = rests[past] if rule is None and 0 <= past < len(rests) else None
        found.append(_Kandidaat(bezoek, number, rule, rest_of))
    return found


def _read(candidate: _Kandidaat, shown: object) -> KandidaatRead:
    visit, regel, rest = candidate.bezoek.visit, candidate.regel, candidate.rest
    staat = Kandidaatstaat.MOGELIJK if rest is None else Kandidaatstaat.WEGGELATEN
    return KandidaatRead.model_validate(
        {
            "object": shown,
            "normsleutel": candidate.bezoek.normsleutel,
            "norm": visit.norm_clause,
            "verplicht": visit.required,
            "uiterste": candidate.bezoek.uiterste,
            "eerste": candidate.bezoek.eerste or visit.earliest,  # never the end of a hold (PLN-17)
            "laatste": visit.latest,
            "termen": [read_term(term) for term in visit.terms],
            "prioriteit": priority(visit.terms),
            "staat": staat if regel is None else Kandidaatstaat.GEPLAND,
            "datum": None if regel is None else regel.datum,
            "reden": None if rest is None else rest.reden,
        }
    )
