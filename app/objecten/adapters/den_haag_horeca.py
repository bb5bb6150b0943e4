"""The horeca permits as Den Haag publishes them (ArcGIS layer Horeca_nieuw, B13).

It has no trading name, no number of the establishment, and of the permit only the year. The applicant, the KvK number and the legal form
stand in it too and are never read: a third of the permits is of one person. So the kind of business and the address name the object.
"""

from datetime import date

from app.objecten.adapters.bestand import Record
from app.objecten.adapters.eigen_csv import finish
from app.objecten.adapters.horeca import kind_of_business, read_status
from app.objecten.adapters.velden import Velden, parse_whole
from app.objecten.rules.adressen import Huisnummer, address_code, address_name, clean_part, own_number, parse_huisnummer
from app.objecten.rules.importrij import AdresRij, GelezenRij, Importrij, VergunningRij
from app.objecten.rules.nummers import parse_postcode
from app.objecten.status import Vergunningsoort

COLUMNS = (
    "FID", "ID", "JAAR", "DOSSIER", "STATUS", "OMSCHRIJVI", "STRAAT", "HUISNR", "HUISLT", "TOEV", "POSTCODE", "STADSDEEL",
    "TYPEBEDRIJ", "CATEGORIE",
)  # fmt: skip
NEEDED = ("DOSSIER", "JAAR", "STATUS", "STRAAT", "HUISNR", "POSTCODE", "TYPEBEDRIJ")
REMARK = "De bron geeft geen naam van een zaak: het soort bedrijf en het adres zijn gebruikt. Van een vergunning geeft zij alleen het jaar."
WOONPLAATS = "'s-Gravenhage"  # as the BAG writes it
_MELDING = "melding"
_NO_TYPE = frozenset({"", "niet van toepassing", "onbekend"})


def read_permit(record: Record) -> GelezenRij:
    """A permit of the layer."""
    fields = Velden(record)
    number = fields.parsed("HUISNR", parse_huisnummer, 20, needed=True) or Huisnummer(0)
    x, y = fields.point()
    adres = AdresRij(
        straat=fields.text("STRAAT", needed=True),
        huisnummer=number.nummer,
        huisletter=clean_part(fields.text("HUISLT", 10)) or number.letter,
        toevoeging=clean_part(fields.text("TOEV", 10)) or number.toevoeging,
        postcode=fields.parsed("POSTCODE", parse_postcode, needed=True) or "",
        woonplaats=WOONPLAATS,
        x=x,
        y=y,
    )
    told = fields.text("TYPEBEDRIJ")
    soort, permit_kind, sector = kind_of_business(told)
    known = "" if told.lower() in _NO_TYPE else told
    where = address_name(adres.straat, adres.huisnummer, adres.huisletter, adres.toevoeging)
    row = Importrij(
        regel=record.regel,
        adres=adres,
        nummer=own_number(soort, address_code(*adres.key), known),
        type=soort,
        naam=f"{known[:1].upper()}{known[1:]} {where}".strip(),
        sector=sector,
        vergunning=_read_permit(fields, permit_kind),
        nummer_bedacht=True,
    )
    return finish(row, fields)


def _read_permit(fields: Velden, soort: Vergunningsoort) -> VergunningRij | None:
    """The permit from the first of January of its year: nothing more is known. What was only notified is no permit."""
    if fields.text("STATUS").lower() == _MELDING:
        fields.remark("STATUS", "is een melding, geen vergunning; alleen het object is ingelezen")
        return None
    nummer, status = fields.text("DOSSIER", 80, needed=True), read_status(fields, "STATUS")
    year = fields.parsed("JAAR", lambda text: parse_whole(text, 2200), needed=True)
    if year is not None and year < 1900:
        fields.refuse("JAAR", "is geen jaar, bijvoorbeeld 2025")
        year = None
    if not nummer or status is None or year is None:
        return None
    fields.remark("JAAR", f"de bron geeft alleen het jaar; als eerste dag is 1 januari {year} gebruikt")
    return VergunningRij(soort, nummer, status, date(year, 1, 1), None)
