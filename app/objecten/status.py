"""Codes of the stock."""

from enum import StrEnum


class Objecttype(StrEnum):
    """The seven object types (checklists, section 4). There is none for sex work in a dwelling (REG-05)."""

    SEKS = "SEKS"
    MASS = "MASS"
    HOR = "HOR"
    BEDR = "BEDR"
    WON = "WON"
    LOG = "LOG"
    HOT = "HOT"


class Objectstatus(StrEnum):
    """Whether an object is there to be controlled."""

    ACTIEF = "actief"
    GESLOTEN = "gesloten"


class Vergunningsoort(StrEnum):
    """Kinds of permit."""

    SEKSINRICHTING = "seksinrichting"
    HORECA = "horeca-exploitatie"
    ALCOHOL = "alcohol"
    MASSAGE = "massagesalon"
    VERHUUR = "verhuur"
    LOGIES = "logies"
    OVERIG = "overig"


class Vergunningstatus(StrEnum):
    """State of a permit."""

    AANGEVRAAGD = "aangevraagd"
    VERLEEND = "verleend"
    INGETROKKEN = "ingetrokken"
    GEWEIGERD = "geweigerd"
    VERVALLEN = "vervallen"


class Risicostatus(StrEnum):
    """State of a risk address."""

    OPEN = "open"
    BEZOCHT = "bezocht"
    VERVALLEN = "vervallen"


class Importstatus(StrEnum):
    """State of an import."""

    WACHT = "wacht"
    BEZIG = "bezig"
    KLAAR = "klaar"
    MISLUKT = "mislukt"


class Importindeling(StrEnum):
    """Layouts that the importer knows."""

    OBJECTEN = "objecten-csv"
    RISICOADRESSEN = "risicoadressen-csv"
    AMSTERDAM_HORECA = "amsterdam-horeca"
    BAG = "bag"
    ADRESSEN = "adressen"
    CBS_GEBIEDEN = "cbs-gebieden"
