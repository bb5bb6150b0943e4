"""The API of planning, by resource."""

from fastapi import APIRouter

from app.planning.routes import (
    agendas,
    beschikbaarheden,
    normstanden,
    planregels,
    planrondes,
    rooster,
    toezichtplannen,
    verlof,
)

router = APIRouter()
for part in (normstanden, beschikbaarheden, verlof, rooster, agendas, toezichtplannen, planrondes, planregels):
    router.include_router(part.router)
