"""The templates of the service itself: `objecten`, `risicoadressen` and `vergunningen` (docs/importeren.md), from any container."""

from dataclasses import replace
from datetime import date

from app.objecten.adapters.bestand import Record
from app.objecten.adapters.velden import Velden
from app.objecten.rules.adressen import clean_part, parse_huisnummer
from app.objecten.rules.importrij import (
    AdresRij,
    AfgewezenRij,
    GelezenRij,
    Importrij,
    RijFout,
    RisicoRij,
    VergunningRij,
)
from app.objecten.rules.nummers import may_have_kvk, may_have_sector, parse_kvk, parse_postcode
from app.objecten.rules.openingstijden import parse_openingstijden
from app.objecten.rules.teksten import VERGUNNING_BIJ_WONING, may_have_permit
from app.objecten.status import Objecttype, Vergunningsoort, Vergunningstatus

ADRES_COLUMNS = ("straat", "huisnummer", "huisletter", "toevoeging", "postcode", "woonplaats", "x", "y")
OBJECT_COLUMNS = (
    "objectnummer", "type", "naam", *ADRES_COLUMNS, "kvkNummer", "sector", "capaciteit", "vergunningsoort",
    "vergunningnummer", "vergunningVanaf", "vergunningTot", "bedrijfsplanVersie", "bedrijfsplanGoedgekeurdOp",
    "laatsteBibobToets", "openingstijden",
)  # fmt: skip
OBJECT_NEEDED = ("objectnummer", "type", "straat", "huisnummer", "postcode", "woonplaats")
VERGUNNING_COLUMNS = (
    "objectnummer", "type", *ADRES_COLUMNS, "vergunningsoort", "vergunningnummer", "vergunningstatus", "vergunningVanaf",
    "vergunningTot", "laatsteBibobToets",
)  # fmt: skip
VERGUNNING_NEEDED = ("vergunningsoort", "vergunningnummer", "vergunningVanaf")
_NO_ADDRESS = AdresRij("", 0, "", "", "", "", None, None)
RISICO_COLUMNS = ("objectnummer", "naam", "type", *ADRES_COLUMNS, "reden", "bron", "inBeeldOp", "herzienOp")
RISICO_NEEDED = ("straat", "huisnummer", "postcode", "woonplaats", "reden", "bron", "inBeeldOp", "herzienOp")


def read_object(record: Record) -> GelezenRij:
    """A row of `objecten`."""
    fields = Velden(record)
    adres = read_address(fields)
    nummer = fields.text("objectnummer", 80, needed=True)
    soort = fields.choice("type", Objecttype, needed=True)
    kvk = fields.parsed("kvkNummer", parse_kvk)
    if kvk is not None and soort is not None and not may_have_kvk(soort):
        fields.refuse("kvkNummer", "hoort niet bij een woning; laat het leeg, of kies een ander type")
    sector = fields.free_text("sector", soort or Objecttype.BEDR, 80) or None
    if sector is not None and soort is not None and not may_have_sector(soort):
        fields.refuse("sector", "hoort niet bij een woning; laat het leeg, of kies een ander type")
    permit = _read_permit(fields)
    if permit is not None and soort is not None and not may_have_permit(soort, permit.soort):
        fields.refuse("vergunningsoort", VERGUNNING_BIJ_WONING)
    row = Importrij(
        regel=record.regel,
        adres=adres,
        nummer=nummer,
        type=soort or Objecttype.BEDR,
        naam=fields.name("naam", soort or Objecttype.BEDR, frozenset(filter(None, (kvk, nummer)))),
        kvk_nummer=kvk,
        sector=sector,
        capaciteit=fields.whole("capaciteit"),
        openingstijden=fields.parsed("openingstijden", parse_openingstijden, 500),
        vergunning=permit,
        bedrijfsplan=_read_plan(fields),
        laatste_bibob=fields.day("laatsteBibobToets"),
    )
    if row.laatste_bibob is not None and row.vergunning is None:
        fields.refuse("laatsteBibobToets", "hoort bij een vergunning; vul vergunningsoort en vergunningnummer in")
    return finish(row, fields)


def read_risk(record: Record) -> GelezenRij:
    """A row of `risicoadressen`: refused without reason, source and review date (REG-01)."""
    fields = Velden(record)
    adres = read_address(fields)
    soort = fields.choice("type", Objecttype) or Objecttype.WON
    reden = fields.free_text("reden", soort, 500, needed=True)
    in_view, review = fields.day("inBeeldOp", needed=True), fields.day("herzienOp", needed=True)
    if in_view is not None and review is not None and review < in_view:
        fields.refuse("herzienOp", "ligt voor inBeeldOp")
    risk = RisicoRij(reden, fields.free_text("bron", soort, needed=True), in_view or date.min, review or date.min)
    row = Importrij(
        regel=record.regel,
        adres=adres,
        nummer=fields.text("objectnummer", 80) or None,
        type=soort,
        naam=fields.name("naam", soort),
        risico=risk,
    )
    return finish(row, fields)


def read_address(fields: Velden) -> AdresRij:
    """The address columns of both templates; `12A` in one column is read as number and letter."""
    number = fields.parsed("huisnummer", parse_huisnummer, 20, needed=True)
    letter, addition = clean_part(fields.text("huisletter", 10)), clean_part(fields.text("toevoeging", 10))
    x, y = fields.point()
    return AdresRij(
        straat=fields.text("straat", needed=True),
        huisnummer=number.nummer if number else 0,
        huisletter=letter or (number.letter if number else ""),
        toevoeging=addition or (number.toevoeging if number else ""),
        postcode=fields.parsed("postcode", parse_postcode, needed=True) or "",
        woonplaats=fields.text("woonplaats", needed=True),
        x=x,
        y=y,
    )


def finish(row: Importrij, fields: Velden) -> GelezenRij:
    """The row with its remarks, or all of its faults."""
    if fields.fouten:
        return AfgewezenRij(row.regel, tuple(fields.fouten))
    return replace(row, opmerkingen=tuple(fields.opmerkingen)) if fields.opmerkingen else row


def read_permit_of_object(record: Record) -> GelezenRij:
    """A row of `vergunningen`: a permit of an object that stands, told by its number or else by its address (and type)."""
    fields = Velden(record)
    nummer = fields.text("objectnummer", 80) or None
    soort = fields.choice("type", Objecttype)
    adres = _NO_ADDRESS if nummer is not None else read_address(fields)
    permit = _read_permit(fields, needed=True)
    if permit is not None and soort is not None and not may_have_permit(soort, permit.soort):
        fields.refuse("vergunningsoort", VERGUNNING_BIJ_WONING)
    row = Importrij(
        regel=record.regel,
        adres=adres,
        nummer=nummer,
        type=soort or Objecttype.BEDR,
        naam="",
        vergunning=permit,
        laatste_bibob=fields.day("laatsteBibobToets"),
        alleen_vergunning=True,
        type_verteld=soort is not None,
    )
    fields.opmerkingen.clear()  # where the object is, is known
    return finish(row, fields)


def _read_permit(fields: Velden, *, needed: bool = False) -> VergunningRij | None:
    soort = fields.choice("vergunningsoort", Vergunningsoort)
    nummer = fields.text("vergunningnummer", 80)
    since, until = fields.day("vergunningVanaf"), fields.last_day("vergunningTot")
    status = fields.choice("vergunningstatus", Vergunningstatus) or Vergunningstatus.VERLEEND
    if not needed and soort is None and not nummer and since is None and until is None:
        return None
    faults = [
        RijFout(name, "ontbreekt bij de vergunning")
        for name, value in (("vergunningsoort", soort), ("vergunningnummer", nummer), ("vergunningVanaf", since))
        if not value and not any(fault.veld == name for fault in fields.fouten)
    ]
    fields.fouten.extend(faults)
    if soort is None or not nummer or since is None:
        return None
    if until is not None and until < since:
        fields.refuse("vergunningTot", "ligt voor vergunningVanaf")
        return None
    return VergunningRij(soort, nummer, status, since, until)


def _read_plan(fields: Velden) -> tuple[str, date] | None:
    version, approved = fields.text("bedrijfsplanVersie", 80), fields.day("bedrijfsplanGoedgekeurdOp")
    if version and approved is not None:
        return version, approved
    if version or approved is not None:
        fields.refuse("bedrijfsplanVersie", "geef de versie en de datum van goedkeuring samen")
    return None
