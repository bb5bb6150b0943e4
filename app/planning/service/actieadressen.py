"""The addresses of an integral action of a proposal: which objects it may visit, and as what (CAD-04)."""

from dataclasses import replace
from uuid import UUID

from app.controles.rules.levensloop import INTEGRALE_BEDRIJFSTYPEN
from app.controles.status import Aanleiding
from app.objecten.schemas.objecten import PlanbaarObject
from app.planning.rules.gebieden import area_of
from app.planning.rules.planinstellingen import ACTIES
from app.planning.service.bord import Bord
from app.planning.service.voorstel import gap_of, reasons_of
from app.planning.solver.problem import Visit
from app.planning.solver.result import DateRange, Reason
from app.planning.tables import Planactie, Planregel


def member_faults(bord: Bord, place: PlanbaarObject, gebied: str | None) -> list[str]:
    """Why an object cannot be an address of an integral action, each as a Dutch text; empty when it can.

    Args:
        bord: The proposal.
        place: The object.
        gebied: The area of the action; an action stays in one area.
    """
    faults = []
    if place.punt is None:
        faults.append("heeft nog geen plek op de kaart en kan niet op een route")
    if place.type not in INTEGRALE_BEDRIJFSTYPEN:
        faults.append("is geen soort object voor een integrale actie")
    if gebied and area_of(place.buurtcode) != gebied:
        faults.append("ligt in een ander gebied dan de actie")
    if any(rule.object_id == place.id and rule.actie_id is not None for rule in bord.regels.values()):
        faults.append("staat al in een integrale actie van deze planronde")
    return faults


def actie_visit(bord: Bord, place: PlanbaarObject, rule_id: UUID) -> Visit:
    """The visit to an address of an action: it takes over an optional visit that the object is due for, else it is a free choice.

    Args:
        bord: The proposal.
        place: The object.
        rule_id: Id of the proposed visit.
    """
    due = [bezoek.visit for bezoek in bord.bezoeken_of(place.id) if not bezoek.visit.required]
    base = due[0] if due else bord.bezoeken().own_choice(place).visit
    clause = f"Minstens {bord.opdracht.stand.normen.acties_per_jaar} integrale bestuurlijke acties per kalenderjaar, gespreid"
    return replace(base, key=str(rule_id), norm_key=ACTIES, norm_clause=clause, draw_window=False)


def actie_rule(bord: Bord, visit: Visit, actie: Planactie) -> Planregel:
    """The proposed visit for an address of an action; the board gives it its team and time."""
    reason = Reason(visit.norm_clause, DateRange(actie.datum, actie.datum), None, visit.terms, locked=False)
    return Planregel(
        id=UUID(visit.key),
        planronde_id=actie.planronde_id,
        object_id=UUID(visit.object_key),
        team_id=next(iter(bord.opdracht.parameters.teams)),
        actie_id=actie.id,
        datum=actie.datum,
        aanvang=0,
        duur=visit.duration,
        volgorde=0,
        normsleutel=ACTIES,
        aanleiding=Aanleiding.INTEGRALE_ACTIE.value,
        redenen=reasons_of(reason, gap_of(visit)),
    )
