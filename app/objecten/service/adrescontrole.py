"""Holds an address against the BAG: does it exist, what is it registered for, where do we differ (B4, B5)."""

from uuid import UUID

from app.core.jobs import UnitFactory
from app.objecten.adapters.bag_api import BagApi
from app.objecten.adapters.uitgaand import Bronfout
from app.objecten.errors import AdresNotFound
from app.objecten.repository import geocoderen as repository
from app.objecten.rules.bronadres import Adresvraag, Bronadres, compare, same_street
from app.objecten.schemas.adressen import AdrescontroleRead, AdresStandRead, BronRead, VerschilRead
from app.objecten.service import bronnen as bron
from app.objecten.service.adressen import address_row
from app.objecten.service.adresstand import keep_register, place_address, show_standing
from app.objecten.service.bronnen import BAG, Bronnen
from app.objecten.service.geocoderen import asked_address
from app.objecten.status import Geocodestatus
from app.objecten.tables import Adres
from geo.crs import Crs

SHOWN = {
    "bag_id": "bagId",
    "adresseerbaar_object_id": "adresseerbaarObjectId",
    "pand_id": "pandId",
    "gebruiksdoelen": "gebruiksdoelen",
    "oppervlakte": "oppervlakte",
    "status_bag": "statusBag",
}


def check_address(units: UnitFactory, sources: Bronnen, adres_id: UUID, crs: Crs) -> AdrescontroleRead:
    """Asks the BAG about an address, keeps what the BAG registers, and shows where what we hold differs.

    What people filled in (street, number, town, a point by hand) is never changed.

    Raises:
        AdresNotFound: unknown or not visible.
    """
    with units("adressen_controleren", write=False) as uow:
        row = address_row(uow, adres_id)
    shown = show_standing([row], crs)[0]
    if sources.bag is None:
        return _without_answer(shown, bron.switched_off(BAG))
    try:
        told = _find(sources.bag, row)
    except Bronfout as fault:
        return _without_answer(shown, bron.failed(BAG, fault))
    differences = [] if told is None else _differences(asked_address(row), row, told)
    kept: list[str] = []
    with units("adressen_controleren") as uow:
        stored = repository.locked_address(uow.session, uow.caller, adres_id)
        if stored is None:
            raise AdresNotFound
        if told is not None and asked_address(stored) == asked_address(row) and not _other_place(differences):
            kept = keep_register(uow, stored, told)
            if stored.x is None and stored.geocode_status is not Geocodestatus.MET_DE_HAND:
                place_address(uow, stored, told)
                kept += ["punt"] if stored.x is not None else []
            stored.versie += 1 if kept else 0
        else:
            stored.bag_gecontroleerd_op = uow.now
        uow.session.flush()
        uow.audit("adres", stored.id, stored.gemeentecode)
        shown = show_standing([stored], crs)[0]
    place = None if told is None else told.bag
    return AdrescontroleRead(
        adres=shown,
        bron=bron.asked(BAG),
        bestaat=told is not None,
        status=None if place is None else place.status,
        gebruiksdoelen=[] if place is None else list(place.gebruiksdoelen),
        oppervlakte=None if place is None else place.oppervlakte,
        in_onderzoek=None if place is None else place.in_onderzoek,
        nevenadres=None if place is None else place.nevenadres,
        verschillen=differences,
        bewaard=[SHOWN.get(name, name) for name in kept],
    )


def _find(bag: BagApi, row: Adres) -> Bronadres | None:
    """By identification when we have it, or else by all parts of the address."""
    if row.bag_id is not None:
        return bag.address_with_id(row.bag_id)
    asked = asked_address(row)
    return compare(asked, bag.exact_addresses(asked)).treffer


def _differences(ours: Adresvraag, row: Adres, told: Bronadres) -> list[VerschilRead]:
    pairs: list[tuple[str, object, object]] = [
        ("postcode", ours.postcode, told.postcode),
        ("huisnummer", ours.huisnummer, told.huisnummer),
        ("huisletter", ours.huisletter, told.huisletter),
        ("toevoeging", ours.toevoeging, told.toevoeging),
        ("woonplaats", row.woonplaats.casefold(), told.woonplaats.casefold()),
        ("straat", True, same_street(ours.straat, told)),
    ]
    shown: dict[str, tuple[object, object]] = {
        "woonplaats": (row.woonplaats, told.woonplaats),
        "straat": (ours.straat, told.straat),
    }
    differing = [(field, *shown.get(field, (our, their))) for field, our, their in pairs if our != their]
    return [VerschilRead(veld=field, onze_waarde=str(our), bronwaarde=str(their)) for field, our, their in differing]


def _other_place(differences: list[VerschilRead]) -> bool:
    """Whether the identification that we hold belongs to another address; then nothing of it is ours to keep."""
    return any(one.veld != "woonplaats" for one in differences)


def _without_answer(adres: AdresStandRead, told: BronRead) -> AdrescontroleRead:
    return AdrescontroleRead(
        adres=adres,
        bron=told,
        bestaat=None,
        status=None,
        gebruiksdoelen=[],
        oppervlakte=None,
        in_onderzoek=None,
        nevenadres=None,
        verschillen=[],
        bewaard=[],
    )
