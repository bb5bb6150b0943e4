"""Dated norms per municipality (design section 1, point 5; checklists.md section 14)."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from uuid import UUID

from app.core.errors import Conflict, InvalidInput, NotFound
from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.repository import normen as repository
from app.gemeenten.repository import rijen
from app.gemeenten.rules.perioden import Periode, place
from app.gemeenten.schemas.normen import NormCreate
from app.gemeenten.schemas.profiel import NormRegel
from app.gemeenten.service.gemeenten import require_gemeente
from app.gemeenten.service.opslaan import find_stored
from app.gemeenten.tables import Norm

NATIONAL = ""


class NormNotFound(NotFound):
    """Unknown, or of a municipality in which the caller does not work."""

    code = "norm-niet-gevonden"


class NormOverlap(Conflict):
    """Two values of one norm would hold on one day."""

    code = "norm-overlap"


class NormsleutelUnknown(InvalidInput):
    """A key that nothing in the service reads."""

    code = "normsleutel-onbekend"


def norm_value(uow: UnitOfWork, gemeentecode: str, sleutel: str, day: date) -> float | None:
    """The value of one norm on a day, or None where there is none; that of the municipality goes before the national one.

    Absent is not zero: without APV_LEEFTIJD_SEKSWERK there is no limit (INS-18), without HORECA_PER_JAAR no number (CAD-19).
    """
    rows = repository.values_on(uow.session, gemeentecode, day, sleutel)
    return rows[-1][1] if rows else None


def norm_table(uow: UnitOfWork, gemeentecode: str, day: date) -> dict[str, float]:
    """All norms that hold on a day, in one query: what a control freezes at its start and what planning counts with."""
    values = dict(repository.values_on(uow.session, gemeentecode, day))
    return {sleutel: value for sleutel, value in values.items() if value is not None}


def norm_tables(uow: UnitOfWork, gemeenten: Collection[str], day: date) -> dict[str, dict[str, float]]:
    """The norm tables of several municipalities, as `norm_table` gives each, in one query."""
    tables: dict[str, dict[str, float | None]] = {code: {} for code in gemeenten}
    for code, sleutel, value in repository.values_in(uow.session, gemeenten, day):
        for table in tables.values() if code == NATIONAL else (tables[code],):
            table[sleutel] = value
    return {code: {key: value for key, value in table.items() if value is not None} for code, table in tables.items()}


def list_normen(
    uow: UnitOfWork, paging: Paging, gemeentecode: str | None, sleutel: str | None, day: date | None
) -> Sequence[Norm]:
    """National norms and those of the caller's municipalities, history included: one page and one row more."""
    return repository.normen_page(uow.session, uow.caller, paging, gemeentecode, sleutel, day)


def get_norm(uow: UnitOfWork, norm_id: UUID) -> Norm:
    """One norm.

    Raises:
        NormNotFound: unknown or not readable.
    """
    norm = rijen.by_ids(uow.session, Norm, [norm_id]).get(norm_id)
    if norm is None or (norm.gemeentecode not in {NATIONAL, *uow.caller.gemeenten} and not uow.caller.is_system):
        raise NormNotFound("Deze norm bestaat niet, of u mag hem niet zien.")
    return norm


def add_norm(uow: UnitOfWork, data: NormCreate) -> Norm:
    """Stores a new value; the value before it ends on the day before, and stays as history.

    On the start of a period that was stored without a value the new value fills it in.

    Raises:
        GemeenteNotFound: the caller does not work there.
        NormsleutelUnknown: no norm with this key exists.
        NormOverlap: the new period runs into a later value, or a value starts on this day already.
        IdInGebruik: another norm stands under this id.
    """
    require_gemeente(uow, data.gemeentecode, lock=True)
    norm = Norm(**data.model_dump())
    stored = find_stored(uow, norm)
    if stored is not None:
        return stored
    if not repository.is_known_key(uow.session, data.gemeentecode, data.sleutel):
        raise NormsleutelUnknown("Deze normsleutel kent de dienst niet. Kies een sleutel uit de lijst van normen.")
    stored = _store(uow, list(repository.rows_of(uow.session, data.gemeentecode, data.sleutel)), norm)
    uow.audit("Norm", stored.id, data.gemeentecode)
    return stored


def seed_norms(uow: UnitOfWork, gemeentecode: str, rows: Sequence[NormRegel]) -> int:
    """Stores first values from a file; an empty `gemeentecode` means for all. What stands is left alone, so a repeat changes nothing.

    A period that stood without a value and has one in the file is filled in.

    Returns:
        How many values were stored or filled in.

    Raises:
        NormOverlap: a value of the file runs into a later one that stands.
    """
    standing: dict[str, list[Norm]] = {}
    for norm in repository.rows_of(uow.session, gemeentecode):
        standing.setdefault(norm.sleutel, []).append(norm)
    stored = 0
    for row in sorted(rows, key=lambda row: row.geldig_vanaf):
        known = standing.setdefault(row.sleutel, [])
        same = next((norm for norm in known if norm.geldig_vanaf == row.geldig_vanaf), None)
        if same is not None and (same.waarde is not None or row.waarde is None):
            continue
        norm = Norm(
            gemeentecode=gemeentecode,
            sleutel=row.sleutel,
            waarde=row.waarde,
            eenheid=row.eenheid,
            geldig_vanaf=row.geldig_vanaf,
            geldig_tot=row.geldig_tot,
            bron=row.herkomst,
        )
        if _store(uow, known, norm) is norm:
            known.append(norm)
        stored += 1
    uow.session.flush()
    return stored


def _store(uow: UnitOfWork, standing: list[Norm], norm: Norm) -> Norm:
    """Puts a value among those of its key that stand, or fills in one that had none."""
    found = place(
        [Periode(row.geldig_vanaf, row.geldig_tot) for row in standing], Periode(norm.geldig_vanaf, norm.geldig_tot)
    )
    if found.blocked_by is not None:
        start = standing[found.blocked_by].geldig_vanaf
        raise NormOverlap(
            f"Voor {norm.sleutel} staat al een waarde vanaf {start:%d-%m-%Y}. Laat de nieuwe waarde uiterlijk de dag ervoor eindigen."
        )
    if found.same_start is not None:
        same = standing[found.same_start]
        if same.waarde is not None:
            raise NormOverlap(
                f"Voor {norm.sleutel} staat al een waarde vanaf {norm.geldig_vanaf:%d-%m-%Y}. Kies een andere begindatum."
            )
        same.waarde, same.eenheid, same.bron, same.geldig_tot = norm.waarde, norm.eenheid, norm.bron, norm.geldig_tot
        same.versie += 1
        return same
    if found.ends is not None:
        before = standing[found.ends]
        before.geldig_tot = norm.geldig_vanaf - timedelta(days=1)
        before.versie += 1
    uow.session.add(norm)
    uow.session.flush()
    return norm
