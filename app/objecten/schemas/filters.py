"""What lists of the stock can be narrowed by. Nothing here tells dwellings apart by their use (REG-05, REG-20)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.objecten.status import Objectstatus, Objecttype, Risicostatus, Vergunningsoort, Vergunningstatus
from geo.boxes import Bbox


@dataclass(frozen=True)
class Objectfilter:
    """Narrows a list of objects."""

    gemeentecode: str | None = None
    type: Objecttype | None = None
    status: Objectstatus | None = None
    wijkcode: str | None = None
    buurtcode: str | None = None
    bbox: Bbox | None = None
    buiten_gemeente: bool | None = None


@dataclass(frozen=True)
class Vergunningfilter:
    """Narrows a list of permits."""

    gemeentecode: str | None = None
    object_id: UUID | None = None
    soort: Vergunningsoort | None = None
    status: Vergunningstatus | None = None


@dataclass(frozen=True)
class Risicofilter:
    """Narrows a list of risk addresses; `due_voor` keeps those to be controlled on or before that day."""

    gemeentecode: str | None = None
    status: Risicostatus | None = None
    type: Objecttype | None = None
    wijkcode: str | None = None
    buurtcode: str | None = None
    due_voor: date | None = None
    bbox: Bbox | None = None


@dataclass(frozen=True)
class Zoekwoorden:
    """A search as it was understood: an object fits by its address, by its name or by a number.

    Attributes:
        heel: all words, as a part of a name or as a whole number (object, permit, KvK).
        straat: part of a street.
        postcode: a whole postcode.
        huisnummer: with a postcode or street.
    """

    heel: str
    straat: str | None = None
    postcode: str | None = None
    huisnummer: int | None = None
