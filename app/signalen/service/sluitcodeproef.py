"""What would change if a municipality used other closing codes from a day on; nothing is stored (RTE-22).

Who manages the codes sees no signals, so numbers come as bands, and the closed route is not counted.
"""

from app.core.clock import add_months
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.gemeenten import require_gemeente
from app.signalen.repository import sluitcodes as repository
from app.signalen.rules.sluitcodes import SLUITCODES, codes_used
from app.signalen.schemas.sluitcodes import SluitcodegebruikRead, SluitcodeproefCreate, SluitcodeproefRead
from app.signalen.service.sluitcodes import VERSIES
from app.signalen.service.versies import band
from app.signalen.service.vierogen import asked_step
from app.signalen.status import Actie

JAAR = 12


def try_codes(uow: UnitOfWork, data: SluitcodeproefCreate) -> SluitcodeproefRead:
    """Which codes would fall away or come back, how often they were used, and how many closings that wait would be refused.

    Raises:
        GemeenteNotFound: the caller does not work there.
    """
    require_gemeente(uow, data.gemeentecode)
    row = VERSIES.on_day(uow, data.gemeentecode, data.geldig_vanaf)
    before = codes_used(() if row is None else row.uitgeschakeld)
    after = codes_used(data.uitgeschakeld)
    counted = repository.closed_since(uow.session, data.gemeentecode, add_months(uow.today, -JAAR))
    asked = [asked_step(uow, request) for request in repository.open_requests(uow.session, data.gemeentecode)]
    waiting = [step["stap"]["sluitcode"] for step in asked if step["actie"] == Actie.SLUITEN.value]
    return SluitcodeproefRead(
        vervalt=[
            SluitcodegebruikRead(
                code=code,
                reden=SLUITCODES[code].reden,
                afgelopen_jaar=band(counted.get(code, 0)),
                wacht_op_tweede=band(waiting.count(code)),
            )
            for code in SLUITCODES
            if code in before - after
        ],
        komt_terug=[code for code in SLUITCODES if code in after - before],
    )
