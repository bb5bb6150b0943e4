"""The API of reports, by resource."""

from fastapi import APIRouter

from app.rapportage.routes import auditregels, exporten, sectoren

router = APIRouter()
for part in (sectoren, exporten, auditregels):
    router.include_router(part.router)
