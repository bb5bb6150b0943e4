"""The shape of a route profile: who receives a signal, as dated data of a municipality (CAD-11; meldroute tables A to C).

What a rule may look at is `Voorwaarde`, and nothing else: places, forms, hits, urgency. Nationality, language, religion, gender and
the name of an area are no fields, so that no rule can ever ask for them (meldroute R12). An unknown field is refused.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from app.core.shapes import shaped
from app.gemeenten.status import Partnersoort, Teamsoort
from app.objecten.status import Objecttype
from app.signalen.status import Bronsoort, Classificatie, JaNeeOnbekend, Urgentie, Vorm, VtKlasse


class Intern(StrEnum):
    """Steps inside the municipality or at one of its tables; none of them is a partner that receives a hand-over."""

    BURGERZAKEN = "burgerzaken"
    PANDBRIGADE = "pandbrigade"
    TEAM_PROSTITUTIE = "team-prostitutie"
    TEAM_TOEZICHT = "team-toezicht"
    DRIELUIK = "drieluik"
    CASUSOVERLEG = "casusoverleg-18-min"
    KETENREGISSEUR = "ketenregisseur"
    ANDERE_AF = "andere-aandachtsfunctionaris"


class Wanneer(StrEnum):
    """Before when a recipient hears it, the soonest first."""

    METEEN = "meteen"
    ZELFDE_NACHT = "zelfde-nacht"
    ZELFDE_DAG = "zelfde-dag"
    TERMIJN = "volgens-termijn"
    NA_VRIJGAVE = "na-vrijgave"


class Zekerheid(StrEnum):
    """What a rule rests on: a programme of a municipality, a public source, or our own inference that is to be confirmed."""

    PROGRAMMA = "programma"
    OPENBAAR = "openbaar"
    EIGEN = "eigen"


RegelId = Annotated[
    str,
    StringConstraints(
        pattern=shaped(r"^[A-Z][A-Za-z0-9-]{0,59}$", "een hoofdletter en daarna letters, cijfers of streepjes")
    ),
]
LEESBAAR = shaped(r"^[^\x00-\x1f\x7f]+$", "tekst op een regel, zonder onzichtbare tekens")
Zin = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=400, pattern=LEESBAAR)]
Naam = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120, pattern=LEESBAAR)]
Bronnen = Annotated[
    list[
        Annotated[str, StringConstraints(pattern=shaped(r"^(S-[A-Z]{2}|P\d{1,3}|E)$", "een bron zoals S-UH, P12 of E"))]
    ],
    Field(min_length=1, max_length=20),
]
Items = Annotated[
    list[Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}-\d{2}$")]], Field(min_length=1, max_length=40)
]
PER_URGENTIE = {Urgentie.ACUUT: Wanneer.METEEN, Urgentie.SPOED: Wanneer.TERMIJN, Urgentie.REGULIER: Wanneer.TERMIJN}


class _Deel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=to_camel, populate_by_name=True)


class Voorwaarde(_Deel):
    """When a rule holds: every field that is filled in must fit; of a list one value is enough.

    Attributes:
        treffers: one of these items is a hit, of whatever weight.
        alleen_treffers: one of these is a hit, and no weighted hit is anything else.
        zonder_treffers: none of these items is a hit.
        classificaties: empty means a suspicion of trafficking, which a signal is until the AF says otherwise.
        binnenlands: what was not answered counts as 'onbekend' (DEF-06).
    """

    vormen: list[Vorm] | None = Field(default=None, min_length=1, max_length=10)
    minderjarig: list[JaNeeOnbekend] | None = Field(default=None, min_length=1, max_length=3)
    urgenties: list[Urgentie] | None = Field(default=None, min_length=1, max_length=3)
    objecttypen: list[Objecttype] | None = Field(default=None, min_length=1, max_length=10)
    treffers: Items | None = None
    alleen_treffers: Items | None = None
    zonder_treffers: Items | None = None
    ondermijning: bool | None = None
    binnenlands: list[JaNeeOnbekend] | None = Field(default=None, min_length=1, max_length=3)
    classificaties: list[Classificatie] | None = Field(default=None, min_length=1, max_length=10)
    teams: list[Teamsoort] | None = Field(default=None, min_length=1, max_length=10)
    bronnen: list[Bronsoort] | None = Field(default=None, min_length=1, max_length=20)
    vt_klassen: list[VtKlasse] | None = Field(default=None, min_length=1, max_length=4)
    zc_geinformeerd: bool | None = None
    gesloten_route: bool | None = None


class Regelontvanger(_Deel):
    """A recipient that a rule proposes.

    Attributes:
        verplicht: leaving it out takes four eyes (RTE-14); then `reden` says why.
        reden: why it is compulsory, as shown.
        nummer: public number that the submitter is shown (RTE-12); never a person's.
        uit_bron: the kind of partner of the listed source goes before `soort` (ROL-19).
    """

    soort: Partnersoort
    wanneer: dict[Urgentie, Wanneer] = Field(default_factory=lambda: dict(PER_URGENTIE))
    verplicht: bool = False
    reden: Zin | None = None
    nummer: (
        Annotated[
            str,
            StringConstraints(
                pattern=shaped(r"^0(800|900|88)[ -]?\d{4,7}$", "een landelijk nummer dat met 0800, 0900 of 088 begint")
            ),
        ]
        | None
    ) = None
    uit_bron: bool = False

    @field_validator("wanneer", mode="before")
    @classmethod
    def _for_each_urgency(cls, value: object) -> object:
        """One moment stands for every urgency; what is left out keeps the usual moment."""
        if isinstance(value, str):
            return dict.fromkeys(Urgentie, value)
        return {**PER_URGENTIE, **value} if isinstance(value, dict) else value

    @model_validator(mode="after")
    def _forced_with_reason(self) -> Self:
        if self.verplicht != (self.reden is not None):
            raise PydanticCustomError("vw_reden", "een verplichte ontvanger heeft een reden, en alleen die")
        return self


class Regelmelding(_Deel):
    """A notice or a question for the AF."""

    soort: Literal["melding", "vraag"] = "melding"
    tekst: Zin


class Regel(_Deel):
    """One rule of table B, of the region table or of table C.

    Attributes:
        als: conditions of which one is enough; empty: it always holds.
        enige: what other rules propose falls away, except what is compulsory and what is `altijd`.
        altijd: it comes in addition, whatever else holds (the rows of table B with "+").
    """

    id: RegelId
    als: list[Voorwaarde] = Field(default_factory=list, max_length=10)
    ontvangers: list[Regelontvanger] = Field(default_factory=list, max_length=20)
    intern: list[Intern] = Field(default_factory=list, max_length=10)
    meldingen: list[Regelmelding] = Field(default_factory=list, max_length=10)
    enige: bool = False
    altijd: bool = False
    waarom: Zin
    bron: Bronnen
    zekerheid: Zekerheid

    @model_validator(mode="after")
    def _does_something(self) -> Self:
        if not (self.ontvangers or self.intern or self.meldingen or self.enige):
            raise PydanticCustomError("vw_regel", "een regel stelt iemand voor of meldt iets")
        return self


class Urgentieregel(_Deel):
    """A row of table A: what is done first and who hears it. Which urgency it is, the scoring rule decides, not this row."""

    id: RegelId
    urgentie: Literal["acuut", "spoed", "regulier", "advies", "gebouw", "geen"]
    als: list[Voorwaarde] = Field(default_factory=list, max_length=10)
    eerste_actie: Zin
    wie: Zin
    bron: Bronnen
    zekerheid: Zekerheid


class Partnernaam(_Deel):
    """How the region calls a kind of partner, and which other kinds may fill its place (ROL-10)."""

    naam: Naam
    ook: list[Partnersoort] = Field(default_factory=list, max_length=5)


class Profiel(_Deel):
    """All that decides who receives a signal in one municipality, from one day on.

    Attributes:
        profiel: the region profile that it follows.
        riec_via: who goes to the RIEC for the municipality; None: nobody was chosen, and the proposal says so (ROL-13).
    """

    profiel: Annotated[
        str, StringConstraints(pattern=shaped(r"^[a-z][a-z-]{1,39}$", "kleine letters en streepjes, hoogstens 40"))
    ]
    riec_via: Naam | None = None
    partners: dict[Partnersoort, Partnernaam] = Field(default_factory=dict)
    urgentie: list[Urgentieregel] = Field(default_factory=list, max_length=40)
    regels: list[Regel] = Field(min_length=1, max_length=200)

    def texts(self) -> list[str]:
        """Every free text in it."""
        rules = [text for row in self.regels for text in (row.waarom, *(part.tekst for part in row.meldingen))]
        reasons = [part.reden or "" for row in self.regels for part in row.ontvangers]
        actions = [text for row in self.urgentie for text in (row.eerste_actie, row.wie)]
        return [*rules, *reasons, *actions, *(part.naam for part in self.partners.values()), self.riec_via or ""]

    @model_validator(mode="after")
    def _each_rule_once(self) -> Self:
        double = doubles([*(row.id for row in self.regels), *(row.id for row in self.urgentie)])
        if double:
            raise PydanticCustomError("vw_dubbel", "regel {ids} staat er dubbel", {"ids": ", ".join(double)})
        return self


class Inhoudsbestand(_Deel):
    """What every file of `checklists/meldroute` starts with."""

    versie: int = Field(ge=1)
    status: Literal["gepubliceerd", "concept"]
    geldig_vanaf: date
    herkomst: Zin
    licentie: Zin


class Basisbestand(Inhoudsbestand, Profiel):
    """The table that holds for every municipality."""


class Regiobestand(Inhoudsbestand):
    """What a region has beside or instead of the base table.

    Attributes:
        gemeenten: CBS codes of the municipalities that start with it.
        vervangt: ids of rules of the base table that do not hold here.
        riec_via: see `Profiel`; left out: that of the base table.
    """

    profiel: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z-]{1,39}$")]
    gemeenten: list[Annotated[str, StringConstraints(pattern=r"^GM\d{4}$")]] = Field(min_length=1, max_length=50)
    vervangt: list[RegelId] = Field(default_factory=list, max_length=50)
    riec_via: Naam | None = None
    partners: dict[Partnersoort, Partnernaam] = Field(default_factory=dict)
    regels: list[Regel] = Field(default_factory=list, max_length=100)


class UnknownRule(ValueError):
    """A region replaces a rule that the base table does not have."""


def merge(basis: Profiel, regio: Regiobestand) -> Profiel:
    """The whole profile of a region: self-contained, so that a signal keeps what proposed its recipients (CAD-11).

    Raises:
        UnknownRule: it replaces a rule that the base table does not have.
        ValueError: a rule of the region stands in the base table as well.
    """
    unknown = set(regio.vervangt) - {row.id for row in basis.regels}
    if unknown:
        raise UnknownRule(f"vervangt een onbekende regel: {', '.join(sorted(unknown))}")
    kept = [row for row in basis.regels if row.id not in regio.vervangt]
    return Profiel(
        profiel=regio.profiel,
        riec_via=regio.riec_via if "riec_via" in regio.model_fields_set else basis.riec_via,
        partners={**basis.partners, **regio.partners},
        urgentie=basis.urgentie,
        regels=[*kept, *regio.regels],
    )


def doubles(ids: Iterable[str]) -> list[str]:
    """The ids that occur more than once."""
    return [found for found, number in Counter(ids).items() if number > 1]
