"""Changing a proposal by hand, over HTTP: visits and integral actions."""

from uuid import UUID

from fastapi import APIRouter, Response

from app.core.http.versions import IfMatch, set_etag
from app.core.http.work import Work
from app.planning.schemas.bewerken import (
    Alternatieven,
    Geschrapt,
    PlanactieCreate,
    PlanactieGewijzigd,
    PlanactiePatch,
    PlanregelCreate,
    PlanregelGewijzigd,
    PlanregelPatch,
    Schrapping,
)
from app.planning.service import actiebewerken, bewerken, toevoegen

router = APIRouter(tags=["planning"])


@router.post(
    "/planrondes/{ronde_id}/planregels",
    operation_id="planregels_toevoegen",
    status_code=201,
    summary="Bezoek toevoegen aan een voorstel",
    description="Elk object dat gepland kan worden; zonder norm is de aanleiding 'eigen-analyse'. Wat u van datum, team en tijd weglaat "
    "kiest de dienst: de minste reistijd. Met actieId wordt het een adres van die integrale actie. Stuur in If-Match de versie van de planronde.",
)
def planregels_toevoegen(
    uow: Work, ronde_id: UUID, data: PlanregelCreate, response: Response, if_match: IfMatch = None
) -> PlanregelGewijzigd:
    """Adds a visit."""
    added = toevoegen.add_rule(uow, ronde_id, if_match, data)
    response.headers["Location"] = f"/v1/planregels/{added.id}"
    set_etag(response, added.versie)
    return added


@router.patch(
    "/planregels/{regel_id}",
    operation_id="planregels_wijzigen",
    summary="Bezoek vastzetten, losmaken of verplaatsen",
    description="Alleen in een voorstel. Wat niet past wordt geweigerd, met alle redenen tegelijk; wat wel mag maar iets kost staat bij gevolgen.",
)
def planregels_wijzigen(
    uow: Work, regel_id: UUID, data: PlanregelPatch, response: Response, if_match: IfMatch = None
) -> PlanregelGewijzigd:
    """Changes a proposed visit."""
    changed = bewerken.change_rule(uow, regel_id, if_match, data)
    set_etag(response, changed.versie)
    return changed


@router.post(
    "/planregels/{regel_id}/_schrappen",
    operation_id="planregels_schrappen",
    summary="Bezoek uit het voorstel schrappen",
    description="Met een reden, die bij de planresten komt te staan. Het bezoek blijft eruit bij 'vul aan'. Een normbezoek mag ook; het antwoord "
    "zegt wat dat breekt.",
)
def planregels_schrappen(uow: Work, regel_id: UUID, data: Schrapping, if_match: IfMatch = None) -> Geschrapt:
    """Drops a proposed visit."""
    return bewerken.drop_rule(uow, regel_id, if_match, data)


@router.get(
    "/planregels/{regel_id}/alternatieven",
    operation_id="planregels_alternatieven",
    summary="Andere diensten voor een bezoek",
    description="De tien beste andere diensten: wat verplaatsen daarheen kost, of welke regels het breekt. Van een adres van een integrale actie "
    "zijn er geen.",
)
def planregels_alternatieven(uow: Work, regel_id: UUID) -> Alternatieven:
    """Other shifts for a visit."""
    return bewerken.list_alternatives(uow, regel_id)


@router.post(
    "/planrondes/{ronde_id}/planacties",
    operation_id="planacties_toevoegen",
    status_code=201,
    summary="Integrale actie toevoegen aan een voorstel",
    description="Met datum, adressen en partners; de dienst zoekt vrije diensten en legt de routes. Stuur in If-Match de versie van de planronde.",
)
def planacties_toevoegen(
    uow: Work, ronde_id: UUID, data: PlanactieCreate, response: Response, if_match: IfMatch = None
) -> PlanactieGewijzigd:
    """Adds an action."""
    added = actiebewerken.add_actie(uow, ronde_id, if_match, data)
    response.headers["Location"] = f"/v1/planacties/{added.id}"
    set_etag(response, added.versie)
    return added


@router.patch(
    "/planacties/{actie_id}",
    operation_id="planacties_wijzigen",
    summary="Integrale actie vastzetten, verplaatsen of van partners wisselen",
    description="Een verplaatste actie neemt haar adressen mee. Wat niet kan wordt geweigerd, met alle redenen tegelijk.",
)
def planacties_wijzigen(
    uow: Work, actie_id: UUID, data: PlanactiePatch, response: Response, if_match: IfMatch = None
) -> PlanactieGewijzigd:
    """Changes an action."""
    changed = actiebewerken.change_actie(uow, actie_id, if_match, data)
    set_etag(response, changed.versie)
    return changed


@router.post(
    "/planacties/{actie_id}/_schrappen",
    operation_id="planacties_schrappen",
    summary="Integrale actie uit het voorstel schrappen",
    description="Met een reden. De adressen komen bij de planresten en kunnen bij 'vul aan' op een andere manier in het plan komen.",
)
def planacties_schrappen(uow: Work, actie_id: UUID, data: Schrapping, if_match: IfMatch = None) -> Geschrapt:
    """Drops an action."""
    return actiebewerken.drop_actie(uow, actie_id, if_match, data)
