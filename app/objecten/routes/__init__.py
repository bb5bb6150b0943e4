"""The API of the stock, by resource."""

from fastapi import APIRouter

from app.objecten.routes import bibob, certificaten, importen, objecten, risicoadressen, risicogebieden, vergunningen

router = APIRouter()
for part in (objecten, vergunningen, bibob, certificaten, risicoadressen, risicogebieden, importen):
    router.include_router(part.router)
