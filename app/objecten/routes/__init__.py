"""The API of the stock, by resource."""

from fastapi import APIRouter

from app.objecten.routes import (
    adressen,
    bibob,
    certificaten,
    importen,
    kaartvenster,
    koppelingen,
    kvk,
    objecten,
    risicoadressen,
    risicogebieden,
    vergunningen,
    wensen,
)

router = APIRouter()
for part in (
    adressen,
    kaartvenster,
    objecten,
    koppelingen,
    kvk,
    vergunningen,
    bibob,
    certificaten,
    risicoadressen,
    risicogebieden,
    importen,
    wensen,
):
    router.include_router(part.router)
router.include_router(importen.uploads)
