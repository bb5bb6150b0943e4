"""Certificates for housing workers, such as SNF: looked up in a public register by a person (REG-14)."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from app.core.errors import Fout, InvalidInput
from app.core.http.paging import Paging
from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.lijsten import require_code
from app.objecten.errors import CertificaatNotFound, NummerInUse
from app.objecten.repository import certificaten as repository
from app.objecten.rules.certificaten import GEEN_CERTIFICAAT, MET_CERTIFICAAT
from app.objecten.schemas.certificaten import CertificaatCreate, Certificaatfilter, CertificaatPatch, CertificaatRead
from app.objecten.service.objecten import object_row
from app.objecten.service.opslaan import find_stored
from app.objecten.tables import Certificaat

SOORTEN = "huisvestingscertificaten"


def list_certificaten(uow: UnitOfWork, filters: Certificaatfilter, page: Paging) -> list[CertificaatRead]:
    """One certificate more than a page, those that end first in front."""
    found = repository.list_certificates(uow.session, uow.caller, filters, page)
    return [CertificaatRead.model_validate(row) for row in found]


def get_certificaat(uow: UnitOfWork, certificaat_id: UUID) -> CertificaatRead:
    """One certificate.

    Raises:
        CertificaatNotFound: unknown or not visible.
    """
    return CertificaatRead.model_validate(_row(uow, certificaat_id))


def certificates_of(uow: UnitOfWork, object_ids: Iterable[UUID]) -> dict[UUID, list[CertificaatRead]]:
    """Per object its certificates, the one that holds longest last, in one query."""
    wanted = sorted(set(object_ids))
    found: dict[UUID, list[CertificaatRead]] = {}
    for row in repository.certificates_of(uow.session, uow.caller, wanted) if wanted else ():
        found.setdefault(row.object_id, []).append(CertificaatRead.model_validate(row))
    return found


def last_certificate_days(uow: UnitOfWork, object_ids: Iterable[UUID]) -> dict[UUID, date]:
    """Per object that has certificates: the last day on which one holds. An object without any is not in it."""
    wanted = sorted(set(object_ids))
    return dict(repository.last_days(uow.session, uow.caller, wanted)) if wanted else {}


def add_certificaat(uow: UnitOfWork, data: CertificaatCreate) -> CertificaatRead:
    """Stores a certificate; the same id with the same content answers what is stored.

    Raises:
        ObjectNotFound: unknown or not visible.
        InvalidInput: not at this kind of object, or a kind that the list does not know.
        IdInGebruik: the id belongs to something else.
        NummerInUse: the object has this certificate already.
    """
    place, _ = object_row(uow, data.object_id)
    if place.type not in MET_CERTIFICAAT:
        raise InvalidInput(
            "Het certificaat past niet bij dit object; zie 'fouten'.", [Fout("objectId", GEEN_CERTIFICAAT)]
        )
    require_code(uow, SOORTEN, data.soort, place.gemeentecode, "soort")
    made = Certificaat(**data.model_dump(), gemeentecode=place.gemeentecode)
    stored = find_stored(uow, made)
    if stored is None:
        if repository.certificate_with_number(uow.session, place.id, data.soort, data.nummer) is not None:
            raise NummerInUse("een certificaat van dit object")
        uow.session.add(made)
        uow.session.flush()
        uow.audit("certificaat", made.id, made.gemeentecode)
        stored = made
    return CertificaatRead.model_validate(stored)


def change_certificaat(
    uow: UnitOfWork, certificaat_id: UUID, if_match: str | None, data: CertificaatPatch
) -> CertificaatRead:
    """Writes down what the register says now; a certificate that was withdrawn gets an earlier last day.

    Raises:
        CertificaatNotFound: unknown or not visible.
        PreconditionFailed: somebody else changed it.
    """
    row = _row(uow, certificaat_id, lock=True)
    check_version(if_match, row.versie)
    for name in data.model_fields_set:
        setattr(row, name, getattr(data, name))
    row.versie += 1
    uow.session.flush()
    uow.audit("certificaat", row.id, row.gemeentecode)
    return CertificaatRead.model_validate(row)


def _row(uow: UnitOfWork, certificaat_id: UUID, *, lock: bool = False) -> Certificaat:
    found = repository.certificate_by_id(uow.session, uow.caller, certificaat_id, lock=lock)
    if found is None:
        raise CertificaatNotFound
    return found
