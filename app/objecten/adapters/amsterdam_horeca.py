"""The register of horeca permits as Amsterdam publishes it (data set horeca, table exploitatievergunning, version 1).

Names come in snake_case and camelCase. What was seen in it (B13): double-encoded text, hours such as `_kies`, `-`, `0700` or a
sentence, category "Onbekend" with the real type in the specification, permits that were withdrawn. The permit must land: an hour that
cannot be read is reported and left unknown.
"""

from app.objecten.adapters.bestand import Record
from app.objecten.adapters.eigen_csv import finish
from app.objecten.adapters.horeca import kind_of_business, read_period, read_status
from app.objecten.adapters.velden import Velden
from app.objecten.rules.adressen import Huisnummer, address_code, own_number, split_address_line
from app.objecten.rules.importrij import AdresRij, GelezenRij, Importrij
from app.objecten.rules.nummers import parse_postcode
from app.objecten.rules.openingstijden import Openingstijden, parse_time, span

COLUMNS = (
    "id", "zaaknummer", "zaaknaam", "adres", "zaakCategorie", "zaakSpecificatie", "begindatum", "einddatum",
    "openingstijdenZoDoVan", "openingstijdenZoDoTot", "openingstijdenVrZaVan", "openingstijdenVrZaTot", "locatie",
    "postcode", "statusVergunning",
)  # fmt: skip
NEEDED = ("zaaknummer", "zaaknaam", "adres", "begindatum", "postcode", "statusVergunning")
WOONPLAATSEN = {range(1380, 1385): "Weesp"}  # the one other town of this municipality, since 2022
WOONPLAATS = "Amsterdam"
_WEEK, _WEEKEND = (("7", "1", "2", "3", "4"), "ZoDo"), (("5", "6"), "VrZa")


def read_permit(record: Record) -> GelezenRij:
    """A permit of the register."""
    fields = Velden(record)
    street, number = fields.parsed("adres", split_address_line, needed=True) or ("", Huisnummer(0))
    postcode = fields.parsed("postcode", parse_postcode, needed=True) or ""
    x, y = fields.point()
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
    # "Onbekend" as category hides the real type in the specification.
    soort, permit_kind, sector = kind_of_business(f"{fields.text('zaakCategorie')} {fields.text('zaakSpecificatie')}")
    fields.text("zaaknaam", needed=True)
    naam = fields.name("zaaknaam", soort)
    code = address_code(postcode, number.nummer, number.letter, number.toevoeging)
    permit = permit_kind, fields.text("zaaknummer", 80, needed=True), read_status(fields, "statusVergunning")
    row = Importrij(
        regel=record.regel,
        adres=adres,
        nummer=own_number(soort, code, naam),
        type=soort,
        naam=naam,
        sector=sector,
        openingstijden=_read_hours(fields),
        vergunning=read_period(fields, permit),
        nummer_bedacht=True,
    )
    return finish(row, fields)


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


def _town(postcode: str) -> str:
    digits = int(postcode[:4]) if postcode[:4].isdigit() else 0
    return next((town for codes, town in WOONPLAATSEN.items() if digits in codes), WOONPLAATS)
