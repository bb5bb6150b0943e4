"""Codes of planning, and the states that a norm and a waiting risk address can be in; the values are what the screens show."""

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


class StaandeBezoeken(StrEnum):
    """What a round may change of a visit that another confirmed round holds and that was not released yet."""

    TIJD = "tijd"
    DIENST = "dienst"
    WEEK = "week"


class Beschikbaarheidsoort(StrEnum):
    """What a capacity row says."""

    DIENST = "dienst"
    PARTNER = "partner"


class Toezichtstatus(StrEnum):
    """State of continuous supervision in a calendar year (CAD-18)."""

    DOORLOPEND = "doorlopend"
    NOG_TE_DOEN = "nog te doen"
    GEHAALD = "gehaald"


class Normstatus(StrEnum):
    """State of a norm at one moment (CAD-01, CAD-03, CAD-04, CAD-19, REG-02)."""

    GEHAALD = "gehaald"
    OP_KOERS = "op koers"
    IN_GEVAAR = "norm in gevaar"
    NIET_GEHAALD = "niet gehaald"
    NIET_VAN_TOEPASSING = "n.v.t."


class Wachtstatus(StrEnum):
    """State of a risk address that waits for its first visit (CAD-06)."""

    WACHT = "wacht"
    TE_LAAT = "te laat"


class Herplanstatus(StrEnum):
    """Life cycle of a proposal to change the released plan."""

    VOORSTEL = "voorstel"
    TOEGEPAST = "toegepast"
    AFGEWEZEN = "afgewezen"


class Herplangebeurtenis(StrEnum):
    """What can ask for another plan; 'niet-plannen' is a planner's choice, whoever wished it."""

    SPOED = "spoed"
    DIENST_UITGEVALLEN = "dienst-uitgevallen"
    DIENST_ERBIJ = "dienst-erbij"
    POGING = "poging"
    HERCONTROLE = "hercontrole"
    VERGUNNING_BEEINDIGD = "vergunning-beeindigd"
    VERGUNNING_BEGONNEN = "vergunning-begonnen"
    NIET_PLANNEN = "niet-plannen"
    NORM = "norm"
    AANWIJZING_ONTBREEKT = "aanwijzing-ontbreekt"
    NIET_GEDAAN = "niet-gedaan"
