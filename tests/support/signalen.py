"""What signals and findings are tested with: objects, norms of the AF's terms, hits."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from uuid import UUID

from app.bevindingen.schemas.bevindingen import BevindingCreate, ControleRef
from app.bevindingen.service.bevindingen import record_hits
from app.bevindingen.status import Barriere, Klasse
from app.core.caller import Caller
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.accounts import Accounts
from app.gemeenten.tables import Norm
from app.objecten.status import Objecttype
from app.objecten.tables import Adres, Object
from app.signalen.schemas.signalen import SignaalAanleiding, SignaalRef
from app.signalen.service.opvoeren import raise_signaal
from app.signalen.service.routeprofielen import seed_base
from app.signalen.status import Urgentie, Vorm
from tests.support.municipality import BUUR, STAD
from tests.support.routes import published_routes

NORMEN = {"AF_BEVESTIGEN_ACUUT_MIN": 30, "AF_BEVESTIGEN_SPOED_MIN": 60, "AF_BEVESTIGEN_REGULIER_WERKDAGEN": 2}
MOMENT = datetime(2026, 3, 2, 20, 30, tzinfo=UTC)


def store_stock(uow: UnitOfWork) -> dict[str, UUID]:
    """An object of four types in Voorbeeldstad, one in Buurdorp, and the norms; answers the ids by key."""
    made: dict[str, UUID] = {}
    for number, (key, gemeente, soort) in enumerate(
        [
            ("SEKS", STAD, Objecttype.SEKS),
            ("MASS", STAD, Objecttype.MASS),
            ("HOR", STAD, Objecttype.HOR),
            ("WON", STAD, Objecttype.WON),
            ("BUUR", BUUR, Objecttype.BEDR),
        ],
        start=1,
    ):
        adres = Adres(
            gemeentecode=gemeente, straat="Voorbeeldstraat", huisnummer=number, postcode="9999ZZ", woonplaats="X"
        )
        uow.session.add(adres)
        uow.session.flush()
        row = Object(
            gemeentecode=gemeente,
            nummer=f"O-{number}",
            type=soort,
            naam=f"Plek {number}",
            adres_id=adres.id,
            kvk_nummer=None if soort is Objecttype.WON else "111222333",
            bron="test",
        )
        uow.session.add(row)
        made[key] = row.id
    seed_base(uow, published_routes())
    for sleutel, waarde in NORMEN.items():
        uow.session.add(Norm(sleutel=sleutel, waarde=waarde, eenheid="", geldig_vanaf=date(2020, 1, 1), bron="test"))
    return made


def store_terms(runtime: Runtime, norms: Mapping[str, float]) -> None:
    """The norms of the deadlines, beside those that stand already."""
    with runtime.system_unit("test") as uow:
        for key, value in norms.items():
            if key not in NORMEN:
                uow.session.add(Norm(sleutel=key, waarde=value, eenheid="", geldig_vanaf=date(2020, 1, 1), bron="test"))


def hit(item: str, antwoord: str = "ja", gewicht: str = "R", **changes: object) -> BevindingCreate:
    """A confidential hit; `changes` make it something else."""
    values: dict[str, object] = {
        "barriere": Barriere.IDENTITEIT,
        "item": item,
        "checklistversie": "IDE-1",
        "klasse": Klasse.VERTROUWELIJK,
        "gewicht": gewicht,
        "antwoord": antwoord,
        **changes,
    }
    return BevindingCreate(**values)  # type: ignore[arg-type]  # the tests say what they change


class Field:
    """Does at the level of services what the intake of controls does: findings and signal in one transaction."""

    def __init__(self, runtime: Runtime, objects: dict[str, UUID], accounts: dict[str, UUID]) -> None:
        self.runtime = runtime
        self.objects = objects
        self.accounts = accounts
        self.source = Accounts(runtime.database, 0)

    def caller(self, sub: str) -> Caller:
        """The caller behind an account."""
        found = self.source.find_caller(sub)
        assert found is not None
        return found

    def control(
        self,
        hits: Sequence[BevindingCreate],
        urgentie: Urgentie = Urgentie.SPOED,
        place: str = "HOR",
        controle_id: UUID | None = None,
        *,
        redenen: Sequence[str] = (),
        send: bool = False,
        sub: str = "toezichthouder",
        vormen: Sequence[Vorm] = (Vorm.ARBEID,),
    ) -> SignaalRef:
        """Records the hits of a control and raises its signal."""
        gemeente = BUUR if place == "BUUR" else STAD
        controle = ControleRef(controle_id or new_id(), gemeente, self.objects[place], MOMENT)
        with self.runtime.unit(self.caller(sub), "synchronisaties_toevoegen", "test", write=True) as uow:
            found = record_hits(uow, controle, hits)
            return raise_signaal(
                uow,
                SignaalAanleiding(
                    gemeentecode=gemeente,
                    object_id=controle.object_id,
                    controle_id=controle.controle_id,
                    urgentie=urgentie,
                    vormen=list(vormen),
                    redenen=list(redenen) or [f"{one.item} = {one.antwoord}" for one in hits],
                    bevinding_ids=found,
                    indiener=uow.caller.account_id,
                    send=send,
                ),
            )
