"""The API of the municipality, by resource."""

from fastapi import APIRouter

from app.gemeenten.routes import (
    aanwijzingen,
    accounts,
    gebieden,
    gemeenten,
    lijsten,
    normen,
    partners,
    piketdiensten,
    taken,
    teams,
)

router = APIRouter()
for part in (
    gemeenten,
    normen,
    gebieden,
    teams,
    partners,
    accounts,
    aanwijzingen,
    piketdiensten,
    taken,
    lijsten,
):
    router.include_router(part.router)
