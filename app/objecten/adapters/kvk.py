"""Files with answers of the KVK API (basisprofielen, vestigingsprofielen, zoeken; B11), or a table with the same columns.

A business becomes an object at the visiting address of its (main) branch. The owner is dropped unread. What KVK shields is not stored at all.
The KvK number of a one-person business tells who somebody is, and is not stored.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

from app.objecten.adapters.bestand import Record
from app.objecten.adapters.eigen_csv import finish
from app.objecten.adapters.velden import Velden, canonical
from app.objecten.rules.adressen import Huisnummer, address_code, clean_part, own_number, parse_huisnummer
from app.objecten.rules.importrij import AdresRij, GelezenRij, Importrij
from app.objecten.rules.nummers import parse_kvk, parse_postcode
from app.objecten.status import Objecttype

COLUMNS = (
    "kvkNummer", "vestigingsnummer", "naam", "eenmanszaak", "indAfgeschermd", "sbiCode", "straatnaam", "huisnummer", "huisletter",
    "huisnummerToevoeging", "postcode", "plaats", "land", "datumEinde",
)  # fmt: skip
NEEDED = ("kvkNummer", "naam", "straatnaam", "plaats")
NEEDED_IN_ROW = ("huisnummer", "postcode")
MAPPING: Final = Path(__file__).resolve().parents[3] / "checklists" / "sbi-sectoren-1.yaml"
_NUMBERS = frozenset({"kvknummer", "vestigingsnummer"})
_SHIELDED = "de KVK schermt dit adres af; er is niets van bewaard"


def flatten(item: Mapping[str, Any]) -> Mapping[str, object] | None:
    """One profile or search result as columns; None for what is none of these.

    The visiting address counts; an address that is shielded leaves its parts out, so that no later step can keep them.
    """
    if "kvkNummer" not in item and "vestigingsnummer" not in item:
        return None
    within = _mapping(item.get("_embedded"))
    main, owner = _mapping(within.get("hoofdvestiging")), _mapping(within.get("eigenaar"))
    place = item if "adressen" in item or "adres" in item else main
    form = one_person(str(owner.get("rechtsvorm") or item.get("rechtsvorm") or ""))
    # An association has no branch: then its own address counts. That of a person never does.
    address = _visiting(place) or (_visiting(owner) if form == "Nee" else {})
    shielded = any(_yes(one.get("indAfgeschermd")) for one in (item, main, address))
    row: dict[str, object] = {
        "kvkNummer": item.get("kvkNummer", main.get("kvkNummer")),
        "vestigingsnummer": item.get("vestigingsnummer", main.get("vestigingsnummer")),
        "naam": item.get("eersteHandelsnaam") or main.get("eersteHandelsnaam") or item.get("naam"),
        "eenmanszaak": form,
        "indAfgeschermd": "Ja" if shielded else "Nee",
        "sbiCode": _main_activity(item) or _main_activity(main),
        "datumEinde": _mapping(place.get("materieleRegistratie") or item.get("materieleRegistratie")).get("datumEinde"),
    }
    parts = {
        name: address.get(name)
        for name in ("straatnaam", "huisnummer", "huisletter", "huisnummerToevoeging", "postcode", "plaats", "land")
    }
    hidden = dict.fromkeys((*parts, "kvkNummer", "vestigingsnummer", "naam"))
    return row | (hidden if shielded else parts)


def one_person(legal_form: str) -> str:
    """Whether a legal form is that of a one-person business, whose KvK number is personal data: Ja, Nee, or nothing when it is not told."""
    plain = canonical(legal_form)
    if not plain:
        return ""
    return "Ja" if plain.startswith(("eenmanszaak", "eenmanszk", "eenpersoons", "1manszaak")) else "Nee"


def hide(values: Mapping[str, str]) -> dict[str, str]:
    """What may be kept of a row: nothing of what KVK shields, no number unless it is certain that it is not of one person."""
    plain = {canonical(name): value for name, value in values.items()}
    if _yes(plain.get("indafgeschermd")):
        return {}
    certain = plain.get("eenmanszaak", "").lower() == "nee"
    return {name: "" if canonical(name) in _NUMBERS and not certain else value for name, value in values.items()}


def read_business(record: Record) -> GelezenRij:
    """A business as an object of type BEDR."""
    fields = Velden(record)
    if _yes(fields.text("indAfgeschermd")):
        fields.refuse("indAfgeschermd", _SHIELDED)
        return finish(_nothing(record), fields)
    if fields.text("datumEinde"):
        fields.refuse("datumEinde", "de onderneming is beëindigd; er is geen object van gemaakt")
    if fields.text("land").lower() not in {"", "nederland", "nl"}:
        fields.refuse("land", "het adres ligt niet in Nederland")
    number = fields.parsed("huisnummer", parse_huisnummer, 20) or Huisnummer(0)
    for name in NEEDED_IN_ROW:
        if not fields.text(name) and not any(fault.veld == name for fault in fields.fouten):
            fields.refuse(
                name, "ontbreekt; een zoekresultaat van de KVK geeft geen volledig adres, gebruik het vestigingsprofiel"
            )
    x, y = fields.point()
    adres = AdresRij(
        straat=fields.text("straatnaam", needed=True),
        huisnummer=number.nummer,
        huisletter=clean_part(fields.text("huisletter", 10)) or number.letter,
        toevoeging=clean_part(fields.text("huisnummerToevoeging", 10)) or number.toevoeging,
        postcode=fields.parsed("postcode", parse_postcode) or "",
        woonplaats=fields.text("plaats", needed=True),
        x=x,
        y=y,
    )
    kvk = _business_number(fields)
    naam = fields.name("naam", Objecttype.BEDR, frozenset(filter(None, (kvk,))))
    row = Importrij(
        regel=record.regel,
        adres=adres,
        nummer=own_number(Objecttype.BEDR, address_code(*adres.key), naam),
        type=Objecttype.BEDR,
        naam=naam,
        kvk_nummer=kvk,
        sector=sector_of(fields.text("sbiCode")),
        nummer_bedacht=True,
    )
    return finish(row, fields)


def sector_of(sbi: str) -> str | None:
    """The sector of a main activity (SBI): that of the longest code in the mapping that it begins with; None when there is none."""
    code = "".join(sign for sign in sbi if sign.isdigit())
    found = max((start for start in _mapping_of_sectors() if code.startswith(start)), key=len, default="")
    return _mapping_of_sectors().get(found)


@lru_cache(maxsize=1)
def _mapping_of_sectors() -> dict[str, str]:
    content = yaml.safe_load(MAPPING.read_text(encoding="utf-8"))
    return {str(code): str(row["sector"]) for row in content["sectoren"] for code in row["sbi"]}


def _business_number(fields: Velden) -> str | None:
    """The KvK number, unless it may be that of one person: a branch profile and a search result do not tell the legal form."""
    told = fields.text("eenmanszaak").lower()
    if told == "nee":
        return fields.parsed("kvkNummer", parse_kvk)
    why = (
        "bij een eenmanszaak is het een persoonsgegeven"
        if told
        else "de rechtsvorm staat er niet bij, dus het kan van een eenmanszaak zijn"
    )
    fields.remark("kvkNummer", f"is niet bewaard: {why}")
    return None


def _nothing(record: Record) -> Importrij:
    return Importrij(record.regel, AdresRij("", 0, "", "", "", "", None, None), None, Objecttype.BEDR, "")


def _visiting(place: Mapping[str, Any]) -> Mapping[str, Any]:
    """The visiting address of a branch or search result."""
    found = _mapping(_mapping(place.get("adres")).get("binnenlandsAdres"))
    listed = place.get("adressen")
    for one in listed if isinstance(listed, list) else []:
        if _mapping(one).get("type") == "bezoekadres":
            return _mapping(one)
    return found if found.get("type", "bezoekadres") == "bezoekadres" else {}


def _main_activity(place: Mapping[str, Any]) -> str:
    listed = place.get("sbiActiviteiten")
    activities = [_mapping(one) for one in listed] if isinstance(listed, list) else []
    main = next((one for one in activities if _yes(one.get("indHoofdactiviteit"))), None)
    return "" if main is None else str(main.get("sbiCode", ""))


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _yes(value: object) -> bool:
    return value is True or str(value).strip().lower() in {"ja", "true", "j", "1"}
