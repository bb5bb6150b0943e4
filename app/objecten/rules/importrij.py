"""A row of an import after it was read: what it says, or every fault in it. The value itself is never told again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.objecten.rules.adressen import loose_part
from app.objecten.rules.openingstijden import Openingstijden
from app.objecten.status import Objecttype, Vergunningsoort, Vergunningstatus
from geo.crs import Punt


@dataclass(frozen=True)
class RijFout:
    """One fault in a row: the field as the layout names it and what is wrong, in Dutch."""

    veld: str
    reden: str


@dataclass(frozen=True)
class AdresRij:
    """An address of a row; the point is RD."""

    straat: str
    huisnummer: int
    huisletter: str
    toevoeging: str
    postcode: str
    woonplaats: str
    x: float | None
    y: float | None

    @property
    def key(self) -> tuple[str, int, str, str]:
        """What makes it one address within a municipality."""
        return self.postcode, self.huisnummer, self.huisletter, self.toevoeging

    @property
    def loose_key(self) -> tuple[str, int, str]:
        """The same for every spelling of letter and addition."""
        return self.postcode, self.huisnummer, loose_part(self.huisletter, self.toevoeging)

    @property
    def punt(self) -> Punt | None:
        """Where it is, if the row tells."""
        return None if self.x is None or self.y is None else Punt(self.x, self.y)


@dataclass(frozen=True)
class VergunningRij:
    """A permit of a row."""

    soort: Vergunningsoort
    nummer: str
    status: Vergunningstatus
    vanaf: date
    tot: date | None

    @property
    def key(self) -> tuple[Vergunningsoort, str]:
        """What makes it one permit within a municipality."""
        return self.soort, self.nummer


@dataclass(frozen=True)
class RisicoRij:
    """A risk address of a row."""

    reden: str
    bron: str
    in_beeld_op: date
    herzien_op: date


@dataclass(frozen=True)
class Importrij:
    """What one row says. A field that is empty, or that the layout has not, is None and changes nothing.

    Attributes:
        nummer_bedacht: the source gives objects no number; the permit tells which object is meant.
        object_eerder: an earlier row described the object otherwise; this one brings its permit only.
        alleen_vergunning: the row is about a permit of an object that stands; `nummer` or `adres` tells which, and no object is made.
        type_verteld: the row names the type itself; otherwise `type` only stands in for it.
        gemeente: what the row itself says of its municipality.
        bron: the kept columns as read, so that a row can be shown as it came; never part of a comparison or a log.
    """

    regel: int
    adres: AdresRij
    nummer: str | None
    type: Objecttype
    naam: str
    kvk_nummer: str | None = None
    sector: str | None = None
    capaciteit: int | None = None
    openingstijden: Openingstijden | None = None
    vergunning: VergunningRij | None = None
    bedrijfsplan: tuple[str, date] | None = None
    laatste_bibob: date | None = None
    risico: RisicoRij | None = None
    opmerkingen: tuple[RijFout, ...] = ()
    nummer_bedacht: bool = False
    object_eerder: bool = False
    alleen_vergunning: bool = False
    type_verteld: bool = True
    gemeente: tuple[str, ...] = ()
    bron: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def description(self) -> tuple[object, ...]:
        """What the row says of the object itself, in a form that can be compared."""
        hours = None if self.openingstijden is None else str(self.openingstijden)
        return self.naam, self.kvk_nummer, self.sector, self.capaciteit, hours, self.adres.x, self.adres.y


@dataclass(frozen=True)
class AfgewezenRij:
    """A row that cannot land, with all its faults.

    Attributes:
        verwisseld: its place is in the wrong order or system, which is seldom the fault of one row.
        bron: the kept columns as read, to be mended and sent again; empty when it is not certain which value belongs to which column.
    """

    regel: int
    fouten: tuple[RijFout, ...]
    verwisseld: bool = False
    bron: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)


GelezenRij = Importrij | AfgewezenRij
