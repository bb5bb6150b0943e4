"""HTTP routes of the field."""

from fastapi import APIRouter

from app.controles.routes import (
    acties,
    afstemmingen,
    apparaten,
    bezorging,
    bijlagen,
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
    bezorging,
    bijlagen,
    apparaten,
    vlaggen,
    tellingen,
):
    router.include_router(part.router)
for more in (bijlagen.pieces, bijlagen.receipts):
    router.include_router(more)
