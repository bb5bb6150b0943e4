"""The API of signals, by subject."""

from fastapi import APIRouter

from app.signalen.routes import postvak, termijnen

router = APIRouter()
for part in (postvak, termijnen):
    router.include_router(part.router)
