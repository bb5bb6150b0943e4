"""The API of signals, by subject."""

from fastapi import APIRouter

from app.signalen.routes import postvak, routering

router = APIRouter()
for part in (postvak, routering):
    router.include_router(part.router)
