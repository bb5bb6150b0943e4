"""The API of planning, by resource."""

from fastapi import APIRouter

from app.planning.routes import beschikbaarheden, normstanden, planregels, planrondes

router = APIRouter()
for part in (normstanden, beschikbaarheden, planrondes, planregels):
    router.include_router(part.router)
