"""Closing codes as data: why a signal ended, how the monitor counts it, what closing asks (RTE-22, MON-05, DEF-04).

'Werkt vrijwillig', 'geen aangifte' and 'geen tijd' are no reasons and therefore no codes (DEF-04).
"""

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
        nieuw_signaal: whether it counts as a new signal.
    """

    code: str
    reden: str
    telling: Telling
    tweede_persoon: bool = True
    overleg: bool = True
    zc_datum: bool = False
    bewaarnorm: Normsleutel = Normsleutel.SIGNAAL_BEWAREN_MAANDEN

    @property
    def nieuw_signaal(self) -> bool:
        """Whether the monitor counts it among the new signals."""
        return self.telling not in {Telling.RIEC, Telling.NIET, Telling.ELDERS}


SLUITCODES: dict[str, Sluitcode] = {
    sluitcode.code: sluitcode
    for sluitcode in (
        Sluitcode("C1", "Overgedragen aan politie of Koninklijke Marechaussee", Telling.OPSPORING),
        Sluitcode("C2", "Overgedragen aan de Arbeidsinspectie", Telling.OPSPORING),
        Sluitcode("C3", "Overgedragen aan zorg", Telling.ZORG),
        Sluitcode("C4", "Bestuurlijke maatregel genomen", Telling.BESTUURLIJK),
        Sluitcode("C5", "Ingebracht bij het RIEC", Telling.RIEC),
        Sluitcode("C6", "Geen mensenhandel, wel risicofactoren", Telling.RISICO, bewaarnorm=_JAAR),
        Sluitcode("C7", "Geen mensenhandel", Telling.GEEN, bewaarnorm=_KORT),
        Sluitcode("C8", "Dubbel (samengevoegd)", Telling.NIET, tweede_persoon=False, overleg=False, bewaarnorm=_KORT),
        Sluitcode("C9", "Hoort bij een andere gemeente", Telling.ELDERS),
        Sluitcode("C10", "Foutieve invoer", Telling.NIET, overleg=False, bewaarnorm=_KORT),
        Sluitcode(
            "C11", "Geen hulp gewenst, zorgen blijven: via de ketenregisseur naar het RIEC", Telling.RIEC, zc_datum=True
        ),
        Sluitcode("C12", "Ernstige benadeling of slecht werkgeverschap: naar de Arbeidsinspectie", Telling.BENADELING),
        Sluitcode("C13", "Onvoldoende informatie", Telling.ONBEKEND, bewaarnorm=_JAAR),
        Sluitcode("C14", "Mensensmokkel", Telling.NIET),
    )
}
