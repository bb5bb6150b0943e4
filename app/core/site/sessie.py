"""`GET /v1/sessie`: who am I, and the CSRF token of this browser session."""

from uuid import UUID

from fastapi import APIRouter

from app.core.http.schemas import ApiOutput
from app.core.http.work import Work

router = APIRouter(tags=["sessie"])


class SessieRead(ApiOutput):
    """De aangemelde gebruiker: account, rollen en gemeenten; `csrf` is er alleen voor een browser."""

    account_id: UUID
    gemeentecode: str
    gemeenten: list[str]
    rollen: list[str]
    teams: list[UUID]
    domein: str | None
    csrf: str | None


@router.get(
    "/sessie",
    operation_id="sessie_lezen",
    summary="Wie ben ik?",
    description="Wie er is aangemeld, met welke rollen en voor welke gemeenten; een browser vindt hier zijn CSRF-token.",
)
def sessie_lezen(uow: Work) -> SessieRead:
    """Who is signed in, and the CSRF token of a browser session."""
    caller = uow.caller
    return SessieRead(
        account_id=caller.account_id,
        gemeentecode=caller.gemeentecode,
        gemeenten=sorted(caller.gemeenten),
        rollen=sorted(caller.rollen),
        teams=sorted(caller.teams),
        domein=caller.domein,
        csrf=caller.session_csrf,
    )
