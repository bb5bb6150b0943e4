"""Holds a business object against the register of KVK; shows where they differ and stores nothing (B11, REG-05, REG-19)."""

from typing import Any
from uuid import UUID

from app.core.jobs import UnitFactory
from app.gemeenten.service.lijsten import characteristics
from app.objecten.adapters.uitgaand import Bronfout
from app.objecten.errors import GeenKvkControle
from app.objecten.rules.bedrijf import Bedrijf, has_name, is_at, shown_address
from app.objecten.rules.nummers import may_have_kvk
from app.objecten.schemas.adressen import BronRead, KvkcontroleRead, VerschilRead
from app.objecten.service import bronnen as bron
from app.objecten.service.bronnen import KVK, Bronnen
from app.objecten.service.geocoderen import asked_address
from app.objecten.service.objecten import object_row
from app.objecten.status import Objectstatus
from app.objecten.tables import Adres, Object

WONING = "Een woning wordt nooit met het Handelsregister vergeleken."
ZONDER_NUMMER = "Dit object heeft geen KvK-nummer. Vul het eerst in."
SBI = "sbi"  # characteristic of a sector in the shared list: the SBI codes it covers, by their first digits


def check_business(units: UnitFactory, sources: Bronnen, object_id: UUID) -> KvkcontroleRead:
    """Compares name, address, sector and state with KVK.

    Raises:
        ObjectNotFound: unknown or not visible.
        GeenKvkControle: a dwelling, or an object without a number; nothing was asked.
    """
    with units("objecten_kvkcontrole", write=False) as uow:
        row, adres = object_row(uow, object_id)
        if not may_have_kvk(row.type):
            raise GeenKvkControle(WONING)
        if row.kvk_nummer is None:
            raise GeenKvkControle(ZONDER_NUMMER)
        nummer = row.kvk_nummer
        sectors = characteristics(uow, "sectoren", row.gemeentecode)
    if sources.kvk is None:
        return _answer(bron.switched_off(KVK))
    try:
        business = sources.kvk.business(nummer)
    except Bronfout as fault:
        return _answer(bron.failed(KVK, fault))
    if business is None:
        return _answer(bron.asked(KVK), bekend=False)
    return _answer(
        bron.asked(KVK),
        bekend=True,
        opgeheven=business.opgeheven,
        eenmanszaak=business.eenmanszaak,
        afgeschermd=business.afgeschermd,
        hoofdactiviteit=None if business.sbi is None else f"{business.sbi.code} {business.sbi.omschrijving}".strip(),
        verschillen=_differences(row, adres, business, sectors),
    )


def _differences(
    row: Object, adres: Adres, business: Bedrijf, sectors: dict[str, dict[str, Any]]
) -> list[VerschilRead]:
    """Where they differ; the name and address of a one-person business are a person's and stay with KVK."""
    found: list[VerschilRead] = []
    hidden = business.eenmanszaak

    def differ(field: str, ours: str | None, theirs: str | None) -> None:
        found.append(VerschilRead(veld=field, onze_waarde=ours, bronwaarde=theirs))

    if business.namen and not has_name(business, row.naam):
        differ("naam", row.naam, None if hidden else "; ".join(business.namen)[:500])
    if business.adres is not None and not is_at(business.adres, asked_address(adres)):
        ours = (
            f"{adres.straat} {adres.huisnummer}{adres.huisletter}{f'-{adres.toevoeging}' if adres.toevoeging else ''}"
        )
        differ(
            "adres", f"{ours}, {adres.postcode} {adres.woonplaats}", None if hidden else shown_address(business.adres)
        )
    if business.opgeheven and row.status is not Objectstatus.GESLOTEN:
        since = "" if business.opgeheven_op is None else f" op {business.opgeheven_op:%d-%m-%Y}"
        differ("status", row.status, f"opgeheven{since}")
    if not business.opgeheven and row.status is Objectstatus.GESLOTEN:
        differ("status", row.status, "ingeschreven")
    covered = sectors.get(row.sector or "", {}).get(SBI)
    if business.sbi is not None and isinstance(covered, list) and covered:
        code = business.sbi.code
        if not any(code.startswith(str(one)) for one in covered):
            differ("sector", row.sector, f"{code} {business.sbi.omschrijving}".strip())
    return found


def _answer(
    told: BronRead,
    *,
    bekend: bool | None = None,
    opgeheven: bool | None = None,
    eenmanszaak: bool | None = None,
    afgeschermd: bool | None = None,
    hoofdactiviteit: str | None = None,
    verschillen: list[VerschilRead] | None = None,
) -> KvkcontroleRead:
    return KvkcontroleRead(
        bron=told,
        bekend=bekend,
        opgeheven=opgeheven,
        eenmanszaak=eenmanszaak,
        afgeschermd=afgeschermd,
        hoofdactiviteit=hoofdactiviteit,
        verschillen=verschillen or [],
    )
