"""The API of the stock, by resource."""

from fastapi import APIRouter

from app.objecten.routes import bibob, importen, objecten, risicoadressen, vergunningen

router = APIRouter()
for part in (objecten, vergunningen, bibob, risicoadressen, importen):
    router.include_router(part.router)
router.include_router(importen.uploads)
