"""The API of the stock, by resource."""

from fastapi import APIRouter

from app.objecten.routes import bibob, importen, kaartvenster, objecten, risicoadressen, vergunningen

router = APIRouter()
for part in (kaartvenster, objecten, vergunningen, bibob, risicoadressen, importen):
    router.include_router(part.router)
