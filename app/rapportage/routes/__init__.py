"""The routes of reports, in the order of the description."""

from fastapi import APIRouter

from app.rapportage.routes import afsluiten, auditregels, dossier, exporten, monitor, rapporten, sectoren

router = APIRouter()
for part in (dossier, rapporten, afsluiten, sectoren, monitor, exporten, auditregels):
    router.include_router(part.router)
