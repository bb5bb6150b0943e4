"""The API of findings."""

from app.bevindingen.routes.bevindingen import router

__all__ = ["router"]
