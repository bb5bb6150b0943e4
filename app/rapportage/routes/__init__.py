"""The routes of reports, in the order of the description."""

from fastapi import APIRouter

from app.rapportage.routes import algoritme, auditregels, dossier, eerlijkheid, exporten, monitor, rapporten, sectoren

router = APIRouter()
for part in (dossier, rapporten, sectoren, eerlijkheid, monitor, exporten, auditregels, algoritme):
    router.include_router(part.router)
