"""Why an event waits in quarantine; the code is stored, the text is shown (design section 5)."""

from enum import StrEnum


class Wachtreden(StrEnum):
    """Reasons to keep an event apart."""

    ONLEESBAAR = "onleesbaar"
    ANDERE_INHOUD = "andere-inhoud"
    ONBEKENDE_CONTROLE = "onbekende-controle"
    ANDER_TEAM = "ander-team"
    ONBEKENDE_VERSIE = "onbekende-versie"
    NIET_AANGEWEZEN = "niet-aangewezen"
    ANDERE_PLEK = "andere-plek"
    NIET_TOEPASBAAR = "niet-toepasbaar"
    NIET_BEVOEGD = "niet-bevoegd"
    ONBEKENDE_PLEK = "onbekende-plek"
    ACCOUNT_BEEINDIGD = "account-beeindigd"
    BEWIJS_VERLOPEN = "bewijs-verlopen"
    ANDER_APPARAAT = "ander-apparaat"
    NIET_TE_OPENEN = "niet-te-openen"


_ONBEKEND = "Deze controle is hier (nog) niet bekend; de gebeurtenis is bewaard."
TEKST: dict[Wachtreden, str] = {
    Wachtreden.ONLEESBAAR: "Deze gebeurtenis is niet goed te lezen; zij is bewaard en het team kijkt ernaar.",
    Wachtreden.ANDERE_INHOUD: "Dit kenmerk is eerder gebruikt voor andere inhoud; beide zijn bewaard.",
    Wachtreden.ONBEKENDE_CONTROLE: _ONBEKEND,
    Wachtreden.ANDER_TEAM: _ONBEKEND,  # what somebody may not see looks as if it were not there
    Wachtreden.ONBEKENDE_VERSIE: "Deze versie van de checklist is hier (nog) niet bekend; de gebeurtenis is bewaard.",
    Wachtreden.NIET_AANGEWEZEN: "U bent in deze gemeente niet aangewezen voor dit soort object; de gebeurtenis is bewaard.",
    Wachtreden.ANDERE_PLEK: "Deze controle hoort bij een ander object; de gebeurtenis is bewaard.",
    Wachtreden.NIET_TOEPASBAAR: "Deze gebeurtenis kon niet worden verwerkt; zij is bewaard en het team kijkt ernaar.",
    Wachtreden.NIET_BEVOEGD: "Uw rol mag dit niet vastleggen; het is bewaard en het team kijkt ernaar.",
    Wachtreden.ONBEKENDE_PLEK: "Deze plek is hier niet bekend, of u werkt er niet; het is bewaard.",
    Wachtreden.ACCOUNT_BEEINDIGD: "Het account is beëindigd voordat dit aankwam; het is bewaard en het team kijkt ernaar.",
    Wachtreden.BEWIJS_VERLOPEN: "Dit kwam later aan dan het bewijs van de tablet geldt; meld u op deze tablet aan.",
    Wachtreden.ANDER_APPARAAT: "Dit hoort bij een andere tablet dan het bewijs zegt; het is bewaard en het team kijkt ernaar.",
    Wachtreden.NIET_TE_OPENEN: "Deze verzegelde zending is beschadigd en niet te openen; zij is bewaard.",
}

VERANDERLIJK = frozenset({Wachtreden.ONBEKENDE_CONTROLE, Wachtreden.ONBEKENDE_VERSIE, Wachtreden.NIET_AANGEWEZEN})
"""Reasons that can pass by themselves: such an event is applied again later."""


class Wacht(Exception):
    """This event has to wait."""

    def __init__(self, reden: Wachtreden) -> None:
        super().__init__(reden)
        self.reden = reden
