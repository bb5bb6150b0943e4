"""The inbox of the AF, one signal, and what a submitter may see of his own. A page takes a constant number of queries."""

from collections.abc import Collection
from uuid import UUID

from app.bevindingen.schemas.bevindingen import BevindingInhoud
from app.bevindingen.service.bevindingen import findings_by_ids
from app.checklists.service import question_of
from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rollen import Rol
from app.signalen.repository import signalen as repository
from app.signalen.rules.overgangen import OPEN
from app.signalen.schemas.signalen import (
    Beoordeling,
    EigenSignaal,
    RegioSignaal,
    SignaalBevindingRead,
    SignaalDetailInhoud,
    SignaalInhoud,
    SignaalObject,
    SignaalRead,
    SignaalRegel,
)
from app.signalen.service.adresonderzoek import state_of
from app.signalen.service.buurman import reading_along
from app.signalen.service.indienen import TEKST
from app.signalen.service.opvoeren import ZC_REDEN, read_reasons
from app.signalen.service.plaats import places_by_ids, where
from app.signalen.service.termijnen import time_left
from app.signalen.service.terugkoppelen import read_own
from app.signalen.service.vastleggen import read_one
from app.signalen.status import Signaalstatus
from app.signalen.tables import Signaal


def list_signalen(
    uow: UnitOfWork, statussen: Collection[Signaalstatus], paging: Paging
) -> list[tuple[SignaalRegel, str]]:
    """Signals of the caller's municipality by urgency and remaining time, each with its cursor key; open ones when no state is asked.

    The AF sees reasons and place; a team leader status and urgency only.
    """
    rows = repository.inbox_page(uow.session, uow.caller, statussen or OPEN, paging)
    content: dict[UUID, SignaalInhoud] = {}
    if _sees_content(uow):
        uow.load_data_keys(row.id for row in rows)
        with reading_along(uow, {row.gemeentecode for row in rows}):
            places = places_by_ids(uow, [nr for row in rows for nr in (row.object_id, row.melder_object_id)])
        content = {row.id: SignaalInhoud.model_validate(_content(uow, row, places)) for row in rows}
    return [
        (
            SignaalRegel.model_validate({**row.model_dump(), **time_left(uow, row), "inhoud": content.get(row.id)}),
            repository.inbox_key(row),
        )
        for row in rows
    ]


def get_signaal(uow: UnitOfWork, signaal_id: UUID) -> tuple[SignaalRead, int]:
    """One signal and its version; with the findings behind it for the AF, status and urgency for a team leader.

    Raises:
        SignaalNotFound: unknown or not readable.
    """
    row = read_one(uow, signaal_id)
    return read_signaal(uow, row), row.versie


def read_signaal(uow: UnitOfWork, row: Signaal) -> SignaalRead:
    """A signal that the caller was found to be allowed to read."""
    with reading_along(uow, {row.gemeentecode}):
        content = _detail(uow, row) if _sees_content(uow) else None
    return SignaalRead.model_validate({**row.model_dump(), **time_left(uow, row), "inhoud": content})


def list_own(uow: UnitOfWork, paging: Paging) -> list[EigenSignaal]:
    """The caller's own signals, newest first: status, and what he was told."""
    return read_own(uow, repository.own_page(uow.session, uow.caller, paging))


def list_routed(uow: UnitOfWork, paging: Paging) -> list[RegioSignaal]:
    """Handed-over signals of the region of a ketenregisseur, newest first; never text, place or recipients (ROL-03, table E)."""
    return [RegioSignaal.model_validate(row) for row in repository.routed_page(uow.session, uow.caller, paging)]


def read_finding(found: BevindingInhoud) -> SignaalBevindingRead:
    """A finding with the question as it was asked: a person reads words, a code tells him nothing."""
    question = question_of(found.checklistversie, found.item)
    return SignaalBevindingRead.model_validate({**vars(found), "vraag": question})


def _sees_content(uow: UnitOfWork) -> bool:
    return uow.caller.has(Rol.AF)


def _content(uow: UnitOfWork, row: Signaal, places: dict[UUID, SignaalObject]) -> dict[str, object]:
    place = None if row.object_id is None else places.get(row.object_id)
    reporter = None if row.melder_object_id is None else places.get(row.melder_object_id)
    return {**row.model_dump(), "object": place, "melder_object": reporter, "redenen": read_reasons(uow, row)}


def _detail(uow: UnitOfWork, row: Signaal) -> SignaalDetailInhoud:
    adres, punt = where(uow, row)
    findings = findings_by_ids(uow, repository.finding_ids(uow.session, row.id))
    return SignaalDetailInhoud.model_validate(
        {
            **_content(uow, row, places_by_ids(uow, [row.object_id, row.melder_object_id])),
            "tekst": None if row.tekst is None else uow.unseal(row.id, TEKST, row.tekst),
            "adres": adres,
            "punt": punt,
            "adresonderzoek": state_of(uow, row),
            "beoordeling": Beoordeling.model_validate(
                {
                    **row.model_dump(),
                    "zc_reden": None if row.zc_reden is None else uow.unseal(row.id, ZC_REDEN, row.zc_reden),
                }
            ),
            "bevindingen": [read_finding(found) for found in findings],
        }
    )
