"""HTTP routes of measures."""

from fastapi import APIRouter

from app.maatregelen.routes import afstemverzoeken, interventies, maatregelen, signaalmaatregelen

router = APIRouter()
for part in (maatregelen, afstemverzoeken, interventies, signaalmaatregelen):
    router.include_router(part.router)
