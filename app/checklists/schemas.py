"""API shapes of checklists. Weights and formulas of hits go to the field only: thresholds are not public (MON-13)."""

from datetime import date

from pydantic import Field

from app.checklists.rules.content import Item
from app.core.http.schemas import ApiOutput


class ChecklistVersieRead(ApiOutput):
    """One list in one version, without its items."""

    code: str
    versie: int
    naam: str
    barriere: str | None
    geldig_vanaf: date


class VoorwaardeRead(ApiOutput):
    """When an item applies: in words, and as a CEL formula."""

    tekst: str
    cel: str


class OpentBijRead(ApiOutput):
    """What opens an item outside the core."""

    item: str | None
    antwoord: list[str]
    partner: str | None


class TriggerRead(ApiOutput):
    """A weight that follows from an answer."""

    gewicht: str
    cel: str
    antwoord: str | None
    drempel: str | None


class ItemRead(ApiOutput):
    """One question. `triggers` and `groep` are null for whoever does not work in the field."""

    code: str
    vraag: str
    toelichting: str | None
    antwoordtype: str
    meervoudig: bool
    eenheid: str | None
    keuzes: list[str]
    alleen_optie: str | None
    objecttypen: list[str]
    kern: list[str]
    opent_bij: OpentBijRead | None
    voorwaarde: VoorwaardeRead | None
    berekening: str | None
    vooringevuld: dict[str, str]
    niet_bij_aanleiding: list[str]
    grondslag: str | None
    klasse: str
    vrijwillig: bool
    niet_vastleggen: list[str]
    vormen: list[str]
    uit_register: bool
    groep: str | None
    triggers: list[TriggerRead] | None


def read_item(item: Item, *, with_triggers: bool) -> ItemRead:
    """An item as the API shows it; weights and the group in which they count only `with_triggers`."""
    hidden = set[str]() if with_triggers else {"triggers", "groep"}
    shown = item.model_dump(by_alias=False, exclude=hidden)
    return ItemRead.model_validate(
        {"triggers": None, "groep": None, **shown, "keuzes": item.keuzes, "toelichting": item.toelichting}
    )


class SignaalkaartRead(ApiOutput):
    """One signal card: how to recognise and what to do."""

    code: str
    vorm: str
    titel: str
    herkennen: list[str]
    handelen: list[str]
    bij: dict[str, list[str]] = Field(description="Wat er per soort object bij komt.")
    bron: list[str]


class SignaalkaartenRead(ApiOutput):
    """The signal cards in one version."""

    versie: int
    geldig_vanaf: date
    handelen: list[str] = Field(description="Geldt bij elke kaart.")
    kaarten: list[SignaalkaartRead]


class ChecklistRead(ChecklistVersieRead):
    """One list in one version, immutable once published."""

    items: list[ItemRead]
