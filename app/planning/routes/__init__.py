"""The API of planning, by resource."""

from fastapi import APIRouter

from app.planning.routes import (
    acties,
    agendas,
    beschikbaarheden,
    bewerken,
    dagroutes,
    herplanningen,
    normstanden,
    planregels,
    planrondes,
    rondestappen,
    rooster,
    toezichtplannen,
    verlof,
    voortgang,
)

router = APIRouter()
for part in (
    normstanden,
    beschikbaarheden,
    verlof,
    rooster,
    agendas,
    toezichtplannen,
    planrondes,
    rondestappen,
    planregels,
    voortgang,
    bewerken,
    dagroutes,
    herplanningen,
    acties,
):
    router.include_router(part.router)
