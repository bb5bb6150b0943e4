"""The steps of calculating a round, each in its own unit of work; loaded by the worker only.

A round that is killed half way is calculated again from the start with the same seed and stored once: what an earlier run left is
replaced, and a round that no longer waits or runs is left alone.
"""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from uuid import UUID

from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.partners import partners_valid_on
from app.objecten.schemas.objecten import PlanbaarObject
from app.objecten.service.objecten import objects_by_ids
from app.planning.repository import beschikbaarheden, planrondes
from app.planning.rules.planinstellingen import read_settings
from app.planning.rules.vrijgave import released_mark
from app.planning.schemas.planregels import Redenen
from app.planning.schemas.planrondes import PlanrondeParameters
from app.planning.service.beschikbaarheden import team_names
from app.planning.service.gegevens import load_state
from app.planning.service.planrondes import note_step, released_until
from app.planning.service.probleem import Opdracht, Partnerdagen
from app.planning.service.rooster import load_roster
from app.planning.service.staand import Staandbezoek, standing_visits, with_standing
from app.planning.service.vastgezet import Dienst, Geschraptbezoek, VasteActie, Vastgezet
from app.planning.service.voorstel import Voorstel
from app.planning.service.waarschuwingen import Bezoekmoment, visit_warnings
from app.planning.service.wijziging import count_again
from app.planning.status import Beschikbaarheidsoort, Planrondestatus
from app.planning.tables import Planregel, Planronde
from geo.crs import Crs
from geo.shapes import read_shape

LOOPT = frozenset({Planrondestatus.WACHT, Planrondestatus.BEZIG})
LONGEST_SECONDS = 3_600.0
"""The clock only aborts: it never changes the outcome of a run that ends by itself (traps: time-limited solvers)."""
SLACK = timedelta(minutes=10)
"""For reading the facts and storing the proposal, on top of the calculation itself."""
GESTART = "gestart"
ACHTERGELATEN = (
    "De berekening is niet op tijd klaar gekomen: het werk op de achtergrond is gestopt. "
    "Vraag de beheerder of het weer draait en start daarna een nieuwe planronde."
)

ACTIE_GESCHRAPT = "integrale actie geschrapt"
"""The step that is noted when a planner drops an action; completing the rest reads it."""
AANVULLEN_MISLUKT = "Aanvullen is niet gelukt; het eerdere voorstel staat er nog."


def begin_round(uow: UnitOfWork, ronde_id: UUID) -> bool:
    """Marks a round as running; False when there is nothing to do for it any more."""
    ronde = _running(uow, ronde_id)
    if ronde is None:
        return False
    ronde.status, ronde.voortgang, ronde.melding = Planrondestatus.BEZIG, 0.0, "Gegevens ophalen"
    ronde.versie += 1
    note_step(uow, ronde, GESTART, "")
    uow.session.flush()
    return True


def fail_abandoned(uow: UnitOfWork) -> None:
    """Marks rounds as failed that run for longer than any run can: their worker is gone and no other took them over.

    A worker that comes back takes its round up again and notes a new start; a planner must not wait for one that never does.
    """
    for ronde_id in planrondes.running_since(
        uow.session, GESTART, uow.now - timedelta(seconds=LONGEST_SECONDS) - SLACK
    ):
        fail_round(uow, ronde_id, ACHTERGELATEN)


def load_assignment(uow: UnitOfWork, ronde_id: UUID) -> tuple[Opdracht, dict[str, str]]:
    """All that a round is calculated from, and the names of objects and teams for its sentences.

    Norms and settings are those of its first day, or of today once it has begun: a norm that changes with the year is planned for in time.

    Raises:
        SettingsMissing: the norm table lacks settings of the planner.
    """
    ronde = planrondes.stored(uow.session, ronde_id)
    if ronde is None:
        msg = f"no round {ronde_id}"
        raise LookupError(msg)
    parameters = PlanrondeParameters.model_validate(ronde.parameters)
    # First the released rounds, then the controls: what is released in between is then unknown, and release sees that.
    known = [
        released_mark(other.id, until)
        for other in planrondes.released_overlapping(uow.session, ronde)
        if (until := released_until(other)) is not None
    ]
    years, first = range(ronde.van.year - 1, ronde.tot.year + 2), max(ronde.van, uow.today)
    stand = load_state(uow, ronde.gemeentecode, uow.today, years, normen_op=first)
    settings = read_settings(stand.tabel)
    fixed = _fixed(uow, ronde, parameters.vast_uit)
    standing = _standing(uow, ronde, stand.objecten, fixed)
    stand = with_standing(stand, standing)
    roster = load_roster(uow, ronde.gemeentecode, ronde.van, ronde.tot, parameters.teams)
    diensten = [
        Dienst(row.team_id, row.datum, row.van, row.tot, powers)
        for row, powers in roster.usable()
        if row.team_id is not None
    ]
    names = {str(place.id): place.naam for place in stand.objecten}
    names |= {str(team): naam for team, naam in team_names(uow, ronde.gemeentecode).items()}
    opdracht = Opdracht(
        van=ronde.van,
        tot=ronde.tot,
        stand=stand,
        instellingen=settings,
        parameters=parameters,
        diensten=diensten,
        partners=partner_days(uow, ronde.gemeentecode, ronde.van, ronde.tot, _dropped_days(uow, ronde)),
        vastgezet=fixed,
        seed=ronde.seed,
        bekende_rondes=known,
        vaste_acties=_fixed_acties(uow, ronde),
        geschrapt=_dropped(uow, ronde),
        vlak=None if parameters.gebied is None else read_shape(parameters.gebied, Crs.RD),
        jaarloting=planrondes.year_seeds(uow.session, ronde),
        staand=standing,
    )
    return opdracht, names


def report_progress(uow: UnitOfWork, ronde_id: UUID, share: float, what: str) -> bool:
    """Shows how far a round is; False when the round was ended and the calculation may stop."""
    ronde = _running(uow, ronde_id)
    if ronde is None:
        return False
    ronde.voortgang, ronde.melding = share, what
    return True


def store_proposal(uow: UnitOfWork, ronde_id: UUID, voorstel: Voorstel, bekende_rondes: Sequence[str]) -> None:
    """Stores a proposal in the place of what an earlier run left, unless another run was first."""
    ronde = _running(uow, ronde_id)
    if ronde is None:
        return
    planrondes.replace_proposal(uow.session, ronde.id, voorstel.acties, voorstel.regels, voorstel.resten)
    ronde.status, ronde.voortgang, ronde.melding = Planrondestatus.VOORSTEL, 1.0, voorstel.melding
    warned = _warned(uow, ronde.gemeentecode, voorstel.regels)
    uitkomst = voorstel.uitkomst.model_copy(update={"waarschuwingen": warned})
    ronde.uitkomst = uitkomst.model_dump(mode="json", by_alias=True)
    ronde.motorversie = voorstel.motorversie
    ronde.berekend_op = uow.now
    ronde.bekende_rondes = list(bekende_rondes)
    count_again(uow, ronde)
    ronde.versie += 1
    note_step(uow, ronde, "berekend", voorstel.melding)


def fail_round(uow: UnitOfWork, ronde_id: UUID, melding: str) -> None:
    """Marks a round as failed, with a sentence for the planner; one that had a proposal keeps it."""
    ronde = _running(uow, ronde_id)
    if ronde is None:
        return
    if is_completion(ronde):
        ronde.status, ronde.voortgang = Planrondestatus.VOORSTEL, 1.0
        ronde.melding = f"{AANVULLEN_MISLUKT} {melding}"
        ronde.versie += 1
        note_step(uow, ronde, "aanvullen mislukt", melding)
        return
    ronde.status, ronde.melding = Planrondestatus.MISLUKT, melding
    ronde.versie += 1
    note_step(uow, ronde, "mislukt", melding)


def _warned(uow: UnitOfWork, gemeentecode: str, rules: Sequence[Planregel]) -> int:
    """How many of the visits stand on a shift that is warned for something (TRN-04)."""
    places = objects_by_ids(uow, {rule.object_id for rule in rules})
    visits = [
        Bezoekmoment(rule.id, rule.team_id, rule.datum, rule.aanvang, places[rule.object_id].type)
        for rule in rules
        if rule.object_id in places
    ]
    return sum(bool(texts) for texts in visit_warnings(uow, gemeentecode, visits).values())


def _running(uow: UnitOfWork, ronde_id: UUID) -> Planronde | None:
    ronde = planrondes.find(uow.session, uow.caller, ronde_id, lock=True)
    return ronde if ronde is not None and ronde.status in LOOPT else None


def partner_days(
    uow: UnitOfWork, gemeentecode: str, van: date, tot: date, zonder: Collection[date] = ()
) -> list[Partnerdagen]:
    """Partners with the dates on which they said that they can take part; never a date after they ended (REG-16)."""
    dates: dict[UUID, set[date]] = {}
    for row in beschikbaarheden.between(uow.session, gemeentecode, van, tot, soort=Beschikbaarheidsoort.PARTNER):
        if row.partner_id is not None and row.datum not in zonder:
            dates.setdefault(row.partner_id, set()).add(row.datum)
    known = {p.id: p for day in (van, tot) for p in partners_valid_on(uow, gemeentecode, day)}
    return [
        Partnerdagen(
            partner.id,
            partner.naam,
            frozenset(
                day
                for day in dates.get(partner.id, ())
                if partner.geldig_vanaf <= day and (partner.geldig_tot is None or day <= partner.geldig_tot)
            ),
        )
        for partner in known.values()
        if partner.id in dates
    ]


def is_completion(ronde: Planronde) -> bool:
    """Whether a round that waits or runs has a proposal already, which is to be completed around what is fixed."""
    return ronde.status in LOOPT and ronde.berekend_op is not None


def _fixed(uow: UnitOfWork, ronde: Planronde, earlier: UUID | None) -> list[Vastgezet]:
    """What is fixed in the proposal that is completed, or in the earlier one that the round was started from."""
    if ronde.status not in LOOPT:
        return []
    own = is_completion(ronde)
    source = ronde.id if own else earlier
    return [
        Vastgezet(
            object_id=rule.object_id,
            normsleutel=rule.normsleutel,
            datum=rule.datum,
            team_id=rule.team_id,
            aanvang=rule.aanvang,
            duur=rule.duur,
            redenen=Redenen.model_validate(rule.redenen),
            verplicht=rule.verplicht,
            aanleiding=rule.aanleiding,
            regel_id=rule.id if own else None,
            versie=rule.versie if own else 0,
        )
        for rule in (planrondes.all_rules(uow.session, source) if source is not None else ())
        if rule.vast and rule.actie_id is None
    ]


def _standing(
    uow: UnitOfWork, ronde: Planronde, places: Sequence[PlanbaarObject], fixed: Sequence[Vastgezet]
) -> list[Staandbezoek]:
    """What other rounds hold, for as long as this one is not confirmed; what is released is checked against controls alone."""
    if ronde.status in LOOPT:
        reasons = [own.redenen for own in fixed]
    elif ronde.status is Planrondestatus.VOORSTEL:
        reasons = [Redenen.model_validate(rule.redenen) for rule in planrondes.all_rules(uow.session, ronde.id)]
    else:
        return []
    dropped = [
        Redenen.model_validate(rest.redenen)
        for rest in planrondes.leftovers_of(uow.session, ronde.id)
        if rest.door_planner and rest.redenen is not None
    ]
    taken, left = _taken_over(reasons), _taken_over(dropped)
    return standing_visits(uow, ronde.gemeentecode, places, ronde.id, taken, left)


def _taken_over(reasons: Sequence[Redenen]) -> set[UUID]:
    return {own.verzet.planregel_id for own in reasons if own.verzet is not None}


def _fixed_acties(uow: UnitOfWork, ronde: Planronde) -> list[VasteActie]:
    if not is_completion(ronde):
        return []
    rules = planrondes.all_rules(uow.session, ronde.id)
    return [
        VasteActie(
            id=actie.id,
            datum=actie.datum,
            gebied=actie.gebied or "",
            partner_ids=tuple(UUID(partner) for partner in actie.partner_ids),
            adressen=tuple((rule.object_id, rule.team_id, rule.aanvang) for rule in rules if rule.actie_id == actie.id),
            versie=actie.versie,
        )
        for actie in planrondes.acties(uow.session, ronde.id)
        if actie.vast
    ]


def _dropped_days(uow: UnitOfWork, ronde: Planronde) -> set[date]:
    """Days of which a planner dropped the action; completing the rest makes no other one there, unless he put it there himself."""
    if not is_completion(ronde):
        return set()
    found = {
        date.fromisoformat(step.betreft["van"])
        for step in planrondes.events(uow.session, ronde.id)
        if step.actie == ACTIE_GESCHRAPT and step.betreft
    }
    return found - {actie.datum for actie in _fixed_acties(uow, ronde)}


def _dropped(uow: UnitOfWork, ronde: Planronde) -> list[Geschraptbezoek]:
    if not is_completion(ronde):
        return []
    found = []
    for rest in planrondes.leftovers_of(uow.session, ronde.id):
        if rest.door_planner:
            span = None if rest.redenen is None else Redenen.model_validate(rest.redenen).toegestaan
            dates = None if span is None else (span.eerste, span.laatste)
            found.append(Geschraptbezoek(rest.object_id, rest.normsleutel, dates))
    return found
