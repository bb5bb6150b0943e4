"""Sealed delivery and the keys of tablets: /synchronisaties/sleutel, /synchronisaties/_verzegeld, and the halves and proofs of /apparaten."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse

from app.controles.errors import BewijsOnjuist
from app.controles.schemas.bezorging import (
    BezorgbewijsRead,
    SleutelhelftInput,
    SleutelhelftRead,
    TabletsleutelRead,
    VerzegeldInput,
    VerzegeldRead,
)
from app.controles.service import bezorging, quarantaine, sleutelhelften, tabletsleutels
from app.core.caller import system_caller
from app.core.http.bounds import TOO_OFTEN
from app.core.http.problems import from_error
from app.core.http.turns import Turns, address_of
from app.core.http.work import Work, operation_of, runtime_of
from app.core.jobs import UnitFactory
from app.core.settings import get_settings
from app.core.unit_of_work import UnitOfWork

router = APIRouter(tags=["synchronisaties"])


async def take_turn(request: Request) -> AsyncIterator[None]:
    """Two of one address at work, so that whoever sends without end leaves places to the others."""
    turns: Turns = request.app.state.turns
    async with turns.turn(address_of(request)):
        yield


def delivery_units(
    request: Request, _turn: Annotated[None, Depends(take_turn, scope="function")]
) -> Iterator[UnitFactory]:
    """Units of work of the service itself: who delivers is not known, the proof inside each event says in whose name it was entered."""
    runtime, operation = runtime_of(request), operation_of(request)

    def unit(action: str = operation, *, write: bool = True) -> AbstractContextManager[UnitOfWork]:
        return runtime.unit(system_caller(), action, request.state.request_id, write=write)

    yield unit


# Few at once, so that whoever sends rubbish leaves the connections to who is signed in.
Delivery = Annotated[UnitFactory, Depends(delivery_units, scope="function", max_concurrency=4)]


@router.get(
    "/synchronisaties/sleutel",
    operation_id="tabletsleutels_lezen",
    summary="De sleutel waarmee een tablet verzegelt",
    description="Een publieke sleutel (EC P-256); wat ermee is verzegeld, kan alleen de dienst openen.",
)
def tabletsleutels_lezen(uow: Work) -> TabletsleutelRead:
    """The key to seal to."""
    return tabletsleutels.present_key(uow)


@router.post(
    "/synchronisaties/_verzegeld",
    operation_id="synchronisaties_verzegeld",
    summary="Verstuur verzegelde gebeurtenissen zonder aanmelden",
    description=(
        "Voor een tablet die op slot of afgemeld is. Elke zending is een compacte JWE van bezorgbewijs en gebeurtenis. "
        "Het antwoord zegt per zending alleen of zij is verwerkt of wacht, en welke tablets van een bewijs dat meekwam zich moeten wissen. "
        "Zonder zendingen en met 'bewijs' vraagt een tablet alleen dat. Nog eens sturen is altijd veilig."
    ),
    responses=TOO_OFTEN,
)
def synchronisaties_verzegeld(units: Delivery, data: VerzegeldInput, request: Request) -> VerzegeldRead:
    """Takes in sealed events; a cookie that comes along means nothing here, so there is nothing to forge."""
    state = request.app.state
    return bezorging.deliver(units, data, state.accounts.find_caller, state.bezorgmaat)


@router.post(
    "/apparaten/{apparaat_id}/_bezorgbewijs",
    operation_id="apparaten_bezorgbewijs",
    summary="Een bewijs om later verzegeld te kunnen bezorgen",
    description="Gaat verzegeld mee in elke gebeurtenis. Wat te laat kwam voor een eerder bewijs, wordt nu alsnog verwerkt.",
)
def apparaten_bezorgbewijs(uow: Work, apparaat_id: UUID) -> BezorgbewijsRead:
    """A proof of delivery."""
    quarantaine.apply_late(uow, apparaat_id)
    return tabletsleutels.give_proof(uow, apparaat_id, get_settings().delivery_proof_days)


@router.put(
    "/apparaten/{apparaat_id}/sleutelhelft",
    operation_id="sleutelhelften_bewaren",
    summary="Maak de sleutelhelft van deze tablet",
    description="Na het kiezen van een pincode. Een eerdere sleutelhelft van uw account op deze tablet vervalt.",
)
def sleutelhelften_bewaren(uow: Work, apparaat_id: UUID, data: SleutelhelftInput) -> SleutelhelftRead:
    """Makes the half."""
    return sleutelhelften.store_half(uow, apparaat_id, data.bewijs)


WRONG: dict[int | str, dict[str, Any]] = {403: {"description": "De pincode klopt niet, of u mag dit niet."}}


@router.post(
    "/apparaten/{apparaat_id}/_sleutelhelft",
    operation_id="sleutelhelften_ophalen",
    summary="Haal de sleutelhelft van deze tablet",
    description="Na vijf keer een verkeerde pincode is zij vernietigd; wat verzegeld is, kan dan nog steeds worden bezorgd.",
    response_model=SleutelhelftRead,
    responses=WRONG,
)
def sleutelhelften_ophalen(
    uow: Work, apparaat_id: UUID, data: SleutelhelftInput, request: Request
) -> SleutelhelftRead | JSONResponse:
    """The half; a wrong try is answered and not raised, so that its count is committed."""
    found = sleutelhelften.fetch_half(uow, apparaat_id, data.bewijs)
    return from_error(BewijsOnjuist(found), request.state.request_id) if isinstance(found, int) else found


@router.delete(
    "/apparaten/{apparaat_id}/sleutelhelft",
    operation_id="sleutelhelften_verwijderen",
    status_code=204,
    summary="Vernietig de sleutelhelft van deze tablet",
    description="Bij afmelden. Nog een keer verandert niets.",
)
def sleutelhelften_verwijderen(uow: Work, apparaat_id: UUID) -> Response:
    """Destroys the half."""
    sleutelhelften.delete_half(uow, apparaat_id)
    return Response(status_code=204)
