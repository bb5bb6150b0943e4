"""Shapes that all files share: what was established about compliance. No moment, version, trigger or count of what is left out (DAT-13)."""

from datetime import date
from uuid import UUID

from app.core.http.schemas import ApiOutput
from app.maatregelen.status import Maatregelsoort


class VraagAntwoord(ApiOutput):
    """A question and what was answered."""

    vraag: str
    antwoord: str
    grondslag: str | None


class Tekortkoming(VraagAntwoord):
    """A shortcoming, with its term and the day on which it turned out to be put right."""

    hersteltermijn: date | None
    hersteld_op: date | None


class DossierTekortkoming(Tekortkoming):
    """The same with the code of the question, for whoever works with the lists."""

    item: str


class DossierMaatregel(ApiOutput):
    """A measure that was imposed at a place (REG-18): no reference, remark or finding; its addressee knows it."""

    soort: Maatregelsoort
    grondslag: str
    opgelegd_op: date
    geldt_van: date
    geldt_tot: date | None
    begunstigingstermijn_tot: date | None


class DossierControle(ApiOutput):
    """A control or attempt in the file of an object."""

    id: UUID
    datum: date
    soort: str
    reden: str | None
    team: str | None
    bedrijfsplan_versie: str | None
    tekortkomingen: list[DossierTekortkoming]


class Controlestuk(ApiOutput):
    """A control or attempt as it stands in a file that leaves the municipality: no ids, no codes."""

    datum: date
    soort: str
    reden: str | None
    bedrijfsplan_versie: str | None
    tekortkomingen: list[Tekortkoming]
