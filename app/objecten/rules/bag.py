"""What the BAG says of an address: identifications, statuses and purposes (Catalogus BAG 2018; B5, B6, B9)."""

import json
import re

GEBRUIKSDOELEN = (
    "woonfunctie", "bijeenkomstfunctie", "celfunctie", "gezondheidszorgfunctie", "industriefunctie", "kantoorfunctie",
    "logiesfunctie", "onderwijsfunctie", "sportfunctie", "winkelfunctie", "overige gebruiksfunctie",
)  # fmt: skip
NUMMERAANDUIDING, PAND = "20", "10"
ADRESSEERBAAR = frozenset({"01", "02", "03"})
"""Object types in the fifth and sixth digit: verblijfsobject, ligplaats, standplaats."""
UNKNOWN_M2 = 999_999
"""What the BAG holds where the floor area is not known."""
_MAX_M2 = 999_998
_WITHDRAWN = ("ingetrokken", "niet gerealiseerd", "ten onrechte", "gesloopt")
_QUANTITY = re.compile(r"(\d{10,16})(?:[.,]0+)?", re.ASCII)


def restore_id(text: str, gemeentecode: str) -> str:
    """Returns an identification of 16 digits, with the leading zeros that a spreadsheet took off put back (B6).

    Zeros are put back only where the digits of the municipality then stand in front, so that it is certain.

    Args:
        text: the identification; an address of the linked data (`NL.IMBAG.…`) or a number with `.0` is understood.
        gemeentecode: such as GM0518, the importing municipality.

    Raises:
        ValueError: anything else; the Dutch text is fit for a screen.
    """
    found = _QUANTITY.fullmatch(text.strip().rsplit(".", 1)[-1] if text.startswith("NL.") else text.strip())
    if found is None:
        raise ValueError("is geen BAG-kenmerk; dat heeft zestien cijfers (bewaar de kolom als tekst)")
    digits = found[1]
    if len(digits) == 16:
        return digits
    restored = digits.zfill(16)
    if restored[:4] != gemeentecode.removeprefix("GM"):
        raise ValueError("heeft geen zestien cijfers; zet de nullen terug die vooraan zijn weggevallen")
    return restored


def is_withdrawn(status: str) -> bool:
    """Whether a status means that the address is there no more, or never was; out of use is still there (B5)."""
    told = status.casefold()
    return any(word in told for word in _WITHDRAWN)


def parse_gebruiksdoelen(text: str) -> tuple[list[str], int]:
    """The purposes in a text with commas between them, or in a JSON list; and how many were none of the eleven (B5, B8)."""
    told = text.strip()
    if told.startswith("["):
        try:
            values = [str(value) for value in json.loads(told)]
        except ValueError:
            values = re.split(r"[,|;]", told.strip("[]").replace("'", "").replace('"', ""))
    else:
        values = re.split(r"[,|;]", told)
    named = [" ".join(value.split()).casefold() for value in values if value.strip()]
    known = [doel for doel in GEBRUIKSDOELEN if doel in named]
    return known, len(set(named) - set(known))


def parse_oppervlakte(text: str) -> int | None:
    """A floor area in whole square metres, or None where the BAG does not know it.

    Raises:
        ValueError: no whole number of 1 or more.
    """
    found = re.fullmatch(r"(\d{1,6})(?:[.,]0+)?", text.strip(), re.ASCII)
    if found is None or int(found[1]) == 0:
        raise ValueError("is geen oppervlakte in hele vierkante meters")
    return int(found[1]) if int(found[1]) <= _MAX_M2 else None
