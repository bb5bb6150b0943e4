"""Closing codes as data: why a signal ended, how the monitor counts it, what closing asks (RTE-22, MON-05, DEF-04).

A municipality switches off what depends on its own arrangements: administrative measures and the RIEC, which only takes part under the
WGS. A code that another rule needs stays: one that a forced or standing recipient, a class of Veilig Thuis or a step ends in, and one
that keeps something out of the figures (inferred).

'Werkt vrijwillig', 'geen aangifte' and 'geen tijd' are no reasons and therefore no codes (DEF-04).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.gemeenten.rules.normsleutels import Normsleutel

_KORT = Normsleutel.SIGNAAL_ONJUIST_BEWAREN_MAANDEN
_JAAR = Normsleutel.SIGNAAL_ONBEVESTIGD_BEWAREN_MAANDEN


class Telling(StrEnum):
    """How the monitor counts a closed signal."""

    OPSPORING = "opsporing"
    ZORG = "zorg"
    BESTUURLIJK = "bestuurlijk"
    RIEC = "riec-apart"
    RISICO = "risicofactoren"
    GEEN = "geen-mensenhandel"
    BENADELING = "benadeling"
    ONBEKEND = "onbekend"
    NIET = "niet-geteld"
    ELDERS = "alleen-bij-ontvanger"


@dataclass(frozen=True)
class Sluitcode:
    """One reason to close.

    Attributes:
        reden: Dutch, as shown.
        telling: how the monitor counts it.
        tweede_persoon: a second AF agrees.
        overleg: a consult with a partner or table must be noted first.
        zc_datum: the date of the consult with the zorgcoördinator must be known.
        bewaarnorm: norm of the months after which the content is removed while the figure stays (section 12).
        vast: why no municipality can do without it, in Dutch; empty when one can switch it off.
        nieuw_signaal: whether it counts as a new signal.
    """

    code: str
    reden: str
    telling: Telling
    tweede_persoon: bool = True
    overleg: bool = True
    zc_datum: bool = False
    bewaarnorm: Normsleutel = Normsleutel.SIGNAAL_BEWAREN_MAANDEN
    vast: str = ""

    @property
    def nieuw_signaal(self) -> bool:
        """Whether the monitor counts it among the new signals."""
        return self.telling not in {Telling.RIEC, Telling.NIET, Telling.ELDERS}


SLUITCODES: dict[str, Sluitcode] = {
    sluitcode.code: sluitcode
    for sluitcode in (
        Sluitcode(
            "C1",
            "Overgedragen aan politie of Koninklijke Marechaussee",
            Telling.OPSPORING,
            vast="De politie is een vaste ontvanger in de meldroute, en verplicht bij een minderjarige in een seksuele setting.",
        ),
        Sluitcode(
            "C2",
            "Overgedragen aan de Arbeidsinspectie",
            Telling.OPSPORING,
            vast="De Arbeidsinspectie is een vaste ontvanger in de meldroute.",
        ),
        Sluitcode(
            "C3",
            "Overgedragen aan zorg",
            Telling.ZORG,
            vast="De zorgcoördinator en Veilig Thuis zijn vaste ontvangers in de meldroute.",
        ),
        Sluitcode("C4", "Bestuurlijke maatregel genomen", Telling.BESTUURLIJK),
        Sluitcode("C5", "Ingebracht bij het RIEC", Telling.RIEC),
        Sluitcode(
            "C6",
            "Geen mensenhandel, wel risicofactoren",
            Telling.RISICO,
            bewaarnorm=_JAAR,
            vast="Hoort bij klasse 2 van Veilig Thuis.",
        ),
        Sluitcode(
            "C7", "Geen mensenhandel", Telling.GEEN, bewaarnorm=_KORT, vast="Hoort bij klasse 1 van Veilig Thuis."
        ),
        Sluitcode(
            "C8",
            "Dubbel (samengevoegd)",
            Telling.NIET,
            tweede_persoon=False,
            overleg=False,
            bewaarnorm=_KORT,
            vast="Ontstaat vanzelf door samenvoegen.",
        ),
        Sluitcode(
            "C9",
            "Hoort bij een andere gemeente",
            Telling.ELDERS,
            vast="Hoort bij overdragen aan een andere gemeente; anders telt het signaal in beide.",
        ),
        Sluitcode(
            "C10",
            "Foutieve invoer",
            Telling.NIET,
            overleg=False,
            bewaarnorm=_KORT,
            vast="Wat per vergissing is ingevoerd, mag niet meetellen en niet lang blijven staan.",
        ),
        Sluitcode(
            "C11", "Geen hulp gewenst, zorgen blijven: via de ketenregisseur naar het RIEC", Telling.RIEC, zc_datum=True
        ),
        Sluitcode(
            "C12",
            "Ernstige benadeling of slecht werkgeverschap: naar de Arbeidsinspectie",
            Telling.BENADELING,
            vast="Ernstige benadeling en slecht werkgeverschap tellen apart; anders tellen zij als mensenhandel.",
        ),
        Sluitcode(
            "C13",
            "Onvoldoende informatie",
            Telling.ONBEKEND,
            bewaarnorm=_JAAR,
            vast="Wie te weinig weet, moet dat kunnen zeggen; elke andere reden zegt meer dan bekend is.",
        ),
        Sluitcode(
            "C14",
            "Mensensmokkel",
            Telling.NIET,
            vast="Mensensmokkel telt niet als mensenhandel; zonder deze reden zou dat wel gebeuren.",
        ),
    )
}

DUBBEL = "C8"
"""Exists by merging only; nobody chooses it."""


def codes_used(uitgeschakeld: Iterable[str]) -> frozenset[str]:
    """The codes that a municipality uses; one that no municipality can do without stands, whatever was stored."""
    off = frozenset(uitgeschakeld)
    return frozenset(code for code, row in SLUITCODES.items() if row.vast or code not in off)
