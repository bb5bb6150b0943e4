"""The API of planning, by resource."""

from fastapi import APIRouter

from app.planning.routes import beschikbaarheden, normstanden, planregels, planrondes, voortgang

router = APIRouter()
for part in (normstanden, beschikbaarheden, planrondes, planregels, voortgang):
    router.include_router(part.router)
