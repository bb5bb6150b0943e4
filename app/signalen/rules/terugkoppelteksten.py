"""Standard texts of feedback as data: who may get which, and at which moment (section 9 of the signal route, RTE-20).

A text never speaks of a partner, a person, a place or what an investigation brought. Who reported from outside gets it outside this
service; of a tip to MMA nobody knows who reported.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.signalen.status import Bronsoort

Code = Annotated[str, Field(pattern=r"^[a-z0-9-]{2,40}$")]


class Moment(StrEnum):
    """When feedback is given."""

    EERSTE = "eerste"
    SLUITEN = "sluiten"


class Doelgroep(StrEnum):
    """Who feedback is for."""

    COLLEGA = "collega"
    BALIE = "balie"
    PARTNER = "partner"
    EXPLOITANT = "exploitant"


BINNEN = frozenset({Doelgroep.COLLEGA, Doelgroep.BALIE})
"""Those who read it in this service; the others get it outside, and only that it was given is noted."""

_GROEP = {
    Bronsoort.TOEZICHT: Doelgroep.COLLEGA,
    Bronsoort.PANDBRIGADE: Doelgroep.COLLEGA,
    Bronsoort.GEMEENTE_OVERIG: Doelgroep.COLLEGA,
    Bronsoort.BALIE: Doelgroep.BALIE,
    Bronsoort.EXPLOITANT: Doelgroep.EXPLOITANT,
    Bronsoort.MMA: None,
}


class _Vast(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Standaardtekst(_Vast):
    """One text."""

    code: Code
    tekst: Annotated[str, Field(min_length=10, max_length=300)]
    voor: frozenset[Doelgroep]
    momenten: frozenset[Moment]
    bron: tuple[str, ...]


class Reden(_Vast):
    """Why feedback is not possible."""

    code: Code
    reden: Annotated[str, Field(min_length=5, max_length=200)]
    bron: tuple[str, ...]


class Terugkoppelteksten(_Vast):
    """The whole file."""

    versie: int
    teksten: tuple[Standaardtekst, ...]
    redenen: tuple[Reden, ...]

    @model_validator(mode="after")
    def _whole(self) -> "Terugkoppelteksten":
        codes = [*(row.code for row in self.teksten), *(row.code for row in self.redenen)]
        if len(set(codes)) < len(codes):
            msg = "een code staat er twee keer in"
            raise ValueError(msg)
        missing = [
            f"{groep} {moment}"
            for groep in Doelgroep
            for moment in Moment
            if not any(groep in row.voor and moment in row.momenten for row in self.teksten)
        ]
        if missing:
            msg = f"er is geen tekst voor: {', '.join(missing)}"
            raise ValueError(msg)
        return self

    def text_of(self, code: str) -> str | None:
        """The text under a code."""
        return next((row.tekst for row in self.teksten if row.code == code), None)

    def faults(
        self, groep: Doelgroep | None, moment: Moment, tekstcode: str | None, niet_mogelijk: str | None
    ) -> list[str]:
        """Why this feedback cannot be given, in Dutch; empty when it can.

        Args:
            groep: who it is for; None when nobody knows who reported.
            moment: first, or at closing.
            tekstcode: the text that was chosen.
            niet_mogelijk: the reason that was chosen; exactly one of the two.
        """
        if (tekstcode is None) == (niet_mogelijk is None):
            return ["Kies een tekst voor de terugkoppeling, of de reden waarom die niet kan; een van de twee."]
        if niet_mogelijk is not None:
            reasons = [row.code for row in self.redenen]
            asked = "Kies een reden uit de lijst waarom terugkoppeling niet kan"
            return [] if niet_mogelijk in reasons else [f"{asked}: {', '.join(reasons)}."]
        fitting = [row.code for row in self.teksten if groep in row.voor and moment in row.momenten]
        asked = "Kies een standaardtekst die bij de bron van dit signaal en bij dit moment hoort"
        return [] if tekstcode in fitting else [f"{asked}: {', '.join(fitting) or 'er is er geen'}."]


def group_of(bron: Bronsoort, *, listed: bool) -> Doelgroep | None:
    """Who gets feedback on a signal; None for an anonymous tip.

    Args:
        bron: source of the signal.
        listed: it came from a source of the list 'signaalbronnen', such as a school: another organisation reported.
    """
    if listed:
        return Doelgroep.PARTNER
    return _GROEP.get(bron, Doelgroep.PARTNER)
