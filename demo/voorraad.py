"""The invented stock: objects with permits and risk addresses, as the rows of the import templates."""

import csv
import io
import random
from datetime import date, timedelta

from demo.gebieden import Buurt, random_point

OBJECT_COLUMNS = [
    "objectnummer",
    "type",
    "naam",
    "straat",
    "huisnummer",
    "huisletter",
    "toevoeging",
    "postcode",
    "woonplaats",
    "x",
    "y",
    "kvkNummer",
    "sector",
    "capaciteit",
    "vergunningsoort",
    "vergunningnummer",
    "vergunningVanaf",
    "vergunningTot",
    "bedrijfsplanVersie",
    "bedrijfsplanGoedgekeurdOp",
    "laatsteBibobToets",
    "openingstijden",
]
RISK_COLUMNS = [
    "objectnummer",
    "type",
    "naam",
    "straat",
    "huisnummer",
    "huisletter",
    "toevoeging",
    "postcode",
    "woonplaats",
    "x",
    "y",
    "reden",
    "bron",
    "inBeeldOp",
    "herzienOp",
]

NAMEN = {
    "SEKS": "Seksinrichting",
    "MASS": "Massagesalon",
    "HOR": "Horecazaak",
    "BEDR": "Bedrijf",
    "LOG": "Logiesgebouw",
    "HOT": "Hotel",
}
PER_10_000 = {"SEKS": 2.4, "MASS": 2.0, "HOR": 14.0, "BEDR": 6.0, "LOG": 1.6, "HOT": 1.2}
SECTOREN = {
    "HOR": "horeca",
    "BEDR": "schoonmaak",
    "LOG": "uitzend",
    "SEKS": "seks",
    "MASS": "massagesalon",
    "HOT": "overig",
}
BOMEN = ("Wilgen", "Linden", "Elzen", "Beuken", "Essen", "Iepen", "Vlier", "Meidoorn", "Berken", "Populieren")
VOGELS = (
    "Kievit",
    "Wulp",
    "Meerkoet",
    "Zwaluw",
    "Reiger",
    "Aalscholver",
    "Fuut",
    "Ooievaar",
    "Zilvermeeuw",
    "Tureluur",
)
SOORTEN = ("straat", "laan", "kade", "plein", "hof", "weg")
OPENING = {
    "SEKS": "1-7 14:00-02:00",
    "MASS": "1-6 10:00-21:00",
    "HOR": "2-4 11:00-23:00, 5-7 11:00-01:00",
    "BEDR": "1-5 07:00-18:00",
    "LOG": "1-7 08:00-22:00",
    "HOT": "1-7 00:00-24:00",
}
PERMIT = {"SEKS": "seksinrichting", "HOR": "horeca-exploitatie", "LOG": "logies"}
GETOETST = frozenset({"SEKS", "LOG"})
"""What was tested under the Wet Bibob before; for some the four years are nearly over, or were (CAD-02)."""
REDENEN = ("overbewoning", "melding van omwonenden", "bevinding bij eerdere controle", "leegstand met gebruik")

Row = dict[str, str]


def make_stock(rng: random.Random, buurten: list[Buurt], inwoners: int, today: date) -> list[Row]:
    """Rows of the template `objecten`; numbers of objects follow the number of inhabitants."""
    return [
        _object_row(rng, soort, number, rng.choice(buurten), today)
        for soort, per in PER_10_000.items()
        for number in range(1, max(1, round(per * inwoners / 10_000)) + 1)
    ]


def make_risks(rng: random.Random, buurten: list[Buurt], inwoners: int, today: date) -> list[Row]:
    """Rows of the template `risicoadressen`: dwellings in view for a neutral reason."""
    rows = []
    for number in range(1, round(3.2 * inwoners / 10_000) + 1):
        row = _place(rng, rng.choice(buurten), number)
        in_view = today - timedelta(days=rng.randint(0, 10))
        row |= {
            "objectnummer": f"RA-{number:05d}",
            "type": "WON",
            "naam": f"Woning {number}",
            "reden": rng.choice(REDENEN),
            "bron": "eigen waarneming",
            "inBeeldOp": in_view.isoformat(),
            "herzienOp": (in_view + timedelta(days=365)).isoformat(),
        }
        rows.append(row)
    return rows


def _object_row(rng: random.Random, soort: str, number: int, buurt: Buurt, today: date) -> Row:
    row = _place(rng, buurt, number)
    started = today - timedelta(days=rng.randint(200, 2000))
    row |= {
        "objectnummer": f"{soort}-{number:05d}",
        "type": soort,
        "naam": f"{NAMEN[soort]} {number}",
        "kvkNummer": f"99{rng.randint(0, 999_999):06d}",
        "sector": SECTOREN[soort],
        "openingstijden": OPENING[soort],
        "capaciteit": str(rng.randint(8, 80)) if soort in {"LOG", "HOT"} else "",
    }
    if soort in PERMIT:
        row |= {
            "vergunningsoort": PERMIT[soort],
            "vergunningnummer": f"V-{soort}-{number:05d}",
            "vergunningVanaf": started.isoformat(),
            "vergunningTot": (today + timedelta(days=rng.randint(400, 1200))).isoformat(),
        }
    if soort == "SEKS":
        row |= {
            "bedrijfsplanVersie": f"{rng.randint(1, 4)}",
            "bedrijfsplanGoedgekeurdOp": (started + timedelta(days=30)).isoformat(),
        }
    if soort in GETOETST:
        row["laatsteBibobToets"] = (today - timedelta(days=rng.randint(60, 1600))).isoformat()
    return row


def _place(rng: random.Random, buurt: Buurt, number: int) -> Row:
    x, y = random_point(rng, buurt.vlak)
    street = f"{rng.choice(BOMEN + VOGELS)}{rng.choice(SOORTEN)}"
    return {
        "straat": street,
        "huisnummer": str(rng.randint(1, 9999)),
        "huisletter": "",
        "toevoeging": str(number % 7 + 1) if number % 5 == 0 else "",
        "postcode": f"100{rng.randint(1, 8)} {''.join(rng.choices('ABCDEFGHJKLMNPRTVWXZ', k=2))}",
        "woonplaats": "Veldwachtstad",
        "x": f"{x:.1f}",
        "y": f"{y:.1f}",
    }


def as_csv(columns: tuple[str, ...] | list[str], rows: list[Row]) -> bytes:
    """The rows as the importer's CSV: semicolons, UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, fieldnames=columns, delimiter=";", restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()
