"""The invented neighbour: small, in the same region, with AFs of its own, so that what goes from one municipality to another can be seen."""

import random
from dataclasses import dataclass
from datetime import date
from typing import Any

from demo.gebieden import CENTRE, as_geojson, make_buurten
from demo.gemeente import PARTNERS, Rolrij, profile_of
from demo.voorraad import OBJECT_COLUMNS, as_csv, make_stock

CODE, NAAM = "GM9901", "Veldwachtdorp"
MIDDEN = (CENTRE[0] + 7_500.0, CENTRE[1])
INWONERS, BUURTEN, STRAAL = 4_000, 4, 1_500.0
BUREN: tuple[Rolrij, ...] = (
    ("buur-af-veiligheid", f"Aandachtsfunctionaris veiligheid {NAAM}", ["aandachtsfunctionaris"], None, "veiligheid", "krijgt wat u overdraagt; vervangt als niemand reageert"),
    ("buur-af-zorg", f"Aandachtsfunctionaris zorg {NAAM}", ["aandachtsfunctionaris"], None, "zorg", "tweede persoon uit de buurgemeente"),
    ("buur-planner", f"Planner {NAAM}", ["planner"], None, None, "ziet alleen de eigen gemeente"),
    ("buur-beheerder", f"Beheerder {NAAM}", ["beheerder"], None, None, "partners, normen en accounts van de buurgemeente"),
)  # fmt: skip
AFS = ("buur-af-zorg", "buur-af-veiligheid")


@dataclass(frozen=True)
class Buurgemeente:
    """Everything of the neighbour."""

    profiel: dict[str, Any]
    gebieden: dict[str, object]
    objecten_csv: bytes
    rollen: list[tuple[str, str, str]]


def generate_neighbour(seed: int, today: date) -> Buurgemeente:
    """The neighbour: a handful of objects; the same by seed and day."""
    rng = random.Random(f"{seed}:buur")
    buurten = make_buurten(rng, CODE, BUURTEN, STRAAL, MIDDEN)
    stock = [row | {"woonplaats": NAAM} for row in make_stock(rng, buurten, INWONERS, today)]
    return Buurgemeente(
        profiel=profile_of(CODE, NAAM, BUREN, AFS, PARTNERS, today),
        gebieden=as_geojson(CODE, NAAM, buurten),
        objecten_csv=as_csv(OBJECT_COLUMNS, stock),
        rollen=[(sub, functie, kan) for sub, functie, _, _, _, kan in BUREN],
    )
