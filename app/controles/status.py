"""States of a control and codes of what is recorded in the field."""

from enum import StrEnum


class Controlestatus(StrEnum):
    """Life cycle of a control; transitions are named in `rules`."""

    GEPLAND = "gepland"
    VRIJGEGEVEN = "vrijgegeven"
    BEZIG = "bezig"
    AFGEROND = "afgerond"
    POGING = "poging"
    VERVALLEN = "vervallen"


class Aanleiding(StrEnum):
    """Neutral triggers of a control (PLN-03); none names a signal or a score."""

    NORM = "norm"
    RISICOADRES = "risicoadres"
    HERCONTROLE = "hercontrole"
    MELDING = "melding"
    EIGEN_ANALYSE = "eigen-analyse"
    VERGUNNING = "vergunning"
    INTEGRALE_ACTIE = "integrale-actie"
    WOONGEBRUIK = "woongebruik"


class Vlagsoort(StrEnum):
    """Kinds of flag of the Pandbrigade (REG-09)."""

    ILLEGALE_BEWONING = "illegale-bewoning"
    OVERBEWONING = "overbewoning"
    WOONOVERLAST = "woonoverlast"
    MALAFIDE_KAMERVERHUUR = "malafide-kamerverhuur"


class Gebeurtenissoort(StrEnum):
    """Kinds of event that a tablet sends."""

    CONTROLE_AANGEMAAKT = "controle-aangemaakt"
    CONTROLE_GESTART = "controle-gestart"
    ANTWOORDEN = "antwoorden"
    ACUUT = "acuut"
    KEUZE = "keuze"
    CONTROLE_AFGEROND = "controle-afgerond"
    POGING = "poging"


class Gebeurtenisstatus(StrEnum):
    """What the server did with an event."""

    VERWERKT = "verwerkt"
    VERWERKT_MET_FOUTEN = "verwerkt-met-fouten"
    QUARANTAINE = "quarantaine"
