"""The register of horeca permits as Amsterdam publishes it (data set horeca, table exploitatievergunning, version 1).

As GeoJSON, or as CSV with the same columns; names come in snake_case and camelCase. What was seen in it (B13): double-encoded
text, hours such as `_kies`, `-`, `0700` or a sentence, category "Onbekend" with the real type in the specification, permits that were
withdrawn. The permit must land: an hour that cannot be read is reported and left unknown.
"""

import re
from collections.abc import Mapping

from app.objecten.adapters.bestand import Record
from app.objecten.adapters.eigen_csv import finish
from app.objecten.adapters.velden import Velden, canonical
from app.objecten.rules.adressen import Huisnummer, address_code, own_number, split_address_line
from app.objecten.rules.importrij import AdresRij, GelezenRij, Importrij, VergunningRij
from app.objecten.rules.nummers import parse_postcode
from app.objecten.rules.openingstijden import Openingstijden, parse_time, span
from app.objecten.status import Objecttype, Vergunningsoort, Vergunningstatus
from geo.crs import Crs, looks_like_rd
from geo.faults import GeoFault
from geo.geojson import read_point

COLUMNS = (
    "id", "zaaknummer", "zaaknaam", "adres", "zaakCategorie", "zaakSpecificatie", "begindatum", "einddatum",
    "openingstijdenZoDoVan", "openingstijdenZoDoTot", "openingstijdenVrZaVan", "openingstijdenVrZaTot", "locatie",
    "postcode", "statusVergunning",
)  # fmt: skip
NEEDED = ("zaaknummer", "zaaknaam", "adres", "begindatum", "postcode", "statusVergunning")
WOONPLAATSEN = {range(1380, 1385): "Weesp"}  # the one other town of this municipality, since 2022
WOONPLAATS = "Amsterdam"
_TERRACE = re.compile(r"terras")
_POINT = re.compile(r"(?:SRID=\d+;)?\s*POINT\s*\(\s*(\S+)\s+(\S+)\s*\)", re.IGNORECASE)
_WEEK, _WEEKEND = (("7", "1", "2", "3", "4"), "ZoDo"), (("5", "6"), "VrZa")
_STATUS = {
    "verleend": Vergunningstatus.VERLEEND,
    "ingetrokken": Vergunningstatus.INGETROKKEN,
    "geweigerd": Vergunningstatus.GEWEIGERD,
    "vervallen": Vergunningstatus.VERVALLEN,
    "verlopen": Vergunningstatus.VERVALLEN,
    "aangevraagd": Vergunningstatus.AANGEVRAAGD,
    "ingekomen": Vergunningstatus.AANGEVRAAGD,
    "in behandeling": Vergunningstatus.AANGEVRAAGD,
}
_TYPES = (
    (re.compile(r"seks|prostitu|bordeel"), Objecttype.SEKS, Vergunningsoort.SEKSINRICHTING, "seks"),
    (re.compile(r"massage"), Objecttype.MASS, Vergunningsoort.MASSAGE, "massagesalon"),
    (re.compile(r"hotel|hostel|pension"), Objecttype.HOT, Vergunningsoort.HORECA, "hotel"),
)


def is_known(name: str) -> bool:
    """Whether a column belongs to the data set; those of terraces are known and not needed."""
    plain = canonical(name)
    return plain in {canonical(column) for column in COLUMNS} or _TERRACE.search(plain) is not None


def read_permit(record: Record) -> GelezenRij:
    """A permit of the register."""
    by_plain = {canonical(name): value for name, value in record.waarden.items()}
    fields = Velden({column: by_plain.get(canonical(column), "") for column in COLUMNS})
    street, number = fields.parsed("adres", split_address_line, needed=True) or ("", Huisnummer(0))
    postcode = fields.parsed("postcode", parse_postcode, needed=True) or ""
    x, y = _read_place(record, by_plain, fields)
    adres = AdresRij(
        straat=street,
        huisnummer=number.nummer,
        huisletter=number.letter,
        toevoeging=number.toevoeging,
        postcode=postcode,
        woonplaats=_town(postcode),
        x=x,
        y=y,
    )
    soort, permit_kind, sector = _kind(fields)
    fields.text("zaaknaam", needed=True)
    naam = fields.name("zaaknaam", soort)
    code = address_code(postcode, number.nummer, number.letter, number.toevoeging)
    row = Importrij(
        regel=record.regel,
        adres=adres,
        nummer=own_number(soort, code, naam),
        type=soort,
        naam=naam,
        sector=sector,
        openingstijden=_read_hours(fields),
        vergunning=_read_permit(fields, permit_kind),
        nummer_bedacht=True,
    )
    return finish(row, fields)


def _kind(fields: Velden) -> tuple[Objecttype, Vergunningsoort, str]:
    """The type follows from category and specification together: "Onbekend" hides the real type in the latter."""
    told = f"{fields.text('zaakCategorie')} {fields.text('zaakSpecificatie')}".lower()
    for pattern, soort, permit_kind, sector in _TYPES:
        if pattern.search(told):
            return soort, permit_kind, sector
    return Objecttype.HOR, Vergunningsoort.HORECA, "horeca"


def _read_permit(fields: Velden, soort: Vergunningsoort) -> VergunningRij | None:
    nummer = fields.text("zaaknummer", 80, needed=True)
    since, until = fields.day("begindatum", needed=True), fields.day("einddatum")
    status = _STATUS.get(fields.text("statusVergunning", needed=True).lower())
    if status is None and not any(fault.veld == "statusVergunning" for fault in fields.fouten):
        fields.refuse("statusVergunning", f"is geen bekende status; bekend zijn {', '.join(_STATUS)}")
    if until is not None and since is not None and until < since:
        fields.refuse("einddatum", "ligt voor begindatum")
    if not nummer or since is None or status is None:
        return None
    return VergunningRij(soort, nummer, status, since, until)


def _read_hours(fields: Velden) -> Openingstijden | None:
    """Hours of the week, or None when any of them is unknown: half a week would read as closed on the other days."""
    hours: Openingstijden = {}
    readable = True
    for days, part in (_WEEK, _WEEKEND):
        names = f"openingstijden{part}Van", f"openingstijden{part}Tot"
        opens, closes = (_time(fields, name) for name in names)
        if opens is None or closes is None:
            readable = False
            continue
        hours |= {day: [span(opens, closes)] for day in days}
    return {day: hours[day] for day in sorted(hours)} if readable else None


def _time(fields: Velden, name: str) -> int | None:
    value = fields.text(name)
    if not value:
        return None
    try:
        return parse_time(value)
    except ValueError:
        fields.remark(name, "is geen tijd; de openingstijden van deze zaak blijven onbekend")
        return None


def _read_place(record: Record, by_plain: Mapping[str, str], fields: Velden) -> tuple[float | None, float | None]:
    geometry = record.geometrie
    if geometry is None:
        found = _POINT.search(by_plain.get("locatie") or by_plain.get("geometrie") or by_plain.get("geometry") or "")
        if found is None:
            fields.remark("locatie", "ontbreekt; het object staat niet op de kaart")
            return None, None
        try:
            geometry = {"type": "Point", "coordinates": [float(found[1]), float(found[2])]}
        except ValueError:
            fields.refuse("locatie", "is geen punt")
            return None, None
    try:
        punt = read_point(geometry, _system(geometry))
    except GeoFault as fault:
        fields.refuse("locatie", str(fault))
        return None, None
    return punt.x, punt.y


def _system(geometry: object) -> Crs:
    """The system of a point follows from its numbers: the register comes in both, and RD metres never look like degrees."""
    coordinates = geometry.get("coordinates") if isinstance(geometry, Mapping) else None
    if isinstance(coordinates, list) and len(coordinates) >= 2:
        first, second = coordinates[:2]
        if isinstance(first, int | float) and isinstance(second, int | float) and looks_like_rd(first, second):
            return Crs.RD
    return Crs.CRS84


def _town(postcode: str) -> str:
    digits = int(postcode[:4]) if postcode[:4].isdigit() else 0
    return next((town for codes, town in WOONPLAATSEN.items() if digits in codes), WOONPLAATS)
