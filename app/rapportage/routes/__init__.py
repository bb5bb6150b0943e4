"""The routes of reports, in the order of the description."""

from fastapi import APIRouter

from app.rapportage.routes import (
    afsluiten,
    algoritme,
    auditregels,
    dossier,
    eerlijkheid,
    exporten,
    monitor,
    rapporten,
    sectoren,
)

router = APIRouter()
for part in (dossier, rapporten, afsluiten, sectoren, eerlijkheid, monitor, exporten, auditregels, algoritme):
    router.include_router(part.router)
