"""The API of planning, by resource."""

from fastapi import APIRouter

from app.planning.routes import beschikbaarheden, bewerken, normstanden, planregels, planrondes, rondestappen

router = APIRouter()
for part in (normstanden, beschikbaarheden, planrondes, rondestappen, planregels, bewerken):
    router.include_router(part.router)
