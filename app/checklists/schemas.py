"""API shapes of checklists. Weights and formulas of hits go to the field only: thresholds are not public (MON-13)."""

from datetime import date

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
    """One question. `triggers` is null for whoever does not work in the field."""

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
    triggers: list[TriggerRead] | None


class ChecklistRead(ChecklistVersieRead):
    """One list in one version, immutable once published."""

    items: list[ItemRead]
