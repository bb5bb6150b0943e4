"""The API of signals, by subject."""

from fastapi import APIRouter

from app.signalen.routes import intake, overdrachten, postvak, routering, stappen, termijnen, vierogen

router = APIRouter()
for part in (postvak, intake, termijnen, routering, stappen, overdrachten, vierogen):
    router.include_router(part.router)
