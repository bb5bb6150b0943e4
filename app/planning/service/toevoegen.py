"""Adding a visit to a proposal: what a norm asks and the planner left out, or the planner's own choice without any report (DEF-09)."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from app.controles.service.aanmaken import default_trigger
from app.controles.status import Aanleiding
from app.core.errors import Fout
from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.objecten.rules.seizoenen import stretches
from app.objecten.schemas.objecten import PlanbaarObject
from app.planning.errors import AddRefused, IdInUse
from app.planning.repository import planrondes
from app.planning.rules.planinstellingen import ACTIES
from app.planning.schemas.bewerken import PlanregelCreate, PlanregelGewijzigd
from app.planning.schemas.planregels import Redenen
from app.planning.service.actieadressen import actie_rule, actie_visit, member_faults
from app.planning.service.bewerken import NIET_IN_RONDE, changed, place_on
from app.planning.service.bezoeken import Bezoek
from app.planning.service.bord import Bord, load_board, visit_of
from app.planning.service.planrondes import require_round
from app.planning.service.voorstel import gap_of, reasons_of
from app.planning.service.wijziging import faults_of, finish, hold_proposal, where
from app.planning.solver.editing import Placement
from app.planning.solver.problem import Slot, Visit
from app.planning.solver.result import DateRange, Reason
from app.planning.solver.weighing import Gevolg, Gevolgcode, best_place, consequences
from app.planning.tables import Planregel, Planrest

MEESTE_PLEKKEN = 3
TRIGGERS = frozenset(Aanleiding) - {Aanleiding.INTEGRALE_ACTIE}


def add_rule(uow: UnitOfWork, ronde_id: UUID, if_match: str | None, data: PlanregelCreate) -> PlanregelGewijzigd:
    """Adds a visit to a proposal, on the shift that was chosen or on the best one.

    Without a norm it is the planner's own choice; what was left out comes back with its own reasons and norm.

    Raises:
        PlanrondeNotFound: unknown or not visible.
        IdInUse: another visit stands under this id.
        PreconditionFailed: somebody else changed the round.
        WrongStatus: the round is no proposal.
        AddRefused: it cannot stand there; all rules that it would break.
    """
    require_round(uow, ronde_id)
    stored = planrondes.stored_rule(uow.session, data.id)
    if stored is not None:
        if (stored.planronde_id, stored.object_id) != (ronde_id, data.object_id):
            raise IdInUse
        return changed(uow, stored, [])
    ronde = hold_proposal(uow, ronde_id)
    check_version(if_match, ronde.versie)
    bord = load_board(uow, ronde)
    place = bord.place(data.object_id)
    faults = _faults(bord, place, data)
    if place is None or faults:
        raise AddRefused(faults)
    twice = _stands_already(bord, place)
    if data.actie_id is not None:
        rule, gevolgen = _add_to_actie(uow, bord, place, data)
    else:
        rule, gevolgen = _add_alone(uow, bord, place, data)
    gevolgen = [*twice, *gevolgen]
    finish(
        uow,
        ronde,
        "bezoek toegevoegd",
        data.toelichting,
        {"objectId": str(rule.object_id), "planregelId": str(rule.id), "naar": where(rule)},
    )
    return changed(uow, rule, gevolgen)


def _faults(bord: Bord, place: PlanbaarObject | None, data: PlanregelCreate) -> list[Fout]:
    faults = []
    if place is None:
        faults.append(Fout("body.objectId", "is geen actief object van uw gemeente"))
    elif place.punt is None:
        faults.append(Fout("body.objectId", "heeft nog geen plek op de kaart en kan niet op een route"))
    elif place.seizoenen and not stretches(place.seizoenen, bord.ronde.van, bord.ronde.tot):
        faults.append(
            Fout("body.objectId", "is in deze periode buiten zijn seizoen; neem een planronde in het seizoen")
        )
    if data.team_id is not None and data.team_id not in bord.opdracht.parameters.teams:
        faults.append(Fout("body.teamId", NIET_IN_RONDE))
    if data.aanvang is not None and (data.datum is None or data.team_id is None):
        faults.append(Fout("body.aanvang", "kan alleen samen met een datum en een team"))
    if data.aanleiding is not None and data.aanleiding not in TRIGGERS:
        faults.append(Fout("body.aanleiding", "kan niet met de hand; die volgt uit de integrale actie"))
    if data.actie_id is not None and (data.datum or data.team_id or data.aanvang is not None):
        faults.append(Fout("body.actieId", "bepaalt zelf datum, team en tijd; laat die weg"))
    return faults


def _stands_already(bord: Bord, place: PlanbaarObject) -> list[Gevolg]:
    """Tells where an object stands already, in this proposal or as a control: a second visit is allowed, and rarely meant."""
    found = [
        (rule.datum, f"op {rule.datum:%d-%m-%Y} met {bord.namen.get(str(rule.team_id), 'een team')}")
        for rule in bord.regels.values()
        if rule.object_id == place.id
    ]
    found += [(day, f"op {day:%d-%m-%Y} als geplande controle") for day in bord.opdracht.stand.planned(place.id)]
    if not found:
        return []
    listed = ", ".join(text for _, text in sorted(found)[:MEESTE_PLEKKEN])
    more = f" en nog {len(found) - MEESTE_PLEKKEN} keer" if len(found) > MEESTE_PLEKKEN else ""
    return [Gevolg(Gevolgcode.DUBBEL, f"Dit object staat al in het plan: {listed}{more}. Schrap wat dubbel is.")]


def _add_alone(
    uow: UnitOfWork, bord: Bord, place: PlanbaarObject, data: PlanregelCreate
) -> tuple[Planregel, list[Gevolg]]:
    rest = _leftover(uow, bord, data)
    rule = _made(bord, place, data, rest)
    visit = visit_of(rule, place)
    found = _best(uow, bord, visit, data)
    if isinstance(found, list):
        raise AddRefused(found)
    bord.regels[str(rule.id)] = rule
    bord.board.accept(visit, found, fixed=rule.vast)
    bord.write(found.slot, found.times)
    rule.versie = 1
    uow.session.add(rule)
    for left in planrondes.leftovers_of(uow.session, bord.ronde.id, place.id):
        if left == rest or left.normsleutel == ACTIES:
            uow.session.delete(left)
    return rule, consequences(visit, found, 0, bord.belang(rule))


def _best(uow: UnitOfWork, bord: Bord, visit: Visit, data: PlanregelCreate) -> Placement | list[Fout]:
    """The chosen place, or of what was left open the place that adds least travel; else every rule in the way."""
    if data.datum is not None and data.team_id is not None:
        found = place_on(uow, bord, visit, data.datum, data.team_id, data.aanvang)
        return found if isinstance(found, Placement) else faults_of(found)
    slots = [
        slot
        for slot in bord.board.index.slots.values()
        if data.datum in (None, slot.date) and data.team_id in (None, bord.dienst(slot).team_id)
    ]
    return best_place(bord.board, visit, slots) or _nowhere(bord, visit, slots)


def _nowhere(bord: Bord, visit: Visit, slots: Sequence[Slot]) -> list[Fout]:
    """Why no shift will do: each broken rule with the number of shifts that it rules out."""
    if not slots:
        return [Fout("body.datum", "er is dan geen dienst van de teams van deze planronde")]
    count: Counter[tuple[str, str]] = Counter()
    for slot in slots:
        answer = bord.board.place(visit, slot)
        if not isinstance(answer, Placement):
            count.update({(b.veld, b.tekst.split(", op ")[0]) for b in answer})
    return [
        Fout(f"body.{veld}", f"{number} van de {len(slots)} diensten: {text}")
        for (veld, text), number in sorted(count.items(), key=lambda item: (-item[1], item[0]))
    ]


def _leftover(uow: UnitOfWork, bord: Bord, data: PlanregelCreate) -> Planrest | None:
    """What was left out of this object, for the norm that was named or for any; first what a planner dropped."""
    found = planrondes.leftovers_of(uow.session, bord.ronde.id, data.object_id)
    fitting = [rest for rest in found if data.normsleutel in (None, rest.normsleutel) and rest.redenen]
    return min(fitting, key=lambda rest: not rest.door_planner, default=None)


def _made(bord: Bord, place: PlanbaarObject, data: PlanregelCreate, rest: Planrest | None) -> Planregel:
    """The visit with its reasons: those that it had, those of what the norm asks, or the planner's own choice."""
    if rest is not None and rest.redenen is not None:
        redenen, verplicht, norm = rest.redenen, rest.verplicht, rest.normsleutel
        trigger = rest.aanleiding or default_trigger(place.type, None).value
    else:
        bezoek = _asked(bord, place, data)
        visit = bezoek.visit
        reason = Reason(visit.norm_clause, DateRange(visit.earliest, visit.latest), None, visit.terms, locked=False)
        redenen, verplicht, norm = reasons_of(reason, gap_of(visit)), visit.required, bezoek.normsleutel
        trigger = bezoek.aanleiding.value
    return Planregel(
        id=data.id,
        planronde_id=bord.ronde.id,
        object_id=place.id,
        team_id=next(iter(bord.opdracht.parameters.teams)),
        datum=bord.ronde.van,
        aanvang=0,
        duur=bord.settings.duur[place.type],
        volgorde=0,
        normsleutel=norm,
        verplicht=verplicht,
        aanleiding=trigger if data.aanleiding is None else data.aanleiding.value,
        redenen=redenen | {"vast": data.vast},
        vast=data.vast,
    )


def _asked(bord: Bord, place: PlanbaarObject, data: PlanregelCreate) -> Bezoek:
    """What a norm asks of the object and no visit of the proposal does yet; without a norm the planner's own choice."""
    if data.normsleutel is None:
        return bord.bezoeken().own_choice(place)
    planned = Counter(
        (span.eerste, span.laatste)
        for rule in bord.regels.values()
        if (rule.object_id, rule.normsleutel) == (place.id, data.normsleutel)
        for span in [Redenen.model_validate(rule.redenen).toegestaan]
    )
    for bezoek in bord.bezoeken_of(place.id):
        span = (bezoek.visit.earliest, bezoek.visit.latest)
        if bezoek.normsleutel == data.normsleutel and not planned[span]:
            return bezoek
        planned[span] -= bezoek.normsleutel == data.normsleutel
    raise AddRefused([Fout("body.normsleutel", "vraagt dit object in deze planronde niet (meer)")])


def _add_to_actie(
    uow: UnitOfWork, bord: Bord, place: PlanbaarObject, data: PlanregelCreate
) -> tuple[Planregel, list[Gevolg]]:
    """Adds an address to an integral action: same area, the kinds of CAD-04, and no more than the setting allows."""
    actie = planrondes.fresh_actie(uow.session, data.actie_id) if data.actie_id is not None else None
    if actie is None or actie.planronde_id != bord.ronde.id:
        raise AddRefused([Fout("body.actieId", "is geen integrale actie van deze planronde")])
    members = [rule for rule in bord.regels.values() if rule.actie_id == actie.id]
    visit = actie_visit(bord, place, data.id)
    faults = [Fout("body.objectId", text) for text in member_faults(bord, place, actie.gebied)]
    if len(members) >= bord.settings.actie_adressen_max:
        faults.append(Fout("body.actieId", f"heeft al {len(members)} adressen; meer mag niet"))
    slots = [s for s in bord.slots_on(actie.datum) if any(_on(bord, s, m) for m in members)]
    bord.board.reserved -= {slot.key for slot in slots}
    found = best_place(bord.board, visit, slots)
    if found is None:
        refused = [answer for slot in slots if not isinstance(answer := bord.board.place(visit, slot), Placement)]
        faults += [Fout("body.objectId", b.tekst) for b in min(refused, key=len, default=[])] or [
            Fout("body.actieId", "heeft in deze planronde geen dienst meer")
        ]
    if faults or found is None:
        raise AddRefused(list(dict.fromkeys(faults)))
    rule = actie_rule(bord, visit, actie)
    bord.regels[str(rule.id)] = rule
    bord.board.accept(visit, found)
    bord.write(found.slot, found.times)
    rule.versie = 1
    actie.versie += 1
    uow.session.add(rule)
    for rest in planrondes.leftovers_of(uow.session, bord.ronde.id, place.id):
        if not rest.verplicht:
            uow.session.delete(rest)
    return rule, consequences(visit, found, 0, bord.belang(rule))


def _on(bord: Bord, slot: Slot, rule: Planregel) -> bool:
    return bord.dienst(slot).team_id == rule.team_id and slot.start <= slot.real(rule.aanvang) < slot.end
