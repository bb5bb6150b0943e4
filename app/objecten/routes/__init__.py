"""The API of the stock, by resource."""

from fastapi import APIRouter

from app.objecten.routes import (
    bibob,
    certificaten,
    importen,
    koppelingen,
    objecten,
    risicoadressen,
    risicogebieden,
    vergunningen,
)

router = APIRouter()
for part in (objecten, koppelingen, vergunningen, bibob, certificaten, risicoadressen, risicogebieden, importen):
    router.include_router(part.router)
router.include_router(importen.uploads)
