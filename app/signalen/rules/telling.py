"""How the monitor counts signals (meldroute sections 10 and 11; MON-01, MON-02, MON-03, MON-05, MON-07, DAT-04)."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from app.signalen.rules.sluitcodes import SLUITCODES, Telling
from app.signalen.status import Bronsoort, Signaalstatus, Vorm


@dataclass(frozen=True, slots=True)
class TelbaarSignaal:
    """What counting looks at: nothing of its content, place or people.

    Attributes:
        herkomst: municipality of origin; None counts as unknown (DAT-04).
    """

    herkomst: str | None
    vormen: Collection[str]
    status: Signaalstatus
    sluitcode: str | None
    bron: Bronsoort
    verzonden_op: datetime

    @property
    def telling(self) -> Telling | None:
        """How its closing code counts; None while it is open."""
        if self.status is Signaalstatus.SAMENGEVOEGD:
            return Telling.NIET  # counted as the signal that it was joined to
        return None if self.sluitcode is None else SLUITCODES[self.sluitcode].telling

    @property
    def is_new(self) -> bool:
        """Whether it is a new signal: not joined, entered in error, smuggling, given to another municipality, or at the RIEC."""
        return self.telling not in {Telling.RIEC, Telling.NIET, Telling.ELDERS}

    @property
    def is_open(self) -> bool:
        """Whether the AF still works on it."""
        return self.status not in {Signaalstatus.CONCEPT, Signaalstatus.GESLOTEN, Signaalstatus.SAMENGEVOEGD}


@dataclass(frozen=True, slots=True)
class Signaaltelling:
    """Figures of a year; no figure crosses a form with a municipality (MON-11).

    Attributes:
        nieuw: new signals; the base of every other figure.
        per_vorm: a signal with two forms counts in both, and once in `nieuw` (MON-07).
        per_gemeente: by municipality of origin; None is unknown.
        riec: brought in at the RIEC, apart from the new ones (MON-05).
        per_bron: by kind of source, each shown, also with zero (MON-03).
    """

    nieuw: int
    per_vorm: dict[Vorm, int]
    per_gemeente: dict[str | None, int]
    riec: int
    per_bron: dict[Bronsoort, int]


def count(signalen: Iterable[TelbaarSignaal], gemeenten: Iterable[str]) -> Signaaltelling:
    """Counts signals that were sent in one period.

    Args:
        signalen: all of them; which are new is decided here.
        gemeenten: municipalities that are shown also when there is nothing to count.
    """
    rows = list(signalen)
    new = [row for row in rows if row.is_new]
    forms = Counter(Vorm(vorm) for row in new for vorm in set(row.vormen) or {Vorm.ONBEKEND})
    origins = Counter(row.herkomst for row in new)
    sources = Counter(row.bron for row in new)
    shown: list[str | None] = [*sorted({*gemeenten, *filter(None, origins)}), None]
    return Signaaltelling(
        nieuw=len(new),
        per_vorm={vorm: forms[vorm] for vorm in Vorm},
        per_gemeente={code: origins[code] for code in shown},
        riec=sum(row.telling is Telling.RIEC for row in rows),
        per_bron={bron: sources[bron] for bron in Bronsoort},
    )
