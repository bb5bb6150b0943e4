"""Visits that a confirmed round holds and that were not released yet: what a new round and a replanning see of them and may change.

They count as planned in every way; a replanning leaves them where they stand. What the round may change of them is its choice `staandeBezoeken`; a visit that a planner fixed, one of an
integral action, one that police and OM are asked about, and one that a wish holds back keep their place and time (PLN-01, PLN-17). Controls,
released ones among them, are none of these: they never move here.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from app.controles.service.planning import NormControle
from app.controles.service.vrijgave import needing_agreement
from app.controles.status import Aanleiding, Controlestatus
from app.core.clock import business_date
from app.core.unit_of_work import UnitOfWork
from app.objecten.schemas.objecten import PlanbaarObject
from app.planning.repository import planrondes
from app.planning.rules.gebieden import area_of
from app.planning.schemas.planregels import Redenen, Verzet
from app.planning.schemas.planrondes import PlanrondeParameters
from app.planning.service.bezoeken import hold_of, openings_of, point_of
from app.planning.service.gegevens import NOG_TE_DOEN, Stand
from app.planning.service.vastgezet import Dienst, shift_of
from app.planning.solver.problem import Visit
from app.planning.solver.standing import Place, Stood, stand
from app.planning.solver.terms import Term, TermCode
from app.planning.status import StaandeBezoeken
from app.planning.tables import Planactie, Planregel


@dataclass(frozen=True)
class Staandbezoek:
    """A visit of another round that stands.

    Attributes:
        regel: The visit as it is stored.
        redenen: Its reasons.
        ronde: Name of the round that holds it.
        berekend: Day on which that round was calculated last.
        partners: Partners of its action.
        vrij: The round may change its place as far as it chose to.
    """

    regel: Planregel
    redenen: Redenen
    ronde: str
    berekend: date | None
    partners: int
    vrij: bool

    def visit(self, place: PlanbaarObject) -> Visit:
        """The visit with the dates that norm and drawn window leave it together."""
        allowed, drawn, rule = self.redenen.toegestaan, self.redenen.geloot, self.regel
        return Visit(
            key=f"{rule.object_id}/staat/{rule.id}",
            object_key=str(rule.object_id),
            point=point_of(place),
            area=area_of(place.buurtcode),
            duration=rule.duur,
            competences=frozenset({place.type.value}),
            earliest=max(allowed.eerste, drawn.eerste) if drawn else allowed.eerste,
            latest=min(allowed.laatste, drawn.laatste) if drawn else allowed.laatste,
            norm_key=rule.normsleutel or "",
            norm_clause=self.redenen.norm,
            required=True,
            openings=openings_of(place),
            min_days_between=self.redenen.tussentijd,
            spacing_exempt=self.redenen.tussentijd <= 1,
            terms=tuple(Term(TermCode(term.code), term.punten) for term in self.redenen.termen),
        )

    def as_control(self, place: PlanbaarObject) -> NormControle:
        """The visit as the norms count it: planned, like a control that is to be done."""
        rule = self.regel
        return NormControle(
            controle_id=rule.id,
            object_id=rule.object_id,
            type=place.type,
            datum=rule.datum,
            status=Controlestatus.GEPLAND,
            aangekondigd=False,
            binnen=False,
            bedrijfsplan_beantwoord=False,
            arbeid_beantwoord=False,
            integraal=rule.actie_id is not None,
            actie_id=rule.actie_id,
            partners=self.partners,
            partner_soorten=frozenset(),
            team_id=rule.team_id,
            aanvang=rule.aanvang,
            duur=rule.duur,
        )

    def moved_from(self, waarom: str) -> Verzet:
        """Where it stood, for the reasons of its new place."""
        rule = self.regel
        return Verzet(
            planregel_id=rule.id,
            planronde_id=rule.planronde_id,
            planronde=self.ronde,
            datum=rule.datum,
            team_id=rule.team_id,
            aanvang=rule.aanvang,
            waarom=waarom,
        )


def standing_visits(
    uow: UnitOfWork,
    gemeentecode: str,
    places: Sequence[PlanbaarObject],
    ronde: UUID | None = None,
    replaced: Collection[UUID] = (),
    dropped: Collection[UUID] = (),
) -> list[Staandbezoek]:
    """What confirmed rounds hold from today on and did not release; of a visit that one of them takes over, its new place.

    Args:
        uow: The unit of work.
        gemeentecode: The municipality.
        places: Active objects.
        ronde: The round that looks, if one does; its own visits are left out.
        replaced: Visits whose place the round itself replaces already.
        dropped: Visits of which a planner dropped the new place: they stay where they stand.
    """
    found = planrondes.confirmed_rules(uow.session, gemeentecode, uow.today, ronde)
    by_id = {place.id: place for place in places}
    rows = [
        (rule, name, None if at is None else business_date(at), Redenen.model_validate(rule.redenen))
        for rule, name, at in found
        if rule.object_id in by_id
    ]
    gone = {*replaced, *(redenen.verzet.planregel_id for *_, redenen in rows if redenen.verzet is not None)}
    rows = [row for row in rows if row[0].id not in gone]
    asked = needing_agreement(
        uow,
        gemeentecode,
        [(rule.object_id, rule.datum, Aanleiding(rule.aanleiding), rule.actie_id is not None) for rule, *_ in rows],
    )
    partners = _partners(planrondes.acties_with_ids(uow.session, {rule.actie_id for rule, *_ in rows}))
    return [
        Staandbezoek(
            regel=Planregel(**rule.model_dump()),  # outlives its session
            redenen=redenen,
            ronde=name,
            berekend=day,
            partners=partners.get(rule.actie_id, 0),
            vrij=not rule.vast
            and rule.id not in dropped
            and rule.actie_id is None
            and (rule.object_id, rule.datum) not in asked
            and hold_of(by_id[rule.object_id], rule.normsleutel or "") < _monday(rule.datum),
        )
        for rule, name, day, redenen in rows
    ]


def with_standing(stand_: Stand, found: Sequence[Staandbezoek]) -> Stand:
    """The state of the municipality in which these visits are planned."""
    places = {place.id: place for place in stand_.objecten}
    per_object = {key: list(own) for key, own in stand_.controles.items()}
    for one in found:
        per_object.setdefault(one.regel.object_id, []).append(one.as_control(places[one.regel.object_id]))
    for own in per_object.values():
        own.sort(key=lambda control: (control.datum, control.controle_id))
    return replace(stand_, controles=per_object)


def take_up(
    found: Sequence[Staandbezoek],
    parameters: PlanrondeParameters,
    stand_: Stand,
    places: Mapping[UUID, PlanbaarObject],
    shifts: Mapping[str, Dienst],
    periode: tuple[date, date],
) -> list[tuple[Staandbezoek, Stood]]:
    """The visits of which a round may change the minute or the shift, as the planner gets them; the others it leaves alone.

    Args:
        found: All that stands.
        parameters: What was asked: teams, norms and how far visits may move.
        stand_: The state in which they are planned.
        places: Objects within the areas of the round.
        shifts: Its shifts by key.
        periode: Its first and last day.
    """
    choice, (van, tot) = parameters.staande_bezoeken, periode
    if choice is StaandeBezoeken.TIJD:
        return []
    taken = []
    for one in found:
        rule, place = one.regel, places.get(one.regel.object_id)
        asked = not parameters.normen or rule.normsleutel in parameters.normen
        if place is None or not (one.vrij and asked and van <= rule.datum <= tot and rule.team_id in parameters.teams):
            continue
        own = shift_of(list(shifts.values()), rule.team_id, rule.datum, rule.aanvang)
        if own is None and choice is StaandeBezoeken.DIENST:
            continue
        visit = one.visit(place)
        where = Place(own.key if own else "", rule.datum, rule.aanvang)
        taken.append((one, stand(visit, where, choice, van, _other_dates(stand_, rule.object_id, periode))))
    return taken


def _other_dates(stand_: Stand, object_id: UUID, periode: tuple[date, date]) -> list[date]:
    """Dates of an object to which a visit that moves keeps its distance and that the planner does not see: done, and planned outside the period."""
    return [
        control.datum
        for control in stand_.of_object(object_id)
        if control.status is Controlestatus.AFGEROND
        or (control.status in NOG_TE_DOEN and not periode[0] <= control.datum <= periode[1])
    ]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _partners(acties: Iterable[Planactie]) -> Mapping[UUID | None, int]:
    return {actie.id: len(actie.partner_ids) for actie in acties}
