"""What may be shared with whom and on which ground: table E of the signal route as data (DAT-03).

The grounds are inferred and need a legal check (meldroute section 6). What a kind of partner is not named for gets an address, the
form and the urgency at most. Nothing about people can be shared from here: there is no code for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.signalen.status import Overlegsoort


class Gegeven(StrEnum):
    """Kinds of data of a signal, the rows of table E."""

    MINIMAAL = "adres-vorm-urgentie"
    OBJECT = "object-en-adres"
    NALEVING = "antwoorden-naleving"
    VERTROUWELIJK = "antwoorden-vertrouwelijk"
    TEKST = "feitelijke-tekst"
    KVK = "kvk-of-vergunningnummer"
    STATUS = "status-en-urgentie"
    BEOORDELING = "beoordeling"


WOORDEN: dict[Gegeven, str] = {
    Gegeven.MINIMAAL: "adres, vorm en urgentie",
    Gegeven.OBJECT: "object en adres",
    Gegeven.NALEVING: "antwoorden over naleving",
    Gegeven.VERTROUWELIJK: "vertrouwelijke antwoorden",
    Gegeven.TEKST: "de tekst van het signaal",
    Gegeven.KVK: "KvK- of vergunningnummer",
    Gegeven.STATUS: "status en urgentie",
    Gegeven.BEOORDELING: "de beoordeling",
}


class Grond(StrEnum):
    """Legal grounds of a share."""

    PUBLIEKE_TAAK = "publieke-taak-opsporing"
    VITAAL_BELANG = "vitaal-belang"
    VEILIG_THUIS = "wmo-veilig-thuis"
    ZORG = "wmo-zorgcoordinatie"
    WGS = "wet-gegevensverwerking-door-samenwerkingsverbanden"
    CONVENANT = "convenant"


@dataclass(frozen=True)
class Deelregel:
    """What one kind of partner may get."""

    velden: frozenset[Gegeven]
    gronden: frozenset[Grond]


_ALL = frozenset(Gegeven)
_LITTLE = frozenset({Gegeven.MINIMAAL, Gegeven.STATUS})
_DETECTION = Deelregel(_ALL, frozenset({Grond.PUBLIEKE_TAAK, Grond.VITAAL_BELANG}))
_CARE = Deelregel(_LITTLE, frozenset({Grond.ZORG, Grond.VITAAL_BELANG}))
_ALLIANCE = Deelregel(_ALL, frozenset({Grond.WGS}))
_OTHER = Deelregel(frozenset({Gegeven.MINIMAAL}), frozenset({Grond.CONVENANT}))

OVERLEG_GEGEVENS: dict[Overlegsoort, frozenset[Gegeven]] = dict.fromkeys(
    (
        Overlegsoort.DRIELUIK,
        Overlegsoort.ONDERMIJNING,
        Overlegsoort.CASUS_MINDERJARIG,
        Overlegsoort.KWARTAAL_AF_ZC,
        Overlegsoort.RIEC_TAFEL,
    ),
    _LITTLE,
)
"""What the members of a meeting see of a signal: address, form and urgency, and its state; the column of who may see least at that table.
A meeting that is not named has no signals on its agenda."""

DEELREGELS: dict[str, Deelregel] = {
    "politie-mensenhandel": _DETECTION,
    "kmar": _DETECTION,
    "arbeidsinspectie": _DETECTION,
    "veilig-thuis": Deelregel(_LITTLE, frozenset({Grond.VEILIG_THUIS, Grond.VITAAL_BELANG})),
    "zorgcoordinator": _CARE,
    "zorgcoordinator-jeugd": _CARE,
    "riec": _ALLIANCE,
    "zorg-en-veiligheidshuis": _ALLIANCE,
    "meld-misdaad-anoniem": Deelregel(frozenset(), frozenset()),
}


def share_faults(partnersoort: str, velden: Iterable[Gegeven], grond: Grond, *, woning: bool) -> list[str]:
    """Why these data may not go to this kind of partner on this ground, in Dutch; empty when they may.

    Args:
        partnersoort: kind of partner.
        velden: what would be shared.
        grond: the ground that is given.
        woning: the place is a dwelling; a trade number never goes along with it.
    """
    rule = DEELREGELS.get(partnersoort, _OTHER)
    asked = frozenset(velden)
    faults = []
    too_much = sorted(asked - rule.velden)
    if too_much:
        named = "; ".join(f"{WOORDEN[one]} ({one})" for one in too_much)
        faults.append(f"Met deze partner ({partnersoort}) mag u dit niet delen: {named}. Laat het weg.")
    if woning and Gegeven.KVK in asked:
        faults.append("Bij een woning gaat nooit een KvK- of vergunningnummer mee.")
    if grond not in rule.gronden:
        fitting = ", ".join(sorted(rule.gronden)) or "geen"
        faults.append(f"Deze grond past niet bij deze partner ({partnersoort}); wat past: {fitting}.")
    return faults
