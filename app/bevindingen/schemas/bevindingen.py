"""API shapes of findings, and what other features hand over. No field is about a person (DAT-05)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from app.bevindingen.status import Afsluitreden, Barriere, Klasse
from app.core.http.schemas import ApiInput, ApiOutput, Datum


@dataclass(frozen=True)
class ControleRef:
    """The control at which something was established."""

    controle_id: UUID
    gemeentecode: str
    object_id: UUID | None
    vastgesteld_op: datetime


@dataclass(frozen=True)
class BevindingCreate:
    """A hit on one item: an answer that carries a weight.

    Attributes:
        gewicht: weight of the answer as the checklist has it (A, R, S, Z, N).
        antwoord: the answer in the words of the checklist; sealed when stored.
        hersteltermijn: last day to put a compliance finding right.
    """

    barriere: Barriere
    item: str
    checklistversie: str
    klasse: Klasse
    gewicht: str
    antwoord: str
    hersteltermijn: date | None = None


@dataclass(frozen=True)
class BevindingInhoud:
    """A stored finding with its answer readable."""

    id: UUID
    controle_id: UUID
    object_id: UUID | None
    barriere: Barriere
    item: str
    checklistversie: str
    klasse: Klasse
    gewicht: str
    antwoord: str
    vastgesteld_op: datetime
    hersteltermijn: date | None
    gecorrigeerd_op: datetime | None
    afgesloten_op: datetime | None = None
    afsluitreden: Afsluitreden | None = None


@dataclass(frozen=True, slots=True)
class Treffercode:
    """Which item a finding is about and what it weighs, without its answer."""

    id: UUID
    controle_id: UUID
    item: str
    gewicht: str


@dataclass(frozen=True, slots=True)
class NalevingRef:
    """A compliance finding that stands, without its answer: light enough to judge a whole municipality at once."""

    controle_id: UUID
    object_id: UUID
    item: str
    checklistversie: str
    hersteltermijn: date | None
    afgesloten_op: datetime | None = None


@dataclass(frozen=True, slots=True)
class Verlopen:
    """A compliance finding whose term is over, as the sweep sees it."""

    id: UUID
    gemeentecode: str
    object_id: UUID
    controle_id: UUID
    item: str
    hersteltermijn: date


class Hersteltermijn(ApiInput):
    """A term for a finding that got none from the norms."""

    hersteltermijn: Datum = Field(description="Laatste dag om het te herstellen; hooguit twee jaar vooruit.")


class BevindingRead(ApiOutput):
    """A compliance finding at an object."""

    id: UUID
    object_id: UUID | None
    controle_id: UUID
    barriere: Barriere
    item: str
    checklistversie: str
    antwoord: str
    vastgesteld_op: datetime
    hersteltermijn: date | None
    gecorrigeerd_op: datetime | None
    afgesloten_op: datetime | None
    afsluitreden: Afsluitreden | None
