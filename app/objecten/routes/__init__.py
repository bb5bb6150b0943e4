"""The API of the stock, by resource."""

from fastapi import APIRouter

from app.objecten.routes import bibob, importen, koppelingen, objecten, risicoadressen, vergunningen

router = APIRouter()
for part in (objecten, koppelingen, vergunningen, bibob, risicoadressen, importen):
    router.include_router(part.router)
