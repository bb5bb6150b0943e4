"""Whether a team may be put on a control: somebody in it has a designation that fits (REG-17, ROL-23)."""

from datetime import date
from uuid import UUID

from app.controles.rules.bevoegdheid import WETTEN
from app.core.errors import Fout, InvalidInput
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.aanwijzingen import designated_accounts
from app.gemeenten.service.teams import team_members
from app.objecten.schemas.objecten import ObjectRead


def require_team_power(uow: UnitOfWork, place: ObjectRead, team_id: UUID, day: date) -> None:
    """Refuses to plan a team that nobody designated for this law and municipality on that day.

    How many members must be designated is for the planner's settings and the start of the control; none at all is never right.

    Raises:
        InvalidInput: no member of the team has a designation that fits.
    """
    designated = designated_accounts(uow, place.gemeentecode, day)
    laws = {law for member in team_members(uow, [team_id])[team_id] for law in designated.get(member, ())}
    if laws.isdisjoint(WETTEN[place.type]):
        wetten = ", ".join(WETTEN[place.type])
        melding = f"is op die dag in deze gemeente niet aangewezen voor dit soort object (nodig: {wetten})"
        raise InvalidInput("De controle kan zo niet worden gepland; zie 'fouten'.", [Fout("teamId", melding)])
