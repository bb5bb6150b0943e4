"""The API of signals, by subject."""

from fastapi import APIRouter

from app.signalen.routes import overdrachten, postvak, stappen, vierogen

router = APIRouter()
for part in (postvak, stappen, overdrachten, vierogen):
    router.include_router(part.router)
