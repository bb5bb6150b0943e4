"""The content of the checklists as it stands in the YAML files (design section 5).

Field names are the Dutch keys of the files; the files use camelCase. Codes (weights, groups, object types,
forms of exploitation, barriers) are data in the rekenregel file and are checked by `checks`, so that a list
can grow without code. All classes are frozen: a published version never changes.
"""

from datetime import date
from enum import StrEnum
from typing import Final

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

NIET_VASTGESTELD: Final = "niet vastgesteld"
"""The fourth position beside ja, nee and nvt; never equal to nee and never scores (checklists, rule 6)."""


class Antwoordtype(StrEnum):
    """How an item is answered."""

    JA_NEE = "ja_nee"
    JA_NEE_NVT = "ja_nee_nvt"
    KEUZE = "keuze"
    GETAL = "getal"
    TEKST = "tekst"
    FOTO = "foto"
    TAAK = "taak"


class Klasse(StrEnum):
    """Who may ever see an answer (DAT-13): *naleving* may stand in a file, *vertrouwelijk* never."""

    NALEVING = "naleving"
    VERTROUWELIJK = "vertrouwelijk"


class Uitkomst(StrEnum):
    """What the score of one control asks for, from high to low."""

    ACUUT = "acuut"
    SPOED = "spoed"
    REGULIER = "regulier"
    ADVIES = "advies"
    GEEN = "geen"


class Status(StrEnum):
    """Only a published version is ever used; a published version stands in the lock file."""

    CONCEPT = "concept"
    GEPUBLICEERD = "gepubliceerd"


class Inhoud(BaseModel):
    """Base of all content: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True)


class Versie(Inhoud):
    """What every content file carries: its version, from when it holds, where it comes from."""

    versie: int = Field(ge=1)
    status: Status
    geldig_vanaf: date
    herkomst: str = ""
    licentie: str = Field(min_length=1)


class Voorwaarde(Inhoud):
    """When an item applies: a CEL formula and the same in Dutch words."""

    tekst: str
    cel: str


class OpentBij(Inhoud):
    """What opens an item outside the core: an answer of another item, or a participating partner."""

    item: str | None = None
    antwoord: tuple[str, ...] = ()
    partner: str | None = None


class Trigger(Inhoud):
    """A weight that follows from an answer.

    `antwoord` is one of the options of the item; for a number or a count of options `drempel` says in words
    what the formula tests.
    """

    gewicht: str
    cel: str
    antwoord: str | None = None
    drempel: str | None = None

    @property
    def omschrijving(self) -> str:
        """The answer or threshold in words."""
        return self.antwoord or self.drempel or ""


class Item(Inhoud):
    """One question of a checklist."""

    code: str
    vraag: str
    hulptekst: str | None = None
    antwoordtype: Antwoordtype
    meervoudig: bool = False
    eenheid: str | None = None
    opties: tuple[str, ...] = ()
    alleen_optie: str | None = None
    objecttypen: tuple[str, ...]
    kern: tuple[str, ...] = ()
    opent_bij: OpentBij | None = None
    voorwaarde: Voorwaarde | None = None
    berekening: str | None = None
    uit_register: bool = False
    vooringevuld: dict[str, str] = {}
    niet_bij_aanleiding: tuple[str, ...] = ()
    grondslag: str | None = None
    groep: str
    indicatoren: tuple[str, ...]
    vormen: tuple[str, ...]
    triggers: tuple[Trigger, ...] = ()
    klasse: Klasse
    vrijwillig: bool = False
    niet_vastleggen: tuple[str, ...] = ()
    gevolg: str
    bron: tuple[str, ...]

    @property
    def naam(self) -> str:
        """The name of the item in a formula: ENT-01 is ENT_01."""
        return cel_name(self.code)

    @property
    def keuzes(self) -> tuple[str, ...]:
        """The answers that may be chosen, without 'niet vastgesteld'; empty for numbers, texts and photos."""
        match self.antwoordtype:
            case Antwoordtype.JA_NEE:
                return ("ja", "nee")
            case Antwoordtype.JA_NEE_NVT:
                return ("ja", "nee", "nvt")
            case _:
                return self.opties

    @property
    def berekend(self) -> bool:
        """Whether the server sets the value, by formula or from the object register."""
        return self.berekening is not None or self.uit_register

    @property
    def toelichting(self) -> str | None:
        """The help text on the screen; when the question is asked its condition holds, so that is not said again."""
        return self.hulptekst


class Checklist(Versie):
    """One checklist in one version; `barriere` is empty for the opening block."""

    code: str
    naam: str
    barriere: str | None
    items: tuple[Item, ...]


class Gewicht(Inhoud):
    """What one hit of a weight is worth, and the outcome it forces on its own."""

    naam: str
    punten: int = Field(ge=0)
    dwingt_af: Uitkomst | None = None
    vertrouwelijk: bool


class Groep(Inhoud):
    """An indicator group; one that does not count gives no points."""

    naam: str
    indicatoren: tuple[str, ...]
    telt_als_groep: bool


class Eenheid(Inhoud):
    """The range of a number, in that unit."""

    heel: bool
    maximum: float = Field(gt=0)


class Regulier(Inhoud):
    """Points and groups from which one control gives a regular signal."""

    punten: int
    groepen: int


class Advies(Inhoud):
    """Points from which the inspector is asked to choose."""

    punten: int


class ItemAntwoord(Inhoud):
    """An item with the answer that counts."""

    item: str
    antwoord: str


class Stapelen(Inhoud):
    """Points over several controls of one object within a number of months."""

    punten: int
    controles: int
    maanden: int
    punten_huidige: int


class KeuzeGeenSignaal(Inhoud):
    """From which repeat of the choice 'geen signaal' on one object the AF decides."""

    vanaf_keer: int = Field(ge=1)


class ZwijgendePloeg(ItemAntwoord):
    """Nobody could be spoken to alone and many voluntary questions stay open."""

    vrijwillig_niet_vastgesteld: int
    hercontrole_dagen: int
    tolk: bool


class Arbeidslijst(Inhoud):
    """The list whose core is required at an integral business control (CAD-03)."""

    lijst: str
    objecttypen: tuple[str, ...]


class Rekenregel(Versie):
    """The scoring rule and the code lists in one version (checklists, sections 2 to 6).

    `blijft_open` are the items that are still taken after a possible offence closed the list: they protect somebody (RPT-02).
    """

    gewichten: dict[str, Gewicht]
    maximum_per_groep: int
    regulier: Regulier
    advies: Advies
    niet_pluis: ItemAntwoord
    stapelen: Stapelen
    keuze_geen_signaal: KeuzeGeenSignaal
    zwijgende_ploeg: ZwijgendePloeg
    kern_maximum: int
    altijd_vertrouwelijk: tuple[str, ...]
    blijft_open: tuple[str, ...]
    partner_item: str
    bedrijfsplan_items: tuple[str, ...]
    arbeidslijst: Arbeidslijst
    lijsten: tuple[str, ...]
    barrieres: tuple[str, ...]
    vormen: tuple[str, ...]
    aanleidingen: dict[str, str]
    objecttypen: dict[str, str]
    eenheden: dict[str, Eenheid]
    tekst_maximum: int
    foto_maximum: int
    normnamen: dict[str, str]
    indicatoren: dict[str, str]
    groepen: dict[str, Groep]
    v_codes: dict[str, str]


class Bron(Inhoud):
    """A source and where it was found."""

    code: str
    omschrijving: str
    vindplaatsen: tuple[str, ...] = ()
    toelichting: str | None = None


class Bronnen(Versie):
    """The list of sources."""

    bronnen: tuple[Bron, ...]


class Norm(Inhoud):
    """A dated norm; `waarde` None is still to be filled in, `geldig_tot` is the last day it holds."""

    sleutel: str
    waarde: float | None = Field(ge=0)
    eenheid: str
    geldig_vanaf: date | None
    geldig_tot: date | None
    bron: tuple[str, ...]
    zekerheid: str
    toelichting: str | None = None


class Normen(Versie):
    """Seeds of the norm table: national, and per municipality code (goes before the national one)."""

    landelijk: tuple[Norm, ...]
    gemeenten: dict[str, tuple[Norm, ...]]


def cel_name(code: str) -> str:
    """Write an item code as it stands in a formula."""
    return code.replace("-", "_")
