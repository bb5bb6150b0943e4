"""Signals that the people of the invented municipality sent in, and how far the AF is with each."""

from dataclasses import dataclass, field
from typing import Any

BEOORDELING = {
    "vormen": ["arbeid"],
    "urgentie": "regulier",
    "mogelijkMinderjarig": "nee",
    "zcInlichten": True,
    "acuteOnveiligheid": False,
    "structureleOnveiligheid": True,
}


@dataclass(frozen=True)
class Demosignaal:
    """One signal.

    Attributes:
        indiener: account that sends it in.
        objecttype: kind of place it is about.
        inhoud: body of the signal without id and place.
        stappen: names of the steps that were taken, from the first on.
        beoordeling: body of the judgement, when it comes to that.
    """

    indiener: str
    objecttype: str
    inhoud: dict[str, Any]
    stappen: tuple[str, ...] = ()
    beoordeling: dict[str, Any] = field(default_factory=lambda: dict(BEOORDELING))


SIGNALEN = (
    Demosignaal(
        "balie",
        "LOG",
        {
            "bron": "balie",
            "waarnemingen": ["ander-houdt-papieren", "ander-voert-woord"],
            "tekst": "Vier keer op een dag een inschrijving op dit adres, steeds met dezelfde begeleider.",
        },
    ),
    Demosignaal(
        "pandbrigade",
        "WON",
        {"nietPluis": True, "tekst": "Gordijnen altijd dicht, veel matrassen en een hangslot aan de buitenkant."},
        ("ontvangen",),
    ),
    Demosignaal(
        "toezichthouder-5",
        "HOR",
        {"nietPluis": True, "vormen": ["arbeid"], "tekst": "Er wordt achter de keuken geslapen; de chef geeft alle antwoorden."},
        ("ontvangen", "verrijken"),
    ),
    Demosignaal(
        "toezichthouder-1",
        "MASS",
        {"nietPluis": True, "vormen": ["seksueel"], "tekst": "Het rooster loopt van tien tot tien, zeven dagen in de week."},
        ("ontvangen", "verrijken", "trieren"),
        BEOORDELING | {"vormen": ["seksueel"], "urgentie": "spoed"},
    ),
    Demosignaal(
        "toezichthouder-3",
        "BEDR",
        {"nietPluis": True, "vormen": ["arbeid"], "tekst": "De helft van het loon wordt voor het bed ingehouden."},
        ("ontvangen", "verrijken", "trieren", "uitzetten"),
    ),
    Demosignaal(
        "toezichthouder-3",
        "BEDR",
        {"nietPluis": True, "vormen": ["arbeid"], "tekst": "Er zijn geen contracten en niemand weet wat een uur oplevert."},
        ("ontvangen", "verrijken", "trieren", "uitzetten", "sluiten"),
    ),
)  # fmt: skip
