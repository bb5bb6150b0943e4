"""Route profiles: dated versions per municipality; after the first loading the database is the truth (design section 3, CAD-11)."""

from datetime import date
from uuid import UUID

from app.core.errors import Conflict, NotFound
from app.core.unit_of_work import UnitOfWork
from app.signalen.adapters.routebestanden import Routeinhoud
from app.signalen.repository import routeprofielen as repository
from app.signalen.repository import versies
from app.signalen.rules.routeprofiel import Profiel
from app.signalen.schemas.routering import RouteprofielCreate, RouteprofielUpdate
from app.signalen.service.versies import GELDT_AL, Versiesoort
from app.signalen.status import Actie
from app.signalen.tables import Routeprofiel, Signaal

BRON = "meldroute van de inhoudsmap, versie bij het inrichten"
KEEPS = frozenset({Actie.TRIEREN, Actie.UITZETTEN, Actie.UITZETTEN_112})
"""Actions at which a signal keeps the profile that proposes its recipients."""


class RouteprofielNotFound(NotFound):
    """Unknown, or of a municipality in which the caller does not work."""

    code = "routeprofiel-niet-gevonden"

    def __init__(self) -> None:
        super().__init__("Dit routeprofiel bestaat niet, of u mag het niet zien.")


class RouteprofielBezet(Conflict):
    """Another version starts on that day, or this one can no longer change."""

    code = "routeprofiel-bezet"


PROFIELEN = Versiesoort(Routeprofiel, RouteprofielNotFound, RouteprofielBezet)


class GeenRouteprofiel(Conflict):
    """Nobody set up who receives a signal."""

    code = "geen-routeprofiel"

    def __init__(self) -> None:
        super().__init__("Er is nog geen routeprofiel. Vraag de beheerder de dienst opnieuw in te richten.")


def seed_base(uow: UnitOfWork, inhoud: Routeinhoud) -> int:
    """Stores the base table unless one stands; answers how many were stored. A repeat changes nothing."""
    return _seed(uow, versies.NATIONAL, inhoud.basis, inhoud.geldig_vanaf)


def seed_gemeente(uow: UnitOfWork, gemeentecode: str, inhoud: Routeinhoud) -> int:
    """Stores the profile of the region that names this municipality; without one the base table holds. A repeat changes nothing."""
    found = inhoud.gemeenten.get(gemeentecode)
    return 0 if found is None else _seed(uow, gemeentecode, *found)


def profile_on(uow: UnitOfWork, gemeentecode: str, day: date) -> tuple[UUID, Profiel]:
    """The profile that holds in a municipality on a day, with its id.

    Raises:
        GeenRouteprofiel: none was set up.
    """
    row = PROFIELEN.on_day(uow, gemeentecode, day)
    if row is None:
        raise GeenRouteprofiel
    return row.id, content_of(row)


def profile_of(uow: UnitOfWork, signaal: Signaal) -> tuple[UUID, Profiel]:
    """The profile of a signal: the one that it keeps since its triage, else the one that holds today (CAD-11).

    Raises:
        GeenRouteprofiel: none was set up.
    """
    kept = (
        None if signaal.routeprofiel_id is None else versies.with_id(uow.session, Routeprofiel, signaal.routeprofiel_id)
    )
    return profile_on(uow, signaal.gemeentecode, uow.today) if kept is None else (kept.id, content_of(kept))


def keep_profile(uow: UnitOfWork, signaal: Signaal, actie: Actie) -> None:
    """Lets a locked signal keep the profile of today when its recipients are decided on; a later version leaves it alone.

    Without any profile the signal goes on all the same: nothing holds back what was reported.
    """
    if actie in KEEPS and signaal.routeprofiel_id is None:
        row = PROFIELEN.on_day(uow, signaal.gemeentecode, uow.today)
        signaal.routeprofiel_id = None if row is None else row.id


def content_of(row: Routeprofiel) -> Profiel:
    """The stored rules, checked again: what the database holds is read as strictly as a file."""
    return Profiel.model_validate(row.inhoud)


def add_profiel(uow: UnitOfWork, data: RouteprofielCreate) -> Routeprofiel:
    """Stores a new version; the one before it stays for the signals that keep it. Sending the same again is safe.

    Raises:
        GemeenteNotFound: the caller does not work there.
        RouteprofielBezet: it would start in the past, or another version starts on that day.
    """
    row = Routeprofiel(
        id=data.id,
        gemeentecode=data.gemeentecode,
        regio=data.inhoud.profiel,
        geldig_vanaf=data.geldig_vanaf,
        inhoud=dump(data.inhoud),
        bron=data.bron,
    )
    return PROFIELEN.add(uow, row)


def change_profiel(uow: UnitOfWork, profiel_id: UUID, data: RouteprofielUpdate, if_match: str | None) -> Routeprofiel:
    """Changes a version that does not hold yet; one that holds is only ended by a newer one.

    Raises:
        RouteprofielNotFound: unknown or not readable.
        PreconditionFailed: somebody else changed it.
        RouteprofielBezet: it holds already, or a signal keeps it.
    """
    row = PROFIELEN.lock_unbegun(uow, profiel_id, if_match)
    if repository.is_used(uow.session, row.id):
        raise RouteprofielBezet(GELDT_AL)
    row.inhoud, row.regio, row.bron = dump(data.inhoud), data.inhoud.profiel, data.bron
    return PROFIELEN.changed(uow, row)


def dump(profiel: Profiel) -> dict[str, object]:
    """A profile as it is stored: only what is filled in."""
    return profiel.model_dump(mode="json", by_alias=True, exclude_none=True)


def _seed(uow: UnitOfWork, gemeentecode: str, profiel: Profiel, vanaf: date) -> int:
    row = Routeprofiel(
        gemeentecode=gemeentecode, regio=profiel.profiel, geldig_vanaf=vanaf, inhoud=dump(profiel), bron=BRON
    )
    return int(versies.add(uow.session, row))
