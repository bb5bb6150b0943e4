"""What a batch of an import needs to know of addresses and objects, stored or new; and the columns of new ones."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.core.identifiers import new_id
from app.gemeenten.rules.gebiedscodes import AreaCodes
from app.objecten.rules.adressen import address_code, address_name, own_number
from app.objecten.rules.importrij import AdresRij, Importrij, VergunningRij
from app.objecten.status import Objectstatus, Objecttype
from app.objecten.tables import Adres, Import, Object


@dataclass(frozen=True, slots=True)
class Plek:
    """An address: where it is."""

    id: UUID
    x: float | None
    y: float | None
    gebieden: AreaCodes

    @classmethod
    def of(cls, adres: Adres) -> "Plek":
        """An address that stands."""
        areas = AreaCodes(adres.wijkcode, adres.buurtcode, adres.buiten_gemeente, adres.gebied_jaar)
        return cls(adres.id, adres.x, adres.y, areas)

    @classmethod
    def new(cls, row: dict[str, Any]) -> "Plek":
        """An address that is being added."""
        areas = AreaCodes(row["wijkcode"], row["buurtcode"], row["buiten_gemeente"], row["gebied_jaar"])
        return cls(row["id"], row["x"], row["y"], areas)


@dataclass(frozen=True, slots=True)
class Zaak:
    """An object; `stored` is None while it is being added, and then its first row described it."""

    id: UUID
    type: Objecttype
    adres_id: UUID
    stored: Object | None = None


def new_address(record: Import, told: AdresRij, areas: AreaCodes) -> dict[str, Any]:
    """The columns of a new address."""
    return {
        "id": new_id(),
        "gemeentecode": record.gemeentecode,
        "straat": told.straat,
        "huisnummer": told.huisnummer,
        "huisletter": told.huisletter,
        "toevoeging": told.toevoeging,
        "postcode": told.postcode,
        "woonplaats": told.woonplaats,
        "bag_id": None,
        "x": told.x,
        "y": told.y,
        **area_fields(areas),
        "import_id": record.id,
    }


def area_fields(areas: AreaCodes) -> dict[str, Any]:
    """The columns that tell the areas of a place, of an address and of an object alike."""
    return {
        "wijkcode": areas.wijk,
        "buurtcode": areas.buurt,
        "buiten_gemeente": areas.buiten_gemeente,
        "gebied_jaar": areas.jaar,
    }


def new_object(record: Import, row: Importrij, place: Plek, areas: AreaCodes | None) -> dict[str, Any]:
    """The columns of a new object; a row without a point gives it that of its address."""
    told = row.adres
    at_address = areas is None
    return {
        "id": new_id(),
        "gemeentecode": record.gemeentecode,
        "nummer": row.nummer or own_number(row.type, address_code(*told.key)),
        "type": row.type,
        "naam": row.naam or address_name(told.straat, told.huisnummer, told.huisletter, told.toevoeging),
        "adres_id": place.id,
        "x": place.x if at_address else told.x,
        "y": place.y if at_address else told.y,
        **area_fields(place.gebieden if areas is None else areas),
        "kvk_nummer": row.kvk_nummer,
        "sector": row.sector,
        "capaciteit": row.capaciteit,
        "openingstijden": row.openingstijden,
        "status": Objectstatus.ACTIEF,
        "bron": record.bron,
        "import_id": record.id,
        "versie": 1,
    }


def new_permit(record: Import, permit: VergunningRij, object_id: UUID) -> dict[str, Any]:
    """The columns of a new permit."""
    return {
        "id": new_id(),
        "gemeentecode": record.gemeentecode,
        "object_id": object_id,
        "soort": permit.soort,
        "nummer": permit.nummer,
        "status": permit.status,
        "geldig_vanaf": permit.vanaf,
        "geldig_tot": permit.tot,
        "leidinggevendenbijlage": None,
        "bron": record.bron,
        "import_id": record.id,
        "verdwenen_op": None,
        "versie": 1,
    }
