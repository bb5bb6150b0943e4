"""Why an event waits in quarantine; the code is stored, the text is shown (design section 5)."""

from enum import StrEnum


class Wachtreden(StrEnum):
    """Reasons to keep an event apart."""

    ONLEESBAAR = "onleesbaar"
    ANDERE_INHOUD = "andere-inhoud"
    ONBEKENDE_CONTROLE = "onbekende-controle"
    ONBEKENDE_VERSIE = "onbekende-versie"
    NIET_AANGEWEZEN = "niet-aangewezen"
    ANDERE_PLEK = "andere-plek"
    NIET_TOEPASBAAR = "niet-toepasbaar"


TEKST: dict[Wachtreden, str] = {
    Wachtreden.ONLEESBAAR: "Deze gebeurtenis is niet goed te lezen; zij is bewaard en het team kijkt ernaar.",
    Wachtreden.ANDERE_INHOUD: "Dit kenmerk is eerder gebruikt voor andere inhoud; beide zijn bewaard.",
    Wachtreden.ONBEKENDE_CONTROLE: "Deze controle is hier (nog) niet bekend; de gebeurtenis is bewaard.",
    Wachtreden.ONBEKENDE_VERSIE: "Deze versie van de checklist is hier (nog) niet bekend; de gebeurtenis is bewaard.",
    Wachtreden.NIET_AANGEWEZEN: "U bent in deze gemeente niet aangewezen voor dit soort object; de gebeurtenis is bewaard.",
    Wachtreden.ANDERE_PLEK: "Deze controle hoort bij een ander object; de gebeurtenis is bewaard.",
    Wachtreden.NIET_TOEPASBAAR: "Deze gebeurtenis kon niet worden verwerkt; zij is bewaard en het team kijkt ernaar.",
}

VERANDERLIJK = frozenset({Wachtreden.ONBEKENDE_CONTROLE, Wachtreden.ONBEKENDE_VERSIE, Wachtreden.NIET_AANGEWEZEN})
"""Reasons that can pass by themselves: such an event is applied again later."""


class Wacht(Exception):
    """This event has to wait."""

    def __init__(self, reden: Wachtreden) -> None:
        super().__init__(reden)
        self.reden = reden
