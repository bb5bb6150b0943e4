"""The API of signals, by subject."""

from fastapi import APIRouter

from app.signalen.routes import overdrachten, pakketten, postvak, routering, stappen, termijnen, vierogen

router = APIRouter()
for part in (postvak, termijnen, routering, stappen, overdrachten, pakketten, vierogen):
    router.include_router(part.router)
