"""The API of reports, by resource."""

from fastapi import APIRouter

from app.rapportage.routes import auditregels, sectoren

router = APIRouter()
for part in (sectoren, auditregels):
    router.include_router(part.router)
