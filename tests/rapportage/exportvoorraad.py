"""A stock with what must never leave: planted in free text, confidential answers, a neighbour's records."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from app.bevindingen.schemas.bevindingen import ControleRef
from app.bevindingen.service.bevindingen import record_hits
from app.bevindingen.status import Klasse
from app.controles.status import Aanleiding, Controlestatus
from app.controles.tables import Controle
from app.core.clock import utc_now
from app.core.runtime import Runtime
from app.objecten.schemas.vergunningen import BedrijfsplanCreate, BibobToetsCreate, VergunningCreate
from app.objecten.service.bedrijfsplannen import add_bedrijfsplan
from app.objecten.service.bibob import add_bibob_toets
from app.objecten.service.vergunningen import add_vergunning
from app.objecten.status import Objecttype, Vergunningsoort
from app.objecten.tables import Object, Risicoadres
from tests.objecten.stock import make_object
from tests.support.municipality import BUUR, STAD, Municipality
from tests.support.signalen import hit

DAY = date(2026, 3, 2)
SECRETS = (
    "GEHEIM-REDEN", "GEHEIM-AANGEKONDIGD", "GEHEIM-ANTWOORD", "GEHEIM-WONING", "GEHEIM-BRON", "GEHEIM-BUUR", "ARB-12"
)  # fmt: skip


@dataclass
class Stock:
    """What was stored: ids by key."""

    objecten: dict[str, UUID] = field(default_factory=dict)
    controles: dict[str, UUID] = field(default_factory=dict)


def store_stock(runtime: Runtime, municipality: Municipality) -> Stock:
    """Objects of five types with permits, risk addresses and controls, secrets among them."""
    made = Stock()
    with runtime.system_unit("test") as uow:
        for number, (key, soort, changes) in enumerate(_OBJECTS, start=1):
            gemeente = BUUR if key == "BUUR" else STAD
            extra = {"nummer": f"{key}-{number:05d}", **changes}
            made.objecten[key] = make_object(uow, soort, number, gemeente, **extra).id
        permit = add_vergunning(
            uow,
            VergunningCreate(
                object_id=made.objecten["SEKS"],
                soort=Vergunningsoort.SEKSINRICHTING,
                nummer="V-1",
                geldig_vanaf=date(2025, 1, 1),
                geldig_tot=date(2027, 12, 31),
                bron="register",
            ),
        )
        add_bibob_toets(uow, permit.id, BibobToetsCreate(getoetst_op=date(2025, 2, 3), kenmerk="B-1"))
        add_bedrijfsplan(
            uow, made.objecten["SEKS"], BedrijfsplanCreate(versienaam="plan 2", goedgekeurd_op=date(2025, 3, 4))
        )
        for key, reden, bron in (("HOR", "veel wisselingen", "open data"), ("WON", "GEHEIM-WONING", "GEHEIM-BRON")):
            place = uow.session.get_one(Object, made.objecten[key])
            uow.session.add(
                Risicoadres(
                    gemeentecode=STAD,
                    adres_id=place.adres_id,
                    object_id=place.id,
                    reden=reden,
                    bron=bron,
                    in_beeld_op=DAY,
                    herzien_op=DAY,
                    controle_voor=DAY,
                )
            )
        for key, changes in _CONTROLS.items():
            place_key = key.split("-")[0]
            values: dict[str, Any] = {
                "gemeentecode": BUUR if place_key == "BUUR" else STAD,
                "object_id": made.objecten[place_key],
                "team_id": None if place_key == "BUUR" else municipality.teams["toezicht"],
                "status": Controlestatus.AFGEROND,
                "datum": DAY,
                "aanvang": 1230,
                "aanleiding": Aanleiding.NORM,
                "afgerond_op": utc_now(),
                **changes,
            }
            controle = Controle(**values)
            uow.session.add(controle)
            made.controles[key] = controle.id
        uow.session.flush()
        for key in ("HOR-1", "WON-1"):
            ref = ControleRef(made.controles[key], STAD, made.objecten[key.split("-")[0]], utc_now())
            naleving = hit("ENT-12", "ja", "N", klasse=Klasse.NALEVING)
            record_hits(uow, ref, [naleving, hit("ARB-12", "GEHEIM-ANTWOORD")])
    return made


_OBJECTS: list[tuple[str, Objecttype, dict[str, object]]] = [
    ("SEKS", Objecttype.SEKS, {"openingstijden": {"1": [[600, 1560]], "2": [[600, 1560]], "7": [[0, 1440]]}}),
    ("HOR", Objecttype.HOR, {"naam": "=HYPERLINK(1)", "kvk_nummer": "12345678", "capaciteit": 12}),
    ("BEDR", Objecttype.BEDR, {"naam": '\'-; "dubbel" é'}),
    ("WON", Objecttype.WON, {"naam": "Voorbeeldkade 4"}),
    ("BUUR", Objecttype.BEDR, {"naam": "GEHEIM-BUUR"}),
]
_CONTROLS: dict[str, dict[str, Any]] = {
    "HOR-1": {"gestart_op": utc_now(), "binnen": True},
    "HOR-2": {"status": Controlestatus.VERVALLEN, "reden": "GEHEIM-REDEN", "datum": date(2025, 6, 1)},
    "BEDR-1": {"status": Controlestatus.POGING, "reden": "gesloten"},
    "SEKS-1": {"aangekondigd": True, "aangekondigd_reden": "GEHEIM-AANGEKONDIGD"},
    "WON-1": {"aanleiding": Aanleiding.WOONGEBRUIK},
    "WON-2": {"aanleiding": Aanleiding.MELDING},
    "BUUR-1": {},
}
