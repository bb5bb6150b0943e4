"""Partner organisations under their regional names, with their powers and validity (REG-16, ROL-10, ROL-11, ROL-18, DEF-10)."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from pydantic_core import PydanticCustomError

from app.core.errors import Fout, InvalidInput, NotFound
from app.core.http.paging import Paging
from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.repository import partners as repository
from app.gemeenten.repository import rijen
from app.gemeenten.rules.contactgegevens import search_text
from app.gemeenten.schemas.partners import PartnerCreate, PartnerRead, PartnerUpdate
from app.gemeenten.schemas.velden import check_order
from app.gemeenten.service import lijsten
from app.gemeenten.service.gemeenten import require_gemeente
from app.gemeenten.service.opslaan import find_stored
from app.gemeenten.status import Partnersoort
from app.gemeenten.tables import Partner

OLD_NAMES = "partnernamen"
"""The shared list with old and other names per kind of partner."""


class PartnerNotFound(NotFound):
    """Unknown, or of a municipality in which the caller does not work."""

    code = "partner-niet-gevonden"


def partners_of_kinds_in(
    uow: UnitOfWork, gemeenten: Collection[str], day: date, soorten: Collection[Partnersoort]
) -> list[PartnerRead]:
    """The partners of some kinds of several municipalities that are valid on a day, in one query."""
    return [PartnerRead.model_validate(row) for row in repository.valid_in(uow.session, gemeenten, day, soorten)]


def partners_valid_on(
    uow: UnitOfWork, gemeentecode: str, day: date, soort: Partnersoort | None = None
) -> list[PartnerRead]:
    """The partners of a municipality that are valid on a day, by name; never one that has ended or not begun (REG-16)."""
    rows = repository.valid_on(uow.session, gemeentecode, day, soort)
    return [PartnerRead.model_validate(row) for row in rows]


def partners_of_kinds(uow: UnitOfWork, gemeentecode: str, soorten: Collection[Partnersoort]) -> list[PartnerRead]:
    """The partners of some kinds by name, whether valid today or not, in one query: to show why nothing can be handed over."""
    if not soorten:
        return []
    return [PartnerRead.model_validate(row) for row in repository.of_kinds(uow.session, gemeentecode, soorten)]


def list_partners(
    uow: UnitOfWork,
    paging: Paging,
    gemeentecode: str | None = None,
    soort: Partnersoort | None = None,
    zoek: str | None = None,
    day: date | None = None,
) -> Sequence[Partner]:
    """Partners by name: one page and one row more. `zoek` is found in names, aliases and old names (ROL-11)."""
    return repository.partners_page(uow.session, uow.caller, paging, gemeentecode, soort, zoek, day)


def get_partner(uow: UnitOfWork, partner_id: UUID, *, lock: bool = False) -> Partner:
    """One partner.

    Raises:
        PartnerNotFound: unknown or not readable.
    """
    partner = rijen.find(uow.session, uow.caller, Partner, partner_id, lock=lock)
    if partner is None:
        raise PartnerNotFound("Deze partner bestaat niet, of u mag hem niet zien.")
    return partner


def add_partner(uow: UnitOfWork, data: PartnerCreate) -> Partner:
    """Stores a partner; the old names of its kind find it as well.

    Raises:
        GemeenteNotFound: the caller does not work there.
        IdInGebruik: another partner stands under this id.
    """
    require_gemeente(uow, data.gemeentecode)
    partner = Partner(**data.model_dump(), zoektekst=searchable(uow, data.soort, data.naam, data.aliassen))
    stored = find_stored(uow, partner)
    if stored is not None:
        return stored
    uow.session.add(partner)
    uow.session.flush()
    uow.audit("Partner", partner.id, partner.gemeentecode)
    return partner


def change_partner(uow: UnitOfWork, partner_id: UUID, data: PartnerUpdate, if_match: str | None) -> Partner:
    """Changes a partner; ending one keeps it for what was recorded with it.

    Raises:
        PartnerNotFound: unknown or not readable.
        PreconditionFailed: somebody else changed it.
        InvalidInput: it would end before it began.
    """
    partner = get_partner(uow, partner_id, lock=True)
    check_version(if_match, partner.versie)
    for field in data.model_fields_set:
        value = getattr(data, field)
        if value is not None or field == "geldig_tot":
            setattr(partner, field, value)
    require_order(partner.geldig_vanaf, partner.geldig_tot)
    partner.zoektekst = searchable(uow, partner.soort, partner.naam, partner.aliassen)
    partner.versie += 1
    uow.session.flush()
    uow.audit("Partner", partner.id, partner.gemeentecode)
    return partner


def searchable(uow: UnitOfWork, soort: Partnersoort, naam: str, aliassen: Sequence[str]) -> str:
    """What a search finds this partner by: its name, its aliases, and the old names of its kind (data, DEF-10)."""
    old = lijsten.characteristics(uow, OLD_NAMES, "").get(soort.value, {}).get("namen", [])
    return search_text(naam, *aliassen, *(str(name) for name in old))


def require_order(vanaf: date, tot: date | None, veld: str = "body.geldigTot") -> None:
    """Refuses an end before the stored start.

    Raises:
        InvalidInput: it would end before it began.
    """
    try:
        check_order(vanaf, tot)
    except PydanticCustomError as fault:
        raise InvalidInput("Er is 1 fout gevonden; zie 'fouten'.", [Fout(veld, fault.message())]) from None
