"""Which column of a file holds which part of an address: names of the BAG products, of the WFS, of amsterdam-schema and of the own template."""

import re
from collections.abc import Iterable, Mapping

TEMPLATE = (
    "straat", "huisnummer", "huisletter", "toevoeging", "postcode", "woonplaats", "bagId", "x", "y", "gebruiksdoel", "oppervlakte",
)  # fmt: skip
"""The columns of the layout `adressen`."""

NEEDED = ("straat", "huisnummer", "postcode", "woonplaats")

# Plain names (see `plain`). bag-light flattens street and number onto each object (B9); the WFS has other names (B8);
# in amsterdam-schema a relation is an object with the name or identification in it.
_ALIASES: dict[str, tuple[str, ...]] = {
    "straat": (
        "straat", "straatnaam", "openbareruimtenaam", "openbareruimte", "naamopenbareruimte", "ligtaanopenbareruimte",
        "ligtaanopenbareruimtenaam",
    ),
    "huisnummer": ("huisnummer", "huisnr"),
    "huisletter": ("huisletter", "huislt"),
    "toevoeging": ("toevoeging", "huisnummertoevoeging", "toev"),
    "postcode": ("postcode",),
    "woonplaats": ("woonplaats", "woonplaatsnaam", "ligtinwoonplaats", "ligtinwoonplaatsnaam"),
    "bagId": (
        "bagid", "nummeraanduidinghoofdadresidentificatie", "nummeraanduidingidentificatie", "nummeraanduidingid",
        "nummeraanduiding", "heefthoofdadres", "heefthoofdadresid", "heefthoofdadresidentificatie",
    ),
    "adresseerbaar": (
        "adresseerbaarobjectidentificatie", "adresseerbaarobjectid", "verblijfsobjectid", "verblijfsobjectidentificatie",
        "adresseertverblijfsobject", "adresseertverblijfsobjectid", "adresseertverblijfsobjectidentificatie",
        "adresseertligplaats", "adresseertligplaatsid", "adresseertligplaatsidentificatie",
        "adresseertstandplaats", "adresseertstandplaatsid", "adresseertstandplaatsidentificatie",
    ),
    "identificatie": ("identificatie",),
    "pand": (
        "pandidentificatie", "pandid", "pand", "pandidentificaties", "ligtinpanden", "ligtinpandenid",
        "ligtinpandenidentificatie",
    ),
    "gebruiksdoel": ("gebruiksdoel", "gebruiksdoelen"),
    "oppervlakte": ("oppervlakte",),
    "status": ("status", "statusomschrijving", "adresseerbaarobjectstatus"),
    "bronhouder": ("bronhouderidentificatie",),
    "gemeente": ("gemeentecode", "gmcode"),
    "einde": ("eindgeldigheid",),
    "x": ("x", "xrd", "rdx", "xcoordinaat"),
    "y": ("y", "yrd", "rdy", "ycoordinaat"),
    "geometrie": ("geometrie", "geometry", "wkt"),
}  # fmt: skip
_FIELD_OF = {alias: field for field, aliases in _ALIASES.items() for alias in aliases}


def plain(name: str) -> str:
    """A column name without capitals, spaces, underscores, hyphens and dots."""
    return re.sub(r"[\s_.\-]", "", name).lower()


def fields_of(names: Iterable[str]) -> dict[str, list[str]]:
    """Per part of an address the columns that hold it, in the order of the file; other columns are never read."""
    found: dict[str, list[str]] = {}
    for name in names:
        field = _FIELD_OF.get(plain(name))
        if field is not None:
            found.setdefault(field, []).append(name)
    return found


def missing_of(fields: Mapping[str, list[str]]) -> list[str]:
    """The parts without which no address can be read."""
    return [field for field in NEEDED if field not in fields]


def explain_missing(missing: Iterable[str]) -> str:
    """What a person should know of a file that lacks columns."""
    told = ", ".join(missing)
    return (
        f"Deze kolommen ontbreken: {told}. Voor adressen zijn nodig: straat (of openbare_ruimte_naam), huisnummer, postcode en "
        "woonplaats; kies de juiste indeling of gebruik het sjabloon."
    )
