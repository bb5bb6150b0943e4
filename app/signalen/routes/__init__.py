"""The API of signals, by subject."""

from fastapi import APIRouter

from app.signalen.routes import (
    intake,
    overdrachten,
    overdrachtgemeenten,
    overleggen,
    pakketten,
    postvak,
    routering,
    sluitcodes,
    stappen,
    termijnen,
    terugkoppelingen,
    vierogen,
)

router = APIRouter()
for part in (
    postvak,
    intake,
    termijnen,
    routering,
    sluitcodes,
    stappen,
    overdrachten,
    overdrachtgemeenten,
    pakketten,
    overleggen,
    terugkoppelingen,
    vierogen,
):
    router.include_router(part.router)
