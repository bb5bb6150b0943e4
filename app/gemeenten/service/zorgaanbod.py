"""The zorgkaart: who helps which group, who pays, and which group nobody helps (REG-15, HLP-01, HLP-02)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from app.core.errors import Fout, InvalidInput, NotFound
from app.core.http.paging import Paging
from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.repository import rijen
from app.gemeenten.repository import zorgaanbod as repository
from app.gemeenten.schemas.zorgaanbod import (
    GroepAanbod,
    ZorgaanbodCreate,
    ZorgaanbodRead,
    ZorgaanbodUpdate,
    ZorghiatenRead,
)
from app.gemeenten.service.gemeenten import require_gemeente
from app.gemeenten.service.lijsten import characteristics, names_in
from app.gemeenten.service.opslaan import IdInGebruik
from app.gemeenten.service.partners import require_order
from app.gemeenten.status import Financier
from app.gemeenten.tables import Zorgaanbod

GROEPEN, SOORTEN = "hulpgroepen", "hulpsoorten"


class ZorgaanbodNotFound(NotFound):
    """Unknown, or not for a municipality in which the caller works."""

    code = "zorgaanbod-niet-gevonden"


def list_zorgaanbod(
    uow: UnitOfWork,
    paging: Paging,
    gemeentecode: str | None = None,
    groep: str | None = None,
    hulpsoort: str | None = None,
    day: date | None = None,
) -> list[ZorgaanbodRead]:
    """Offers by organisation, those of the region included: one page and one row more (HLP-01)."""
    rows = repository.offers_page(uow.session, uow.caller, paging, gemeentecode, groep, hulpsoort, day)
    return _read(uow, rows)


def get_zorgaanbod(uow: UnitOfWork, aanbod_id: UUID) -> ZorgaanbodRead:
    """One offer.

    Raises:
        ZorgaanbodNotFound: unknown or not readable.
    """
    row = repository.find_readable(uow.session, uow.caller, aanbod_id)
    if row is None:
        raise ZorgaanbodNotFound("Dit zorgaanbod bestaat niet, of u mag het niet zien.")
    return _read(uow, [row])[0]


def add_zorgaanbod(uow: UnitOfWork, data: ZorgaanbodCreate) -> ZorgaanbodRead:
    """Stores an offer; who pays follows from the kind of help when it is not said (HLP-02).

    Raises:
        GemeenteNotFound: the caller does not work there.
        InvalidInput: a kind of help or group that the lists do not know, or nobody knows who pays.
        IdInGebruik: another offer stands under this id.
    """
    require_gemeente(uow, data.gemeentecode)
    financier = _financier(uow, data)
    _check_groups(uow, data.gemeentecode, data.groepen)
    row = Zorgaanbod(**data.model_dump(exclude={"groepen", "financier"}), financier=financier)
    stored = rijen.by_ids(uow.session, Zorgaanbod, [row.id]).get(row.id)
    if stored is None:
        uow.session.add(row)
        uow.session.flush()
        repository.set_groups(uow.session, row.id, data.groepen)
        uow.audit("Zorgaanbod", row.id, row.gemeentecode)
        return _read(uow, [row])[0]
    same = stored.model_dump(exclude={"versie"}) == row.model_dump(exclude={"versie"})
    if not same or set(repository.groups_of(uow.session, [row.id])[row.id]) != set(data.groepen):
        raise IdInGebruik(
            "Onder dit kenmerk staat al iets anders. Kies een nieuw kenmerk, of haal de laatste stand op."
        )
    return _read(uow, [stored])[0]


def change_zorgaanbod(uow: UnitOfWork, aanbod_id: UUID, data: ZorgaanbodUpdate, if_match: str | None) -> ZorgaanbodRead:
    """Changes an offer of a municipality in which the caller works; one of a neighbour is only read.

    Raises:
        ZorgaanbodNotFound: unknown, or of another municipality.
        PreconditionFailed: somebody else changed it.
        InvalidInput: a group that the list does not know, or an end before the start.
    """
    row = rijen.find(uow.session, uow.caller, Zorgaanbod, aanbod_id, lock=True)
    if row is None:
        raise ZorgaanbodNotFound("Dit zorgaanbod bestaat niet, of u mag het niet wijzigen.")
    check_version(if_match, row.versie)
    for field in data.model_fields_set - {"groepen"}:
        value = getattr(data, field)
        if value is not None or field == "geldig_tot":
            setattr(row, field, value)
    require_order(row.geldig_vanaf, row.geldig_tot)
    if data.groepen is not None:
        _check_groups(uow, row.gemeentecode, data.groepen)
        repository.set_groups(uow.session, row.id, data.groepen)
    row.versie += 1
    uow.session.flush()
    uow.audit("Zorgaanbod", row.id, row.gemeentecode)
    return _read(uow, [row])[0]


def find_gaps(uow: UnitOfWork, gemeentecode: str, day: date) -> ZorghiatenRead:
    """Every group of the list with its number of offers on a day; one without any is a gap (REG-15).

    Raises:
        GemeenteNotFound: the caller does not work there.
    """
    require_gemeente(uow, gemeentecode)
    counts = repository.offers_per_group(uow.session, gemeentecode, day)
    groups = [
        GroepAanbod(groep=code, naam=naam, aanbod=counts.get(code, 0), hiaat=code not in counts)
        for code, naam in names_in(uow, GROEPEN, gemeentecode).items()
    ]
    return ZorghiatenRead(gemeentecode=gemeentecode, peildatum=day, groepen=groups)


def _financier(uow: UnitOfWork, data: ZorgaanbodCreate) -> Financier:
    kinds = characteristics(uow, SOORTEN, data.gemeentecode)
    if data.hulpsoort not in kinds:
        raise _refusal("hulpsoort", f"staat niet in de lijst '{SOORTEN}'; kies een bestaande code")
    if data.financier is not None:
        return data.financier
    known = kinds[data.hulpsoort].get("financier")
    if known is None:
        raise _refusal("financier", "ontbreekt; bij deze soort hulp ligt niet vast wie betaalt")
    return Financier(known)


def _check_groups(uow: UnitOfWork, gemeentecode: str, groepen: Sequence[str]) -> None:
    if set(groepen) - characteristics(uow, GROEPEN, gemeentecode).keys():
        raise _refusal("groepen", f"staat niet in de lijst '{GROEPEN}'; kies bestaande codes")


def _refusal(veld: str, melding: str) -> InvalidInput:
    return InvalidInput("Er is 1 fout gevonden; zie 'fouten'.", [Fout(f"body.{veld}", melding)])


def _read(uow: UnitOfWork, rows: Sequence[Zorgaanbod]) -> list[ZorgaanbodRead]:
    groups = repository.groups_of(uow.session, [row.id for row in rows]) if rows else {}
    return [ZorgaanbodRead(**row.model_dump(), groepen=groups[row.id]) for row in rows]
