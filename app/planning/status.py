"""Codes of planning."""

from enum import StrEnum


class Planrondestatus(StrEnum):
    """Life cycle of a planning round."""

    WACHT = "wacht"
    BEZIG = "bezig"
    VOORSTEL = "voorstel"
    MISLUKT = "mislukt"
    VASTGESTELD = "vastgesteld"
    VRIJGEGEVEN = "vrijgegeven"
    VERVALLEN = "vervallen"


class Beschikbaarheidsoort(StrEnum):
    """What a capacity row says."""

    DIENST = "dienst"
    PARTNER = "partner"
