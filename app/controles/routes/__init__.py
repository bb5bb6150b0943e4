"""HTTP routes of the field."""

from fastapi import APIRouter

from app.controles.routes import (
    acties,
    afstemmingen,
    contacten,
    controles,
    herkansingen,
    inzet,
    machtigingen,
    synchronisaties,
    tellingen,
    vlaggen,
    werkpakketten,
)

router = APIRouter()
for part in (
    controles,
    acties,
    afstemmingen,
    inzet,
    machtigingen,
    contacten,
    herkansingen,
    werkpakketten,
    synchronisaties,
    vlaggen,
    tellingen,
):
    router.include_router(part.router)
