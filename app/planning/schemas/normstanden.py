"""API shapes of norm states: figures; per object its name, never a word about what was found there."""

from datetime import date
from uuid import UUID

from app.core.http.schemas import ApiOutput
from app.objecten.status import Objecttype
from app.planning.status import Normstatus


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


class BibobstandRead(ApiOutput):
    """CAD-02: Bibob tests that are due; desk work, never a visit."""

    te_doen: int
    te_laat: int


class GemeentestandRead(ApiOutput):
    """The norms of a municipality on a day; figures only."""

    gemeentecode: str
    peildatum: date
    seksinrichtingen: SeksstandRead
    bedrijfscontroles: NormstandRead
    integrale_acties: NormstandRead
    risicoadressen: RisicostandRead
    bibob: BibobstandRead
