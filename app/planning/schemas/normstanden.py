"""API shapes of norm states: figures; per object its name, never a word about what was found there."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from pydantic import Field, field_validator

from app.core.http.schemas import ApiOutput
from app.objecten.status import Objecttype
from app.planning.status import Normstatus


class RollendRead(ApiOutput):
    """The twelve months up to and including the reference date, beside the calendar year (CAD-01)."""

    vanaf: date
    breuk: str
    norm: int
    gedaan: int
    uiterste_datum: date | None = Field(
        description="Uiterlijk de volgende, zodat elke twaalf maanden de norm halen; leeg als er niets volgt."
    )


class NormstandRead(ApiOutput):
    """Where a norm stands. `breuk` is done/norm, or 'n.v.t.' where the norm does not apply (REG-02)."""

    breuk: str
    norm: int
    gedaan: int
    gepland: int
    nog_nodig: int
    volgende_uiterste_datum: date | None
    status: Normstatus
    toelichting: str
    verwacht: int = Field(
        description="Hoeveel van 'gedaan' nog een plan is; alleen bij een peildatum in de toekomst meer dan nul."
    )
    rollend: RollendRead | None = Field(description="Alleen bij een norm die op een rollend jaar wordt gepland.")


class ObjectnormstandRead(ApiOutput):
    """Where the norm of one object stands."""

    object_id: UUID
    type: Objecttype
    naam: str
    normsleutel: str
    peildatum: date
    stand: NormstandRead


class SeksstandRead(ApiOutput):
    """CAD-01 for the municipality: how many establishments, never a sum that hides one of them.

    Attributes:
        percentage: Share of the establishments that met the norm; null without establishments, never 0 % (REG-02).
    """

    norm_per_jaar: int
    objecten: int
    gehaald: int
    in_gevaar: int
    gedaan: int
    gepland: int
    verwacht: int = Field(description="Hoeveel van 'gedaan' nog een plan is.")
    nodig: int
    breuk: str
    percentage: int | None
    status: Normstatus


class LeeftijdRead(ApiOutput):
    """Risk addresses that wait, by age in days; `tot_en_met` null is without end."""

    vanaf_dagen: int
    tot_en_met_dagen: int | None
    aantal: int


class RisicostandRead(ApiOutput):
    """CAD-06: how many risk addresses wait for a first visit, and since when."""

    wachtend: int
    te_laat: int
    oudste_dagen: int | None
    leeftijden: list[LeeftijdRead]
    status: Normstatus


class BibobstandRead(ApiOutput):
    """CAD-02: Bibob tests that are due; desk work, never a visit."""

    te_doen: int
    te_laat: int
    status: Normstatus


class CapaciteitstandRead(ApiOutput):
    """What the shifts until the end of the year can still hold, against what the norms still ask for."""

    bekend_tot: date | None = Field(description="Tot en met deze dag zijn de diensten bekend; leeg als er geen zijn.")
    diensten: int
    minuten_vrij: int
    minuten_nodig: int
    te_weinig_voor: list[Objecttype] = Field(description="Soorten objecten waarvoor de diensten te kort zijn.")
    toelichting: str

    @field_validator("te_weinig_voor", mode="before")
    @classmethod
    def _in_order(cls, value: Iterable[Objecttype]) -> list[Objecttype]:
        return sorted(value)


class GemeentestandRead(ApiOutput):
    """The norms of a municipality on a day; figures only."""

    gemeentecode: str
    peildatum: date
    seksinrichtingen: SeksstandRead
    bedrijfscontroles: NormstandRead
    integrale_acties: NormstandRead
    risicoadressen: RisicostandRead
    bibob: BibobstandRead
    capaciteit: CapaciteitstandRead
