"""What a sealed document may hold beyond table E, and how its secrets look (issue of the hand-over; DAT-03)."""

import re
from collections.abc import Callable

from app.signalen.rules.delen import Gegeven, Grond

NOOIT_GEDEELD = frozenset({"HUI-21"})
"""Whether a third party earns from a dwelling is for the AF alone (table E)."""

DEEL_VAN_LIJSTEN: dict[str, tuple[str, ...]] = {"arbeidsinspectie": ("ARB-", "HUI-")}
"""Kinds of partner that get the answers of some lists only (table E: NLA, 'arbeid/HUI')."""

SOORTEN: dict[str, str] = {
    "SEKS": "seksinrichting",
    "MASS": "massagesalon",
    "HOR": "horeca",
    "BEDR": "bedrijf",
    "WON": "woning",
    "LOG": "logies",
    "HOT": "hotel",
}
GRONDEN: dict[Grond, str] = {
    Grond.PUBLIEKE_TAAK: "Publieke taak: opsporing",
    Grond.VITAAL_BELANG: "Vitaal belang",
    Grond.VEILIG_THUIS: "Wmo 2015: melding aan Veilig Thuis",
    Grond.ZORG: "Wmo 2015: zorgcoördinatie",
    Grond.WGS: "Wet gegevensverwerking door samenwerkingsverbanden",
    Grond.CONVENANT: "Convenant",
}
"""How a document says what is a code here: its recipient knows no codes of this service."""

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # no sign that looks like another: it is read out by phone
_GROEPEN, _GROEP = 5, 5
SLEUTELPATROON = re.compile(r"[A-Za-z0-9_-]{43}")


def may_go_along(partnersoort: str, item: str) -> bool:
    """Whether an answer to this item may stand in a document for this kind of partner."""
    lists = DEEL_VAN_LIJSTEN.get(partnersoort)
    return item not in NOOIT_GEDEELD and (lists is None or item.startswith(lists))


def password(choose: Callable[[str], str]) -> str:
    """A password of 123 bits in groups; `choose` takes one sign at random."""
    return "-".join("".join(choose(_LETTERS) for _ in range(_GROEP)) for _ in range(_GROEPEN))


def tells_place(velden: frozenset[Gegeven]) -> bool:
    """Whether the address goes along."""
    return bool(velden & {Gegeven.MINIMAAL, Gegeven.OBJECT})
