"""The API of reports, by resource."""

from fastapi import APIRouter

from app.rapportage.routes import auditregels, dossier, monitor, rapporten, sectoren

router = APIRouter()
for part in (dossier, rapporten, sectoren, monitor, auditregels):
    router.include_router(part.router)
