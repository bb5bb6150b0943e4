"""Route profiles: dated versions per municipality; after the first loading the database is the truth (design section 3, CAD-11)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from app.core.errors import Conflict, NotFound
from app.core.http.paging import Paging
from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.gemeenten import require_gemeente
from app.signalen.adapters.routebestanden import Routeinhoud
from app.signalen.repository import routeprofielen as repository
from app.signalen.rules.routeprofiel import Profiel
from app.signalen.schemas.routering import RouteprofielCreate, RouteprofielUpdate
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


class GeenRouteprofiel(Conflict):
    """Nobody set up who receives a signal."""

    code = "geen-routeprofiel"

    def __init__(self) -> None:
        super().__init__("Er is nog geen routeprofiel. Vraag de beheerder de dienst opnieuw in te richten.")


def seed_base(uow: UnitOfWork, inhoud: Routeinhoud) -> int:
    """Stores the base table unless one stands; answers how many were stored. A repeat changes nothing."""
    return _seed(uow, repository.NATIONAL, inhoud.basis, inhoud.geldig_vanaf)


def seed_gemeente(uow: UnitOfWork, gemeentecode: str, inhoud: Routeinhoud) -> int:
    """Stores the profile of the region that names this municipality; without one the base table holds. A repeat changes nothing."""
    found = inhoud.gemeenten.get(gemeentecode)
    return 0 if found is None else _seed(uow, gemeentecode, *found)


def profile_on(uow: UnitOfWork, gemeentecode: str, day: date) -> tuple[UUID, Profiel]:
    """The profile that holds in a municipality on a day, with its id.

    Raises:
        GeenRouteprofiel: none was set up.
    """
    row = repository.on_day(uow.session, gemeentecode, day)
    if row is None:
        raise GeenRouteprofiel
    return row.id, content_of(row)


def profile_of(uow: UnitOfWork, signaal: Signaal) -> tuple[UUID, Profiel]:
    """The profile of a signal: the one that it keeps since its triage, else the one that holds today (CAD-11).

    Raises:
        GeenRouteprofiel: none was set up.
    """
    kept = None if signaal.routeprofiel_id is None else repository.with_id(uow.session, signaal.routeprofiel_id)
    return profile_on(uow, signaal.gemeentecode, uow.today) if kept is None else (kept.id, content_of(kept))


def keep_profile(uow: UnitOfWork, signaal: Signaal, actie: Actie) -> None:
    """Lets a locked signal keep the profile of today when its recipients are decided on; a later version leaves it alone.

    Without any profile the signal goes on all the same: nothing holds back what was reported.
    """
    if actie in KEEPS and signaal.routeprofiel_id is None:
        row = repository.on_day(uow.session, signaal.gemeentecode, uow.today)
        signaal.routeprofiel_id = None if row is None else row.id


def content_of(row: Routeprofiel) -> Profiel:
    """The stored rules, checked again: what the database holds is read as strictly as a file."""
    return Profiel.model_validate(row.inhoud)


def list_profielen(uow: UnitOfWork, gemeentecode: str | None, paging: Paging) -> Sequence[Routeprofiel]:
    """The base table and the versions of the caller's municipalities, history included."""
    return repository.profiles_page(uow.session, uow.caller, gemeentecode, paging)


def get_profiel(uow: UnitOfWork, profiel_id: UUID) -> Routeprofiel:
    """One version.

    Raises:
        RouteprofielNotFound: unknown or not readable.
    """
    row = repository.find_readable(uow.session, uow.caller, profiel_id)
    if row is None:
        raise RouteprofielNotFound
    return row


def add_profiel(uow: UnitOfWork, data: RouteprofielCreate) -> Routeprofiel:
    """Stores a new version; the one before it stays for the signals that keep it. Sending the same again is safe.

    Raises:
        GemeenteNotFound: the caller does not work there.
        RouteprofielBezet: it would start in the past, or another version starts on that day.
    """
    require_gemeente(uow, data.gemeentecode, lock=True)
    row = Routeprofiel(
        id=data.id,
        gemeentecode=data.gemeentecode,
        regio=data.inhoud.profiel,
        geldig_vanaf=data.geldig_vanaf,
        inhoud=dump(data.inhoud),
        bron=data.bron,
        vastgesteld_door=uow.caller.account_id,
    )
    stored = repository.with_id(uow.session, data.id)
    if stored is not None:
        if stored.model_dump(exclude={"versie"}) != row.model_dump(exclude={"versie"}):
            raise RouteprofielBezet("Onder dit kenmerk staat al iets anders. Kies een nieuw kenmerk.")
        return stored
    _refuse_past(uow, data.geldig_vanaf)
    if not repository.add(uow.session, row):
        raise RouteprofielBezet(
            f"Er is al een versie vanaf {data.geldig_vanaf:%d-%m-%Y}. Wijzig die, of kies een andere dag."
        )
    uow.audit("Routeprofiel", row.id, row.gemeentecode)
    return get_profiel(uow, row.id)


def change_profiel(uow: UnitOfWork, profiel_id: UUID, data: RouteprofielUpdate, if_match: str | None) -> Routeprofiel:
    """Changes a version that does not hold yet; one that holds is only ended by a newer one.

    Raises:
        RouteprofielNotFound: unknown or not readable.
        PreconditionFailed: somebody else changed it.
        RouteprofielBezet: it holds already, or a signal keeps it.
    """
    row = repository.find_readable(uow.session, uow.caller, profiel_id, lock=True)
    if row is None:
        raise RouteprofielNotFound
    check_version(if_match, row.versie)
    begun = row.geldig_vanaf <= uow.today or row.gemeentecode == repository.NATIONAL
    if begun or repository.is_used(uow.session, row.id):
        raise RouteprofielBezet(
            "Deze versie geldt al en verandert niet meer. Maak een nieuwe versie met een latere dag."
        )
    row.inhoud, row.regio, row.bron = dump(data.inhoud), data.inhoud.profiel, data.bron
    row.vastgesteld_door = uow.caller.account_id
    row.versie += 1
    uow.session.flush()
    uow.audit("Routeprofiel", row.id, row.gemeentecode)
    return row


def dump(profiel: Profiel) -> dict[str, object]:
    """A profile as it is stored: only what is filled in."""
    return profiel.model_dump(mode="json", by_alias=True, exclude_none=True)


def _seed(uow: UnitOfWork, gemeentecode: str, profiel: Profiel, vanaf: date) -> int:
    row = Routeprofiel(
        gemeentecode=gemeentecode, regio=profiel.profiel, geldig_vanaf=vanaf, inhoud=dump(profiel), bron=BRON
    )
    return int(repository.add(uow.session, row))


def _refuse_past(uow: UnitOfWork, vanaf: date) -> None:
    if vanaf < uow.today:
        raise RouteprofielBezet("Een versie begint vandaag of later; wat voorbij is, verandert niet meer.")
