"""Puts the day package together in a constant number of queries (F12); the same day gives the same bytes until something changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from uuid import UUID

from app.bevindingen.schemas.bevindingen import BevindingInhoud
from app.bevindingen.service.bevindingen import compliance_to_check
from app.checklists.rules.library import ChecklistversieNotFoundError
from app.checklists.service import current_versions, get_cards, get_catalogue
from app.controles.repository import controles as repository
from app.controles.rules.partners import BEV_KEUZE
from app.controles.schemas.werkpakket import (
    PakketActie,
    PakketBevinding,
    PakketCertificaat,
    PakketChecklist,
    PakketCollega,
    PakketControle,
    PakketGemeente,
    PakketMaatregel,
    PakketObject,
    PakketVergunning,
    PakketVerwijzing,
    WerkpakketRead,
)
from app.controles.service.afstemming import waits_for_release
from app.controles.service.contactkaart import contact_card
from app.controles.service.pakketregels import Veldregels, field_rules
from app.controles.status import Controlestatus
from app.controles.tables import Controle, Deelname
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.normsleutels import Normsleutel
from app.gemeenten.service.normen import norm_tables
from app.gemeenten.service.teams import colleagues_of
from app.maatregelen.service.geschiedenis import history_of
from app.objecten.schemas.objecten import ObjectRead
from app.objecten.schemas.vergunningen import VergunningRead
from app.objecten.service.certificaten import certificates_of
from app.objecten.service.objecten import objects_by_ids
from app.objecten.service.opzoeken import bedrijfsplannen_of, permits_of

TERUGKIJKEN = timedelta(days=730)
REKENREGEL = "rekenregel"
_CERTIFICAAT = {"soort", "nummer", "geldig_tot"}


def build_package(uow: UnitOfWork, datum: date) -> WerkpakketRead:
    """The controls of the caller's teams on a day that were released or need no release (PLN-01)."""
    rows = repository.of_day(uow.session, uow.caller, datum)
    plekken = objects_by_ids(uow, {row.object_id for row in rows})
    tables = norm_tables(uow, {row.gemeentecode for row in rows} | uow.caller.gemeenten, datum)
    shown = _released(rows, plekken, tables)
    ids = {row.object_id for row in shown}
    permits = permits_of(uow, ids, datum)
    plannen = bedrijfsplannen_of(uow, ids, datum)
    bevindingen: dict[UUID | None, list[BevindingInhoud]] = {}
    for bevinding in compliance_to_check(uow, ids, uow.now - TERUGKIJKEN):
        bevindingen.setdefault(bevinding.object_id, []).append(bevinding)
    acties = {row.actie_id for row in shown if row.actie_id}
    deelnames = (
        repository.participants(uow.session, controles=[row.id for row in shown], acties=acties) if shown else ()
    )
    versies = _versions(datum)
    normen = {code: _norms(tables[code], versies) for code in sorted({row.gemeentecode for row in shown})}
    regels = field_rules(uow, shown, tables, datum)
    plaatsen = {nr: _place(plekken[nr], permits.get(nr, ()), plannen.get(nr), bevindingen.get(nr, ())) for nr in ids}
    _add_registers(uow, plaatsen, datum)
    return WerkpakketRead(
        datum=datum,
        acties=[
            PakketActie.model_validate(actie) for actie in repository.actions_of_day(uow.session, uow.caller, datum)
        ],
        controles=[
            _control(row, plaatsen[row.object_id], deelnames, versies, normen[row.gemeentecode], regels[row.id])
            for row in shown
        ],
        checklists=_lists(shown, versies),
        collegas=[PakketCollega(account_id=nr, functie=functie) for nr, functie in colleagues_of(uow, datum)],
        rekenregels=_rules(shown, versies),
        veldkaarten=PakketVerwijzing(versie=get_cards().versie, verwijzing="/v1/veldkaarten"),
        gemeenten=[_municipality(code, table, versies) for code, table in sorted(tables.items())],
        contactkaart=contact_card(uow, sorted(tables), datum),
    )


def released_of(uow: UnitOfWork, rows: Sequence[Controle]) -> list[Controle]:
    """Those of the controls that the field may know of: visible, and released or without need of release (PLN-01)."""
    plekken = objects_by_ids(uow, {row.object_id for row in rows})
    tables = norm_tables(uow, {row.gemeentecode for row in rows}, uow.today)
    return _released(rows, plekken, tables)


def _released(
    rows: Iterable[Controle], plekken: Mapping[UUID, ObjectRead], tables: Mapping[str, Mapping[str, float]]
) -> list[Controle]:
    return [
        row
        for row in rows
        if row.object_id in plekken and not _waits(row, plekken[row.object_id], tables[row.gemeentecode])
    ]


def _waits(row: Controle, plek: ObjectRead, normen: Mapping[str, float]) -> bool:
    seks_apart = bool(normen.get(Normsleutel.AFSTEMMING_SEKS_APART))
    return row.status is Controlestatus.GEPLAND and waits_for_release(row, plek.type, seks_apart=seks_apart)


def _versions(datum: date) -> dict[str, int]:
    try:
        return current_versions(datum)
    except ChecklistversieNotFoundError:
        return {}


def _norms(table: Mapping[str, float], versies: Mapping[str, int]) -> dict[str, float]:
    """The norm values that the formulas of the lists use, on the day of the control."""
    if not versies:
        return {}
    values = get_catalogue(versies).norm_values(table)
    return {naam: waarde for naam, waarde in values.items() if waarde is not None}


def _place(
    plek: ObjectRead, permits: Iterable[VergunningRead], plan: str | None, bevindingen: Iterable[BevindingInhoud]
) -> PakketObject:
    return PakketObject(
        id=plek.id,
        nummer=plek.nummer,
        type=plek.type,
        naam=plek.naam,
        adres=plek.adres,
        punt=plek.punt,
        capaciteit=plek.capaciteit,
        openingstijden=plek.openingstijden,
        vergunningen=[PakketVergunning.model_validate(permit) for permit in permits],
        bedrijfsplan_versie=plan,
        certificaten=[],
        maatregelen=[],
        bevindingen=[PakketBevinding.model_validate(bevinding) for bevinding in bevindingen],
    )


def _add_registers(uow: UnitOfWork, plaatsen: Mapping[UUID, PakketObject], datum: date) -> None:
    """Adds what other registers know of the places: certificates (REG-14) and measures (REG-18), a query each."""
    for nr, certificaten in certificates_of(uow, plaatsen).items():
        plaatsen[nr].certificaten = [
            PakketCertificaat(**row.model_dump(include=_CERTIFICAAT), verlopen=row.geldig_tot < datum)
            for row in certificaten
        ]
    for nr, maatregelen in history_of(uow, plaatsen).items():
        plaatsen[nr].maatregelen = [PakketMaatregel.model_validate(row) for row in maatregelen]


def _control(
    row: Controle,
    plaats: PakketObject,
    deelnames: Iterable[Deelname],
    versies: dict[str, int],
    normen: dict[str, float],
    regels: Veldregels,
) -> PakketControle:
    mee = [d for d in deelnames if d.controle_id == row.id or (row.actie_id and d.actie_id == row.actie_id)]
    frozen = row.checklistversies or versies
    values = normen
    if row.normen and frozen:
        values = {k: v for k, v in get_catalogue(frozen).norm_values(row.normen).items() if v is not None}
    return PakketControle(
        id=row.id,
        status=row.status,
        versie=row.versie,
        datum=row.datum,
        aanvang=row.aanvang,
        duur=row.duur,
        volgorde=row.volgorde,
        team_id=row.team_id,
        aanleiding=row.aanleiding,
        aangekondigd=row.aangekondigd,
        integraal=row.integraal,
        diensten=[d.dienst for d in mee],
        partners=sorted({BEV_KEUZE[d.soort] for d in mee if d.soort in BEV_KEUZE}),
        checklistversies=frozen,
        normen=values,
        **asdict(regels),
        object=plaats,
    )


def _lists(rows: Sequence[Controle], versies: dict[str, int]) -> list[PakketChecklist]:
    used = {pair for frozen in [versies, *(row.checklistversies for row in rows)] for pair in frozen.items()}
    return [
        PakketChecklist(code=code, versie=versie, verwijzing=f"/v1/checklists/{code}/versies/{versie}")
        for code, versie in sorted(used)
        if code != REKENREGEL
    ]


def _rules(rows: Sequence[Controle], versies: dict[str, int]) -> list[PakketVerwijzing]:
    used = {frozen[REKENREGEL] for frozen in [versies, *(row.checklistversies for row in rows)] if REKENREGEL in frozen}
    return [PakketVerwijzing(versie=versie, verwijzing=f"/v1/rekenregels/{versie}") for versie in sorted(used)]


def _municipality(code: str, table: Mapping[str, float], versies: Mapping[str, int]) -> PakketGemeente:
    minuten = table.get(Normsleutel.UITCHECKEN_MIN)
    return PakketGemeente(
        gemeentecode=code,
        normen=_norms(table, versies),
        bezetting=max(1, int(table.get(Normsleutel.CONTROLE_BEZETTING, 1))),
        uitchecken_min=None if minuten is None else int(minuten),
        gebieden=f"/v1/gebieden/kaart?gemeentecode={code}",
    )
