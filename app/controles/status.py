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
    INGECHECKT = "ingecheckt"
    UITGECHECKT = "uitgecheckt"
    ANTWOORDEN = "antwoorden"
    ACUUT = "acuut"
    KEUZE = "keuze"
    CONTROLE_AFGEROND = "controle-afgerond"
    POGING = "poging"
    SFEEROVERGANG = "sfeerovergang"
    HULPAANBOD = "hulpaanbod"
    BELMOMENT = "belmoment"
    RONDE = "ronde"
    VLAG = "vlag"
    SIGNAAL = "signaal"
    EXPLOITANTGESPREK = "exploitantgesprek"


class Gebeurtenisstatus(StrEnum):
    """What the server did with an event."""

    VERWERKT = "verwerkt"
    VERWERKT_MET_FOUTEN = "verwerkt-met-fouten"
    QUARANTAINE = "quarantaine"


class Afstemmer(StrEnum):
    """Who answers whether a visit may go on (PLN-01)."""

    POLITIE = "politie"
    OM = "openbaar-ministerie"
    PLANNER = "planner"


class Afstemantwoord(StrEnum):
    """The whole of an answer: no content, no reason."""

    AKKOORD = "akkoord"
    WACHTEN = "wachten"


class Afstemstand(StrEnum):
    """What everybody sees of a question: it can be released, or it is up to the planner."""

    AKKOORD = "akkoord"
    PLANNER = "planner"


class Toegangsgrond(StrEnum):
    """On what ground a dwelling is entered; the values are the choices of item BEV-03 (PLN-13)."""

    TOESTEMMING = "toestemming van een bewoner"
    MACHTIGING = "machtiging van de burgemeester"
    GEVAAR = "ernstig en onmiddellijk gevaar"
    NIET_BETREDEN = "niet betreden"


class Machtigingsgrond(StrEnum):
    """Legal ground of an authorisation to enter (item BEV-05)."""

    HUISVESTINGSWET = "huisvestingswet-34"
    OMGEVINGSWET = "omgevingswet-18-7"
    GEMEENTEWET = "gemeentewet-149a"


class Machtigingstatus(StrEnum):
    """State of an authorisation; that it has ended follows from its last day."""

    AANGEVRAAGD = "aangevraagd"
    AFGEGEVEN = "afgegeven"
    GEWEIGERD = "geweigerd"


class Afgever(StrEnum):
    """Functions that may issue an authorisation (Awbi 3)."""

    BURGEMEESTER = "burgemeester"
    OFFICIER = "officier-van-justitie"
    HULPOFFICIER = "hulpofficier-van-justitie"


class Gespreksonderwerp(StrEnum):
    """What a talk with an operator was about; a code, so that nothing of the talk is kept (PLN-20)."""

    KENNISMAKING = "kennismaking"
    VERGUNNING = "vergunning"
    BEDRIJFSPLAN = "bedrijfsplan"
    MELDPLICHT = "meldplicht"
    ARBEID = "arbeid"
    HUISVESTING = "huisvesting"
    NALEVING = "naleving"
    VOORLICHTING = "voorlichting"
