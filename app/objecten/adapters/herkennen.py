"""Which layout a file is in, by its columns or tables; the first that fits holds, so the narrow ones come first."""

from collections.abc import Sequence

from app.objecten.adapters.lijst import INDELINGEN
from app.objecten.adapters.velden import canonical
from app.objecten.status import Importindeling

_BAG_TABLES = frozenset({"woonplaats", "pand", "verblijfsobject", "standplaats", "ligplaats"})
_CBS_TABLES = frozenset({"gemeenten", "wijken", "buurten"})
_CBS_CODES = frozenset({"gemeentecode", "wijkcode", "buurtcode", "gmcode", "wkcode", "bucode", "statcode"})
_CBS_NAMES = frozenset({"gemeentenaam", "wijknaam", "buurtnaam", "gmnaam", "wknaam", "bunaam", "statnaam"})
_ADDRESS = frozenset({"straat", "huisnummer", "postcode", "woonplaats"})
_PERMITS = Importindeling.VERGUNNINGEN
_OWN = (Importindeling.OBJECTEN, Importindeling.RISICOADRESSEN, _PERMITS)
_MORE_THAN_ADDRESS = frozenset(canonical(name) for kind in _OWN for name in INDELINGEN[kind].columns) - {
    *_ADDRESS,
    "huisletter",
    "toevoeging",
    "x",
    "y",
    "bron",
}
"""Columns that say more of a place than its address: a list with one of these that misses another is no list of addresses."""
_ORDER = (
    Importindeling.AMSTERDAM_HORECA,
    Importindeling.DEN_HAAG_HORECA,
    Importindeling.RISICOADRESSEN,
    Importindeling.OBJECTEN,
    Importindeling.VERGUNNINGEN,
    Importindeling.KVK,
    Importindeling.BAG,
    Importindeling.CBS_GEBIEDEN,
    Importindeling.ADRESSEN,
)


def layout_of(headers: Sequence[Sequence[str]], tables: Sequence[str]) -> Importindeling | None:
    """The layout that one of these rows of column names fits, or the names of the tables; None when none does."""
    named = {canonical(name.rpartition(":")[2]) for name in tables}
    if len(named & _BAG_TABLES) >= 3:
        return Importindeling.BAG
    if len(named & _CBS_TABLES) >= 2:
        return Importindeling.CBS_GEBIEDEN
    columns = [{canonical(name) for name in header} for header in headers]
    if any("vergunningstatus" in names and "naam" not in names for names in columns if _fits(_PERMITS, names)):
        return _PERMITS  # with all of its columns it holds those of `objecten` too
    return next((kind for kind in _ORDER if any(_fits(kind, names) for names in columns)), None)


def _fits(kind: Importindeling, names: set[str]) -> bool:
    layout = INDELINGEN.get(kind)
    if layout is not None:
        known = set(layout.known(sorted(names)).values())
        if kind is _PERMITS and "objectnummer" not in known and not known >= _ADDRESS:
            return False
        return known >= set(layout.needed)
    if kind is Importindeling.BAG:
        street = any(name.startswith("openbareruimte") for name in names)
        return street and {"huisnummer", "postcode"} <= names
    if kind is Importindeling.CBS_GEBIEDEN:
        return bool(names & _CBS_CODES) and bool(names & _CBS_NAMES)
    return names >= _ADDRESS and not names & _MORE_THAN_ADDRESS
