"""The API of the stock, by resource."""

from fastapi import APIRouter

from app.objecten.routes import adressen, bibob, importen, kvk, objecten, risicoadressen, vergunningen

router = APIRouter()
for part in (adressen, objecten, kvk, vergunningen, bibob, risicoadressen, importen):
    router.include_router(part.router)
