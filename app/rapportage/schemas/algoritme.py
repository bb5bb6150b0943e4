"""The published description of the planner, in the fields of the Dutch algorithm register (standards C9 to C12).

These shapes read the content file and answer the API: one description, nothing added. No shape holds a weight or a threshold.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

from app.core.http.schemas import ApiOutput

Kort = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Zin = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=350)]
Alinea = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2500)]


class _Inhoud(ApiOutput):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")


class Algemeen(_Inhoud):
    """General information; lengths and choices are those of the publication standard."""

    standaard: Kort
    taal: Literal["NLD"]
    naam: Kort
    korte_omschrijving: Zin
    organisatie: Kort
    thema: Kort
    status: Literal["In ontwikkeling", "In gebruik", "Buiten gebruik"]
    begindatum: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}$")] | None
    einddatum: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}$")] | None
    contactgegevens: Annotated[str, StringConstraints(pattern=r"^(https://\S+|[^@\s]+@[^@\s]+)$", max_length=200)]
    publicatiecategorie: Literal["Hoog-risico AI-systemen", "Impactvolle algoritmes", "Overige algoritmes"]
    leverancier: Kort
    broncode: Zin


class Grondslag(_Inhoud):
    """A law and what it is needed for."""

    naam: Kort
    toelichting: Zin


class Impacttoets(_Inhoud):
    """An assessment and how it stands."""

    naam: Kort
    stand: Zin


class Verantwoord(_Inhoud):
    """Responsible use."""

    doel_en_impact: Alinea
    afwegingen: Alinea
    menselijke_tussenkomst: Alinea
    risicobeheer: list[Zin] = Field(min_length=1)
    wettelijke_basis: list[Grondslag] = Field(min_length=1)
    verwerkingsregister: Zin
    impacttoetsen: list[Impacttoets]


class AlgoritmeGegeven(_Inhoud):
    """What the planner reads."""

    naam: Kort
    toelichting: Zin


class HardeRegel(_Inhoud):
    """A rule that no plan breaks."""

    naam: Kort
    regel: Zin
    bron: Zin


class AlgoritmeTerm(_Inhoud):
    """A term of the priority: what it means, where it comes from, since when; never how much it weighs."""

    code: Kort
    betekenis: Zin
    bron: Zin
    sinds: date
    versie: int = Field(ge=1)
    in_gebruik: bool = Field(description="Of de planner de term nu meetelt; anders is hij alleen vastgesteld.")


class Werking(_Inhoud):
    """How it works."""

    gegevens: list[AlgoritmeGegeven] = Field(min_length=1)
    technische_werking: Alinea
    harde_regels: list[HardeRegel] = Field(min_length=1)
    termen: list[AlgoritmeTerm] = Field(min_length=1)
    nooit_gebruikt: list[Zin] = Field(min_length=1)


class AlgoritmeRead(_Inhoud):
    """The whole description."""

    versie: int = Field(ge=1)
    bijgewerkt_op: date
    algemeen: Algemeen
    verantwoord: Verantwoord
    werking: Werking
