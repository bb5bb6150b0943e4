"""HTTP routes of the field."""

from fastapi import APIRouter

from app.controles.routes import (
    acties,
    afstemmingen,
    controles,
    herkansingen,
    synchronisaties,
    tellingen,
    vlaggen,
    werkpakketten,
)

router = APIRouter()
for part in (controles, acties, afstemmingen, herkansingen, werkpakketten, synchronisaties, vlaggen, tellingen):
    router.include_router(part.router)
