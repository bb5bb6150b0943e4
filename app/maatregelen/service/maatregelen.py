"""Measures at a desk: record, look at, change, impose, end, withdraw. Each change is an event (REG-18, INS-02 to INS-06)."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from app.bevindingen.service.bevindingen import findings_by_ids
from app.bevindingen.status import Klasse
from app.core.errors import Fout
from app.core.http.paging import Paging
from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.lijsten import characteristics
from app.maatregelen import repository
from app.maatregelen.errors import (
    MaatregelIdInGebruik,
    MaatregelNotFound,
    MaatregelOnvolledig,
    MaatregelstapGeweigerd,
)
from app.maatregelen.repository import Maatregelfilter
from app.maatregelen.rules.eisen import Feiten, faults
from app.maatregelen.rules.overgangen import OVERGANGEN, step_fault
from app.maatregelen.schemas import MaatregelCreate, MaatregelgebeurtenisRead, MaatregelPatch, MaatregelRead
from app.maatregelen.service.gevolgen import Stand, follow, stand_of
from app.maatregelen.status import Maatregelactie
from app.maatregelen.tables import Maatregel, Maatregelgebeurtenis
from app.objecten.schemas.objecten import ObjectRead
from app.objecten.service.objecten import get_object
from app.objecten.service.teksten import refuse_texts

GRONDEN = "maatregelgronden"
OPMERKING = "opmerking"
ONVOLLEDIG = "De maatregel kan zo niet worden vastgelegd; zie 'fouten'."
_NOT_IN_STAND = {"id", "gemeentecode", "opmerking", "inhoud_hash", "versie", "regime"}


def list_maatregelen(uow: UnitOfWork, filters: Maatregelfilter, paging: Paging) -> list[MaatregelRead]:
    """Measures in the caller's municipalities, newest first: one more than a page."""
    return _show(uow, repository.page(uow.session, uow.caller, filters, paging))


def get_maatregel(uow: UnitOfWork, maatregel_id: UUID) -> MaatregelRead:
    """One measure.

    Raises:
        MaatregelNotFound: unknown or not visible.
    """
    return _show(uow, [_row(uow, maatregel_id)])[0]


def list_events(uow: UnitOfWork, maatregel_id: UUID, paging: Paging) -> list[MaatregelgebeurtenisRead]:
    """What happened to a measure, oldest first: one more than a page.

    Raises:
        MaatregelNotFound: unknown or not visible.
    """
    _row(uow, maatregel_id)
    rows = repository.events_page(uow.session, maatregel_id, paging)
    return [MaatregelgebeurtenisRead.model_validate(row) for row in rows]


def add_maatregel(uow: UnitOfWork, data: MaatregelCreate) -> tuple[MaatregelRead, bool]:
    """Records a measure; the same id with the same content answers what is stored.

    Returns:
        The measure, and whether it is new.

    Raises:
        ObjectNotFound: unknown or not visible.
        MaatregelOnvolledig: a closure of a place where people sleep without the answer on shelter (INS-04), and the like.
        InvalidInput: a text that may not be stored.
        MaatregelIdInGebruik: the id stands for another measure.
    """
    place = get_object(uow, data.object_id)
    digest = hashlib.sha256(json.dumps(data.model_dump(mode="json"), sort_keys=True).encode()).hexdigest()
    stored = repository.with_id(uow.session, data.id)
    if stored is None:
        values = data.model_dump(exclude={"opmerking", "bevinding_ids"})
        row = Maatregel(**values, gemeentecode=place.gemeentecode, inhoud_hash=digest, versie=0)
        _check(uow, row, place, data.opmerking, data.bevinding_ids)
        if repository.insert(uow.session, row.model_dump()):
            return _add(uow, data), True
        stored = repository.with_id(uow.session, data.id)
    if stored is None or stored.gemeentecode != place.gemeentecode or stored.inhoud_hash != digest:
        raise MaatregelIdInGebruik
    return _show(uow, [stored])[0], False


def change_maatregel(uow: UnitOfWork, maatregel_id: UUID, if_match: str | None, data: MaatregelPatch) -> MaatregelRead:
    """Changes a measure of the version that the caller saw.

    Raises:
        MaatregelNotFound: unknown or not visible.
        PreconditionFailed: somebody else changed it.
        MaatregelOnvolledig: something that must be told would be missing.
        InvalidInput: a text that may not be stored.
    """
    row = _row(uow, maatregel_id, lock=True)
    check_version(if_match, row.versie)
    place, before = get_object(uow, row.object_id), stand_of(row)
    for name in data.model_fields_set - {"opmerking", "bevinding_ids"}:
        setattr(row, name, getattr(data, name))
    links = data.bevinding_ids
    _check(uow, row, place, data.opmerking, links if links is not None else ())
    if "opmerking" in data.model_fields_set:
        row.opmerking = None if data.opmerking is None else uow.seal(row.id, OPMERKING, data.opmerking)
    if links is not None:
        repository.set_findings(uow.session, row.id, links)
    return _changed(uow, row, before, Maatregelactie.WIJZIGEN, sorted(data.model_fields_set))


def step_maatregel(
    uow: UnitOfWork, maatregel_id: UUID, if_match: str | None, actie: Maatregelactie, changes: Mapping[str, Any]
) -> MaatregelRead:
    """Imposes, ends or withdraws a measure.

    Raises:
        MaatregelNotFound: unknown or not visible.
        PreconditionFailed: somebody else changed it.
        MaatregelstapGeweigerd: its state does not allow this step.
        MaatregelOnvolledig: something that must be told is missing.
    """
    row = _row(uow, maatregel_id, lock=True)
    check_version(if_match, row.versie)
    fault = step_fault(row.status, actie)
    if fault is not None:
        raise MaatregelstapGeweigerd(fault)
    before = stand_of(row)
    row.status = OVERGANGEN[actie][1]
    for name, value in changes.items():
        setattr(row, name, value)
    _check(uow, row, get_object(uow, row.object_id), None, ())
    return _changed(uow, row, before, actie, ["status", *sorted(changes)])


def objects_of_measures(uow: UnitOfWork, ids: Collection[UUID]) -> dict[UUID, UUID]:
    """The object of each of these measures that the caller may see, in one query."""
    return repository.objects_of(uow.session, uow.caller, ids) if ids else {}


def _row(uow: UnitOfWork, maatregel_id: UUID, *, lock: bool = False) -> Maatregel:
    row = repository.find(uow.session, uow.caller, maatregel_id, lock=lock)
    if row is None:
        raise MaatregelNotFound
    return row


def _check(
    uow: UnitOfWork, row: Maatregel, place: ObjectRead, opmerking: str | None, bevinding_ids: Collection[UUID]
) -> None:
    """Every reason why a measure may not stand like this.

    What the municipality may not do yet to whom may be a victim of coercion (INS-05, DEF-05) belongs here as well: signals lie
    below measures, so this is the one place that can ask the AF's word before a fine or closure stands.
    """
    refuse_texts(place.type, {"kenmerk": row.kenmerk, "opmerking": opmerking}, _known(place))
    found = [Fout(veld, melding) for veld, melding in faults(_facts(row, place))]
    ground = characteristics(uow, GRONDEN, row.gemeentecode).get(row.grondslag)
    if ground is None:
        found.append(Fout("grondslag", "staat niet in de lijst 'maatregelgronden'; kies een bestaande code"))
    elif place.type in ground.get("nietBij", ()):
        found.append(Fout("grondslag", "hoort niet bij dit soort object; kies een andere grondslag"))
    if set(bevinding_ids) - _compliance_at(uow, row.object_id, bevinding_ids):
        found.append(Fout("bevindingIds", "noemt iets dat geen bevinding over naleving bij dit object is"))
    if found:
        raise MaatregelOnvolledig(ONVOLLEDIG, found)


def _facts(row: Maatregel, place: ObjectRead) -> Feiten:
    return Feiten(
        soort=row.soort,
        status=row.status,
        objecttype=place.type,
        opgelegd_op=row.opgelegd_op,
        geldt_van=row.geldt_van,
        geldt_tot=row.geldt_tot,
        begunstigingstermijn_tot=row.begunstigingstermijn_tot,
        spoed=row.spoed,
        opvang=row.opvang,
    )


def _known(place: ObjectRead) -> frozenset[str]:
    return frozenset(number for number in (place.kvk_nummer, place.nummer) if number)


def _compliance_at(uow: UnitOfWork, object_id: UUID, ids: Collection[UUID]) -> set[UUID]:
    """Those of the findings that are about compliance at this object: a confidential one looks as if it were not there (DAT-13)."""
    return {
        found.id
        for found in findings_by_ids(uow, ids)
        if found.klasse is Klasse.NALEVING and found.object_id == object_id
    }


def _add(uow: UnitOfWork, data: MaatregelCreate) -> MaatregelRead:
    row = _row(uow, data.id, lock=True)
    if data.opmerking is not None:
        row.opmerking = uow.seal(row.id, OPMERKING, data.opmerking)
    repository.set_findings(uow.session, row.id, data.bevinding_ids)
    return _changed(uow, row, None, Maatregelactie.VASTLEGGEN, sorted(data.model_fields_set - {"id"}))


def _changed(
    uow: UnitOfWork, row: Maatregel, before: Stand | None, actie: Maatregelactie, velden: list[str]
) -> MaatregelRead:
    """Notes the event, does what follows and answers the measure."""
    row.versie += 1
    uow.session.add(row)
    uow.session.flush()
    links = repository.findings_of(uow.session, [row.id])[row.id]
    stand = json.loads(json.dumps(row.model_dump(exclude=_NOT_IN_STAND), default=str))
    event = Maatregelgebeurtenis(
        maatregel_id=row.id,
        volgnummer=repository.last_event(uow.session, row.id) + 1,
        tijdstip=uow.now,
        actor=uow.caller.account_id,
        actie=actie,
        velden=velden,
        stand={**stand, "bevinding_ids": [str(nr) for nr in links]},
    )
    uow.session.add(event)
    follow(uow, row, before)
    uow.session.flush()
    uow.audit("maatregel", row.id, row.gemeentecode)
    return _show(uow, [row])[0]


def _show(uow: UnitOfWork, rows: Sequence[Maatregel]) -> list[MaatregelRead]:
    if not rows:
        return []
    uow.load_data_keys(row.id for row in rows if row.opmerking is not None)
    links = repository.findings_of(uow.session, [row.id for row in rows])
    return [
        MaatregelRead(
            **row.model_dump(exclude={"opmerking", "regime", "inhoud_hash"}),
            opmerking=None if row.opmerking is None else uow.unseal(row.id, OPMERKING, row.opmerking),
            bevinding_ids=links[row.id],
        )
        for row in rows
    ]
