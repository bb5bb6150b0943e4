"""The API of signals, by subject."""

from fastapi import APIRouter

from app.signalen.routes import postvak

router = APIRouter()
for part in (postvak,):
    router.include_router(part.router)
