"""HTTP routes of the field."""

from fastapi import APIRouter

from app.controles.routes import acties, controles, synchronisaties, vlaggen, werkpakketten

router = APIRouter()
for part in (controles, acties, werkpakketten, synchronisaties, vlaggen):
    router.include_router(part.router)
