"""The invented municipality as a whole: profile, areas, stock, capacity and accounts, from one seed."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from demo.gebieden import Buurt, as_geojson, make_buurten
from demo.voorraad import OBJECT_COLUMNS, RISK_COLUMNS, as_csv, make_risks, make_stock

CODE, NAAM = "GM9900", "Veldwachtstad"
REGIO = {"code": "RG99", "naam": "Regio Markermeer"}

ROLLEN = (
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
    ("beheerder", "Beheerder", ["beheerder"], None, None, "partners, normen, teams, accounts"),
)  # fmt: skip
TEAMS = {
    "prostitutie": ("Team Prostitutie", "heit-prostitutie"),
    "malafide": ("Team Malafide Bedrijvigheid", "heit-malafide-bedrijvigheid"),
    "toezicht": ("Team Toezicht", "toezicht"),
    "pandbrigade": ("Pandbrigade", "pandbrigade"),
}
PARTNERS = (
    ("politie", "politie-mensenhandel", "AVIM", ["politie"], ["seksueel", "crimineel"]),
    ("arbeidsinspectie", "arbeidsinspectie", "Nederlandse Arbeidsinspectie", ["ISZW", "NLA"], ["arbeid"]),
    ("belastingdienst", "belastingdienst", "Belastingdienst", [], []),
    ("omgevingsdienst", "omgevingsdienst", "Omgevingsdienst", [], []),
    ("zorgcoordinator", "zorgcoordinator", "Zorgcoördinatie", [], ["seksueel", "arbeid", "crimineel"]),
)
# weekday (Monday is 0) -> shifts in minutes after midnight
DIENSTEN = {
    "prostitutie": {1: (960, 1440), 3: (960, 1440), 5: (1020, 1500)},
    "malafide": {0: (540, 1020), 2: (540, 1020), 4: (960, 1440)},
    "toezicht": {0: (540, 1020), 1: (540, 1020), 2: (960, 1440), 3: (540, 1020), 4: (960, 1440)},
}


@dataclass(frozen=True)
class Dienst:
    """A shift of a team, or a date of a partner."""

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
    buurten: list[Buurt]
    objecten_csv: bytes
    risicoadressen_csv: bytes
    diensten: list[Dienst]
    rollen: list[tuple[str, str, str]]


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
        profiel=_profile(buurten, today),
        buurten=buurten,
        objecten_csv=as_csv(OBJECT_COLUMNS, stock),
        risicoadressen_csv=as_csv(RISK_COLUMNS, risks),
        diensten=_shifts(today),
        rollen=[(sub, functie, kan) for sub, functie, _, _, _, kan in ROLLEN],
    )


def _shifts(today: date) -> list[Dienst]:
    """Shifts of a year from today, today's included for each team so that there is something to see at once."""
    shifts = []
    for number in range(366):
        day = today + timedelta(days=number)
        for team, week in DIENSTEN.items():
            hours = week.get(day.weekday()) or (next(iter(week.values())) if number == 0 else None)
            if hours:
                shifts.append(Dienst(day, *hours, team=team))
        for index, (key, *_rest) in enumerate(PARTNERS[:4]):
            if day.weekday() == (1, 3, 2, 4)[index] and day.isocalendar().week % 2 == index % 2:
                shifts.append(Dienst(day, 960, 1440, partner=key))
    return shifts


def _profile(buurten: list[Buurt], today: date) -> dict[str, Any]:
    started = (today - timedelta(days=400)).isoformat()
    return {
        "regio": REGIO,
        "code": CODE,
        "naam": NAAM,
        "gebieden": {"jaar": today.year, "bron": "verzonnen", "geojson": as_geojson(CODE, NAAM, buurten)},
        "started": started,
    }
