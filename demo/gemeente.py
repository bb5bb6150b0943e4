"""The invented municipality as a whole: profile, areas, stock, capacity and accounts, from one seed."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from demo.gebieden import Buurt, as_geojson, make_buurten
from demo.geschiedenis import Geschiedenis, make_history
from demo.voorraad import OBJECT_COLUMNS, RISK_COLUMNS, as_csv, make_risks, make_stock

CODE, NAAM = "GM9900", "Veldwachtstad"
REGIO = {"code": "RG99", "naam": "Regio Markermeer"}

Rolrij = tuple[str, str, list[str], str | None, str | None, str]
"""An account: subject, name, roles, team, domain, what it is for."""
POLITIEPOSTBUS = "mensenhandel@politie.example"
Partnerrij = tuple[str, str, str, list[str], list[str]]
ROLLEN: tuple[Rolrij, ...] = (
    ("toezichthouder-1", "Toezichthouder 1", ["toezichthouder"], "prostitutie", None, "controles van vandaag, checklist, acuut"),
    ("toezichthouder-2", "Toezichthouder 2", ["toezichthouder"], "prostitutie", None, "tweede toezichthouder van het team"),
    ("toezichthouder-3", "Toezichthouder 3", ["toezichthouder"], "malafide", None, "team malafide bedrijvigheid"),
    ("toezichthouder-4", "Toezichthouder 4", ["toezichthouder"], "malafide", None, "team malafide bedrijvigheid"),
    ("toezichthouder-5", "Toezichthouder 5", ["toezichthouder"], "toezicht", None, "team toezicht"),
    ("toezichthouder-6", "Toezichthouder 6", ["toezichthouder"], "toezicht", None, "team toezicht"),
    ("teamleider", "Teamleider toezicht", ["teamleider"], "prostitutie", None, "ziet status, nooit inhoud van een signaal"),
    ("planner", "Planner", ["planner"], None, None, "planronde maken en vaststellen"),
    ("hoofdplanner", "Hoofdplanner", ["hoofdplanner"], None, None, "planronde vrijgeven"),
    ("pandbrigade", "Pandbrigade 1", ["pandbrigade"], "pandbrigade", None, "overbewoning melden"),
    ("balie", "Balie Burgerzaken", ["balie"], None, None, "signaal doorgeven"),
    ("af-veiligheid", "Aandachtsfunctionaris veiligheid", ["aandachtsfunctionaris"], None, "veiligheid", "postvak met signalen"),
    ("af-zorg", "Aandachtsfunctionaris zorg", ["aandachtsfunctionaris"], None, "zorg", "vervanger en tweede persoon"),
    ("vergunningverlener", "Vergunningverlener", ["vergunningverlener"], None, None, "vergunningen en Bibob-werklijst"),
    ("ketenregisseur", "Ketenregisseur", ["ketenregisseur"], None, None, "cijfers van de regio"),
    ("bestuur", "Bestuur", ["bestuur"], None, None, "cijfers, nooit een zaak"),
    ("politie", "Afstemmer politie", ["afstemmer-politie"], None, None, "akkoord of wachten op een bezoek"),
    ("om", "Afstemmer OM", ["afstemmer-om"], None, None, "akkoord of wachten op een bezoek"),
    ("beheerder", "Beheerder", ["beheerder"], None, None, "partners, normen, teams, accounts"),
)  # fmt: skip
TEAMS = {
    "prostitutie": ("Team Prostitutie", "heit-prostitutie"),
    "malafide": ("Team Malafide Bedrijvigheid", "heit-malafide-bedrijvigheid"),
    "toezicht": ("Team Toezicht", "toezicht"),
    "pandbrigade": ("Pandbrigade", "pandbrigade"),
}
PARTNERS: tuple[Partnerrij, ...] = (
    ("politie", "politie-mensenhandel", "AVIM", ["politie"], ["seksueel", "crimineel"]),
    ("arbeidsinspectie", "arbeidsinspectie", "Nederlandse Arbeidsinspectie", ["ISZW", "NLA"], ["arbeid"]),
    ("belastingdienst", "belastingdienst", "Belastingdienst", [], []),
    ("omgevingsdienst", "omgevingsdienst", "Omgevingsdienst", [], []),
    ("zorgcoordinator", "zorgcoordinator", "Zorgcoördinatie", [], ["seksueel", "arbeid", "crimineel"]),
    ("veilig-thuis", "veilig-thuis", "Veilig Thuis", [], []),
    ("leerplicht", "leerplicht", "Leerplicht", [], []),
    ("riec", "riec", "RIEC", [], []),
)
# partner -> what it does in an action, and the law under which
TAKEN = {
    "politie": ("identiteit en verblijf; veiligheid van wie meegaat", "Politiewet 2012, Vreemdelingenwet 2000"),
    "arbeidsinspectie": ("arbeidsvoorwaarden en werkvergunningen", "Wet arbeid vreemdelingen, Wet minimumloon"),
    "belastingdienst": ("administratie en loonaangifte", "Algemene wet inzake rijksbelastingen"),
    "omgevingsdienst": ("brandveiligheid en milieu", "Omgevingswet"),
    "zorgcoordinator": ("opvang en zorg, op afroep", "convenant, verzonnen"),
    "veilig-thuis": ("advies en onderzoek bij onveiligheid thuis", "Wet maatschappelijke ondersteuning 2015"),
    "leerplicht": ("schoolverzuim", "Leerplichtwet 1969"),
    "riec": ("informatie van partners naast elkaar leggen", "Wet gegevensverwerking door samenwerkingsverbanden"),
}
AFS, PIKETWEKEN = ("af-zorg", "af-veiligheid"), 12  # each other week the other is called first
GEBIEDEN = "gebieden.geojson"
NUMMER = "000 000"  # no number at all: the demo calls nobody
NORMEN = (
    ("CONTROLE_SEKS_PER_JAAR", 6, "controles per inrichting per jaar"),
    ("CONTROLE_INTEGRAAL_BEDRIJF_PER_JAAR", 30, "controles per jaar"),
    ("CONTROLE_INTEGRAAL_BESTUURLIJK_PER_JAAR", 4, "acties per jaar"),
    ("BIBOB_TOETS_JAREN", 4, "jaren"),
    ("APV_LEEFTIJD_SEKSWERK", 21, "jaren"),
    ("RISICOADRES_DAGEN", 14, "dagen"),
    ("HORECA_PER_JAAR", 1, "controles per jaar"),
    ("MINIMUM_TUSSEN_CONTROLES_DAGEN", 7, "dagen"),
)
# weekday (Monday is 0) -> shifts in minutes after midnight; after an evening the same two people are rested (PLN-16)
DIENSTEN = {
    "prostitutie": {1: (960, 1440), 3: (960, 1440), 5: (1020, 1500)},
    "malafide": {0: (540, 1020), 2: (540, 1020), 4: (960, 1440)},
    "toezicht": {0: (540, 1020), 1: (540, 1020), 2: (960, 1440), 3: (720, 1200), 4: (960, 1440)},
}


@dataclass(frozen=True)
class Dienst:
    """A shift of a team, or a date of a partner, by its name."""

    datum: date
    van: int
    tot: int
    team: str | None = None
    partner: str | None = None


@dataclass(frozen=True)
class Voorbeeldgemeente:
    """Everything of one invented municipality."""

    code: str
    naam: str
    profiel: dict[str, Any]
    gebieden: dict[str, object]
    buurten: list[Buurt]
    objecten_csv: bytes
    risicoadressen_csv: bytes
    diensten: list[Dienst]
    rollen: list[tuple[str, str, str]]
    geschiedenis: Geschiedenis
    vanaf: date


def generate(seed: int, inwoners: int, today: date) -> Voorbeeldgemeente:
    """A municipality of `inwoners` inhabitants; the same seed, size and day give the same one.

    Args:
        seed: any whole number.
        inwoners: size; the number of objects follows from it.
        today: the day on which its history ends and its planning begins.
    """
    rng = random.Random(f"{seed}:{inwoners}")
    buurten = make_buurten(rng, CODE, max(6, min(99, inwoners // 4_000)), 1_200.0 + (inwoners**0.5) * 12)
    stock = make_stock(rng, buurten, inwoners, today)
    risks = make_risks(rng, buurten, inwoners, today)
    return Voorbeeldgemeente(
        code=CODE,
        naam=NAAM,
        profiel=_profile(today),
        gebieden=as_geojson(CODE, NAAM, buurten),
        buurten=buurten,
        objecten_csv=as_csv(OBJECT_COLUMNS, stock),
        risicoadressen_csv=as_csv(RISK_COLUMNS, risks),
        diensten=_shifts(today),
        geschiedenis=make_history(random.Random(f"{seed}:{inwoners}:geschiedenis"), stock, PARTNERS[0][2], today),
        rollen=[(sub, functie, kan) for sub, functie, _, _, _, kan in ROLLEN],
        vanaf=today,
    )


def _shifts(today: date) -> list[Dienst]:
    """Shifts of a year from today, today's included for each team so that there is something to see at once."""
    shifts = []
    for number in range(366):
        day = today + timedelta(days=number)
        for team, week in DIENSTEN.items():
            hours = week.get(day.weekday()) or (next(iter(week.values())) if number == 0 else None)
            if hours:
                shifts.append(Dienst(day, *hours, team=TEAMS[team][0]))
        for index, (_key, _soort, naam, _aliassen, _vormen) in enumerate(PARTNERS[:4]):
            if day.weekday() == (1, 3, 2, 4)[index] and day.isocalendar().week % 2 == index % 2:
                shifts.append(Dienst(day, 960, 1440, partner=naam))
    return shifts


def _profile(today: date) -> dict[str, Any]:
    """The municipality profile (docs/gemeenteprofiel.md)."""
    return {
        **profile_of(CODE, NAAM, ROLLEN, AFS, PARTNERS, today),
        "normen": [
            {"sleutel": key, "waarde": value, "eenheid": unit, "bron": ["verzonnen"]} for key, value, unit in NORMEN
        ],
        "teams": [{"sleutel": key, "naam": naam, "soort": soort} for key, (naam, soort) in TEAMS.items()],
    }


def profile_of(
    code: str, naam: str, rollen: Sequence[Rolrij], afs: tuple[str, str], partners: Sequence[Partnerrij], today: date
) -> dict[str, Any]:
    """What the profile of every invented municipality of the region has: areas, partners, accounts, two AFs who take turns on call."""
    started = (today - timedelta(days=400)).isoformat()
    noon = datetime.combine(today - timedelta(days=1), time(), tzinfo=UTC)
    return {
        "regio": REGIO,
        "gemeente": {"code": code, "naam": naam},
        "gebieden": [{"bestand": GEBIEDEN, "jaar": today.year, "bron": "verzonnen"}],
        "partners": [
            {
                "sleutel": key,
                "soort": soort,
                "naam": partner,
                "aliassen": alias,
                "vormen": vormen,
                "geldigVanaf": started,
                "taken": TAKEN[key][0],
                "grondslag": TAKEN[key][1],
                **({"kanaal": POLITIEPOSTBUS} if key == "politie" else {}),
            }
            for key, soort, partner, alias, vormen in partners
        ],
        "accounts": [
            {
                "sub": sub,
                "functie": functie,
                "rollen": roles,
                "domein": domein,
                "actiefVanaf": started,
                "teams": [team] if team else [],
                "aanwijzingen": [{"wet": wet, "geldigVanaf": started} for wet in _wetten(roles)],
            }
            for sub, functie, roles, team, domein, _ in rollen
        ],
        "piketdiensten": [
            {
                "sleutel": f"piket-{week}-{rang}",
                "account": afs[(week + rang) % 2],
                "nummer": NUMMER,
                "rang": rang,
                "van": (noon + timedelta(days=7 * week)).isoformat(),
                "tot": (noon + timedelta(days=7 * week + 7)).isoformat(),
            }
            for week in range(PIKETWEKEN)
            for rang in (1, 2)
        ],
    }


def _wetten(rollen: list[str]) -> list[str]:
    if "toezichthouder" in rollen:
        return ["apv", "alcoholwet", "huisvestingswet", "omgevingswet", "wet-goed-verhuurderschap"]
    return ["huisvestingswet", "omgevingswet"] if "pandbrigade" in rollen else []
