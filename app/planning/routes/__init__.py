"""The API of planning, by resource."""

from fastapi import APIRouter

from app.planning.routes import beschikbaarheden, dagroutes, normstanden, planregels, planrondes

router = APIRouter()
for part in (normstanden, beschikbaarheden, planrondes, planregels, dagroutes):
    router.include_router(part.router)
