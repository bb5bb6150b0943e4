"""Tries out a route profile on the open signals before it holds (CAD-11).

Who manages profiles sees no content of a signal. With rules of his own making exact numbers would tell him which signals there are,
so he gets bands; the AF, who reads the signals anyway, gets numbers and rules per signal.
"""

from uuid import UUID

from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.service.gemeenten import require_gemeente
from app.signalen.repository import routeprofielen as repository
from app.signalen.rules.routering import Voorstel, propose
from app.signalen.schemas.routering import ProefRead, ProefregelRead, RouteproefCreate
from app.signalen.service.routeprofielen import profile_on
from app.signalen.service.routeren import facts_of_many
from app.signalen.service.versies import band

HOOGSTENS = 1000


def try_out(uow: UnitOfWork, data: RouteproefCreate) -> ProefRead:
    """How proposals of open signals would change; a signal that keeps a profile never does.

    Raises:
        GemeenteNotFound: the caller does not work there.
        GeenRouteprofiel: none was set up.
    """
    require_gemeente(uow, data.gemeentecode)
    _, now = profile_on(uow, data.gemeentecode, uow.today)
    rows = repository.undecided_signals(uow.session, data.gemeentecode, HOOGSTENS)
    changed = {
        signaal_id: (propose(now, facts), propose(data.inhoud, facts))
        for signaal_id, facts in facts_of_many(uow, rows).items()
    }
    changed = {signaal_id: pair for signaal_id, pair in changed.items() if pair[0] != pair[1]}
    dropped = sum(bool(before.verplicht - after.verplicht) for before, after in changed.values())
    shown = repository.readable_among(uow.session, uow.caller, changed) if uow.caller.has(Rol.AF) else set()
    return ProefRead(
        bekeken=band(len(rows)),
        veranderd=band(len(changed)),
        verplicht_vervalt=band(dropped),
        signalen=[_line(signaal_id, *changed[signaal_id]) for signaal_id in sorted(shown)],
    )


def _line(signaal_id: UUID, before: Voorstel, after: Voorstel) -> ProefregelRead:
    old, new = ({row.partnersoort for row in proposal.ontvangers} for proposal in (before, after))
    return ProefregelRead(
        signaal_id=signaal_id,
        ontvangers_erbij=len(new - old),
        ontvangers_weg=len(old - new),
        verplicht_erbij=len(after.verplicht - before.verplicht),
        verplicht_vervalt=len(before.verplicht - after.verplicht),
        regels_erbij=sorted(after.regels - before.regels),
        regels_weg=sorted(before.regels - after.regels),
    )
