"""The API of signals, by subject."""

from fastapi import APIRouter

from app.signalen.routes import (
    overdrachten,
    overleggen,
    postvak,
    routering,
    stappen,
    termijnen,
    terugkoppelingen,
    vierogen,
)

router = APIRouter()
for part in (postvak, termijnen, routering, stappen, overdrachten, overleggen, terugkoppelingen, vierogen):
    router.include_router(part.router)
