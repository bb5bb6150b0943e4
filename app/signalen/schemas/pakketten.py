"""Shapes of the sealed document of a hand-over: what is printed, and what its maker gets once."""

from datetime import date, datetime

from pydantic import Field

from app.core.http.schemas import ApiOutput


class Pakketantwoord(ApiOutput):
    """One question and what was established."""

    item: str
    vraag: str
    antwoord: str
    vastgesteld_op: date


class Pakketregel(ApiOutput):
    """One fact with its name."""

    naam: str
    waarde: str


class Pakketinhoud(ApiOutput):
    """Exactly what the document prints; what was not shared is not in it, nor that there is more."""

    ontvanger: str
    kenmerk: str
    datum: date
    grondslag: str
    gegevens: list[str]
    plek: list[Pakketregel]
    signaal: list[Pakketregel]
    naleving: list[Pakketantwoord]
    vertrouwelijk: list[Pakketantwoord]
    tekst: str | None


class PakketGemaakt(ApiOutput):
    """What the AF gets once: address and password go to the recipient by two different ways."""

    adres: str = Field(description="Pad waarop de ontvanger het document ophaalt. Wordt maar een keer getoond.")
    wachtwoord: str = Field(description="Opent het document. Wordt maar een keer getoond en nergens bewaard.")
    sha256: str = Field(description="Van het verzegelde document; blijft bij de overdracht staan.")
    verloopt_op: datetime
    keren: int = Field(description="Zo vaak kan het worden opgehaald.")
    versie: int
