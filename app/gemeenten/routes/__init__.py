"""The API of the municipality, by resource."""

from fastapi import APIRouter

from app.gemeenten.routes import (
    aanwijzingen,
    accounts,
    achtergrondkaart,
    berichten,
    bewaren,
    gebieden,
    gemeenten,
    lijsten,
    normen,
    opleidingen,
    partners,
    piketdiensten,
    regelverschillen,
    taken,
    teams,
    zorgaanbod,
)

router = APIRouter()
for part in (
    gemeenten,
    normen,
    gebieden,
    achtergrondkaart,
    teams,
    partners,
    zorgaanbod,
    accounts,
    aanwijzingen,
    opleidingen,
    piketdiensten,
    taken,
    berichten,
    lijsten,
    regelverschillen,
    bewaren,
):
    router.include_router(part.router)
