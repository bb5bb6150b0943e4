"""Planning rounds: start one, read, list. The calculation itself runs in the worker (`tasks`)."""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from app.core.errors import Fout
from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.gebieden import list_gebieden
from app.objecten.service.planbaar import planbare_objecten
from app.planning.errors import IdInUse, InvalidPlanronde, PlanrondeNotFound
from app.planning.repository import beschikbaarheden, planrondes
from app.planning.rules.gebieden import areas_of
from app.planning.rules.planinstellingen import ACTIES, HORECA, RISICO, SEKS, VRIJ
from app.planning.schemas.planrondes import (
    LANGSTE_PERIODE_DAGEN,
    GebeurtenisRead,
    PlanrondeCreate,
    PlanrondeDetail,
    PlanrondeParameters,
    PlanrondeRead,
)
from app.planning.service.beschikbaarheden import team_names
from app.planning.status import Planrondestatus
from app.planning.tables import Planronde, Planrondegebeurtenis
from geo.crs import Crs
from geo.faults import GeoFault
from geo.geojson import write_polygon
from geo.shapes import read_shape

TAAK = "planning.ronde"
PLANBARE_NORMEN = (SEKS, RISICO, HORECA, ACTIES, VRIJ)
MEESTE_GEBIEDEN = 10_000
SEED_BITS = 62
"""Fits the signed 64-bit column of every database."""


def start_round(uow: UnitOfWork, data: PlanrondeCreate, crs: Crs = Crs.RD) -> Planronde:
    """Stores a round with its seed and puts its calculation in the queue; the same id and content is the same round.

    The seed comes from a secret source, is stored at once and shown to nobody before the plan was executed.

    Args:
        uow: The unit of work.
        data: The question.
        crs: The system of its drawn area.

    Raises:
        InvalidPlanronde: period or teams cannot be planned; all faults at once.
        IdInUse: another round stands under this id.
    """
    scope, scope_faults = _scope(data, crs)
    parameters = PlanrondeParameters(**data.model_dump(exclude={"id", "naam", "van", "tot", "gebied"}), gebied=scope)
    asked = parameters.model_dump(mode="json")
    stored = planrondes.stored(uow.session, data.id)
    if stored is not None:
        same = (stored.gemeentecode, stored.naam, stored.van, stored.tot, _normal(stored))
        if same != (uow.caller.gemeentecode, data.naam, data.van, data.tot, asked):
            raise IdInUse
        return stored
    faults = [*_faults(uow, data), *scope_faults]
    if faults:
        raise InvalidPlanronde(faults)
    ronde = Planronde(
        id=data.id,
        gemeentecode=uow.caller.gemeentecode,
        naam=data.naam,
        van=data.van,
        tot=data.tot,
        status=Planrondestatus.WACHT,
        parameters=asked,
        seed=secrets.randbits(SEED_BITS),
        melding="Wacht op berekening.",
        gemaakt_op=uow.now,
        gemaakt_door=uow.caller.account_id,
    )
    uow.session.add(ronde)
    uow.session.flush()
    note_step(uow, ronde, "aangemaakt", "")
    uow.enqueue(TAAK, ronde.id)
    return ronde


def _normal(stored: Planronde) -> dict[str, Any]:
    """What a round was asked, in the words of today: one that was stored before a word existed has its default."""
    return PlanrondeParameters.model_validate(stored.parameters).model_dump(mode="json")


def _scope(data: PlanrondeCreate, crs: Crs) -> tuple[dict[str, Any] | None, list[Fout]]:
    """The drawn area in RD, and what is wrong with areas and norms."""
    faults = [
        Fout(f"body.normen.{position}", f"kent de planner niet; kies uit {', '.join(PLANBARE_NORMEN)}")
        for position, sleutel in enumerate(data.normen)
        if sleutel not in PLANBARE_NORMEN
    ]
    if data.normen and ACTIES not in data.normen and data.acties:
        faults.append(Fout("body.acties", f"kan niet zonder de norm {ACTIES}"))
    if ACTIES in data.normen and {HORECA, VRIJ}.isdisjoint(data.normen):
        faults.append(Fout("body.normen", f"{ACTIES} vraagt ook {HORECA} of {VRIJ}: daaruit komen de adressen"))
    if data.gebied is None:
        return None, faults
    try:
        return write_polygon(read_shape(data.gebied, crs).polygon, Crs.RD), faults
    except GeoFault as fault:
        return None, [*faults, Fout("body.gebied", str(fault))]


def _faults(uow: UnitOfWork, data: PlanrondeCreate) -> list[Fout]:
    period = _period_faults(data.van, data.tot, uow.today)
    return [
        *period,
        *_team_faults(uow, data, with_shifts=not period),
        *_earlier_faults(uow, data.vast_uit),
        *_area_faults(uow, data.gebiedcodes),
    ]


def _period_faults(van: date, tot: date, today: date) -> list[Fout]:
    faults = []
    if van < today:
        faults.append(Fout("body.van", "ligt in het verleden; kies vandaag of later"))
    if tot < van:
        faults.append(Fout("body.tot", "ligt voor 'van'; kies een latere datum"))
    elif (tot - van).days >= LANGSTE_PERIODE_DAGEN:
        faults.append(Fout("body.tot", f"maakt de periode langer dan {LANGSTE_PERIODE_DAGEN} dagen"))
    return faults


def _team_faults(uow: UnitOfWork, data: PlanrondeCreate, *, with_shifts: bool) -> list[Fout]:
    """Teams that cannot be planned; of a period that cannot be planned itself nobody has to hear that it has no shifts."""
    faults = []
    gemeentecode = uow.caller.gemeentecode
    known = team_names(uow, gemeentecode)
    at_work = beschikbaarheden.teams_with_shifts(uow.session, gemeentecode, data.van, data.tot, data.teams)
    for position, team in enumerate(data.teams):
        if team not in known:
            faults.append(Fout(f"body.teams.{position}", "is geen team van uw gemeente"))
        elif team in data.teams[:position]:
            faults.append(Fout(f"body.teams.{position}", "staat er twee keer in; noem elk team een keer"))
        elif with_shifts and team not in at_work:
            text = "heeft geen diensten in deze periode; zet die eerst in het rooster, of laat dit team weg"
            faults.append(Fout(f"body.teams.{position}", text))
    return faults


def _earlier_faults(uow: UnitOfWork, ronde_id: UUID | None) -> list[Fout]:
    """An earlier round whose fixed visits are kept must be a proposal of the same municipality."""
    if ronde_id is None:
        return []
    earlier = planrondes.find(uow.session, uow.caller, ronde_id)
    if earlier is None or earlier.gemeentecode != uow.caller.gemeentecode:
        return [Fout("body.vastUit", "is geen planronde van uw gemeente")]
    if earlier.status is not Planrondestatus.VOORSTEL:
        return [Fout("body.vastUit", "is geen voorstel")]
    return []


def _area_faults(uow: UnitOfWork, codes: Sequence[str]) -> list[Fout]:
    """Areas that the municipality does not have."""
    if not codes:
        return []
    paging = Paging(limit=MEESTE_GEBIEDEN, after=None)
    known = {gebied.code for gebied in list_gebieden(uow, paging, uow.caller.gemeentecode, None, None)}
    known |= {code for place in planbare_objecten(uow, uow.caller.gemeentecode) for code in areas_of(place.buurtcode)}
    return [
        Fout(f"body.gebiedcodes.{position}", "is geen wijk of buurt van uw gemeente")
        for position, code in enumerate(codes)
        if code not in known
    ]


def require_round(uow: UnitOfWork, ronde_id: UUID, *, lock: bool = False) -> Planronde:
    """A round that the caller may read.

    Raises:
        PlanrondeNotFound: unknown or not visible.
    """
    ronde = planrondes.find(uow.session, uow.caller, ronde_id, lock=lock)
    if ronde is None:
        raise PlanrondeNotFound
    return ronde


def released_until(ronde: Planronde) -> date | None:
    """Last day of a round of which the visits became controls; None when it was not released."""
    return ronde.tot if ronde.status is Planrondestatus.VRIJGEGEVEN else ronde.vrijgegeven_tot


def list_rounds(uow: UnitOfWork, paging: Paging, status: Planrondestatus | None) -> Sequence[Planronde]:
    """Rounds of the caller's municipalities by first date: one page and one row more."""
    return planrondes.page(uow.session, uow.caller, paging, status)


def read_round(ronde: Planronde) -> PlanrondeRead:
    """A round as the API shows it; the seed stays inside."""
    return PlanrondeRead.model_validate(ronde).model_copy(update={"vrijgegeven_tot": released_until(ronde)})


def read_detail(uow: UnitOfWork, ronde: Planronde) -> PlanrondeDetail:
    """A round with its steps."""
    steps = [GebeurtenisRead.model_validate(step) for step in planrondes.events(uow.session, ronde.id)]
    return PlanrondeDetail(**read_round(ronde).model_dump(), gebeurtenissen=steps)


def note_step(
    uow: UnitOfWork, ronde: Planronde, actie: str, toelichting: str, betreft: dict[str, Any] | None = None
) -> None:
    """Stores a step of a round: who, when, what, why (design section 3, ROL-08).

    Args:
        uow: The unit of work.
        ronde: The round.
        actie: What was done.
        toelichting: Why.
        betreft: Ids, dates and minutes of what was changed; never a text.
    """
    uow.session.add(
        Planrondegebeurtenis(
            planronde_id=ronde.id,
            tijdstip=uow.now,
            actor=uow.caller.account_id,
            actie=actie,
            toelichting=toelichting,
            betreft=betreft,
        )
    )
    uow.audit("planronde", ronde.id, ronde.gemeentecode)
