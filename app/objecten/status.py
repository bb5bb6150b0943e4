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


class Importfase(StrEnum):
    """What the background work on an import is at; none once it ended."""

    WACHT = "wacht"
    LEZEN = "lezen"
    VERWERKEN = "verwerken"
    AFRONDEN = "afronden"


class Importindeling(StrEnum):
    """Layouts that the importer knows; the container (CSV, XLSX, ...) is told by the bytes of the file."""

    OBJECTEN = "objecten"
    RISICOADRESSEN = "risicoadressen"
    VERGUNNINGEN = "vergunningen"
    AMSTERDAM_HORECA = "amsterdam-horeca"
    DEN_HAAG_HORECA = "den-haag-horeca"
    KVK = "kvk"
    BAG = "bag"
    ADRESSEN = "adressen"
    CBS_GEBIEDEN = "cbs-gebieden"


class Bestandsformaat(StrEnum):
    """Containers that a file of rows may come in."""

    CSV = "csv"
    XLSX = "xlsx"
    GEOJSON = "geojson"
    GPKG = "gpkg"
    JSON = "json"


class Koppelrol(StrEnum):
    """As what somebody is tied to a business object (REG-19)."""

    VERGUNNINGHOUDER = "vergunninghouder"
    VERHUURDER = "verhuurder"
    EXPLOITANT = "exploitant"


class Koppelsleutel(StrEnum):
    """By which number objects are linked."""

    KVK = "kvk"
    HOUDER = "vergunninghouder"


class Geocodestatus(StrEnum):
    """Whether it is known where an address lies, and how (ADR 0014)."""

    GEVONDEN = "gevonden"
    WACHT = "wacht"
    NIET_GEVONDEN = "niet-gevonden"
    MEERDERE = "meerdere"
    BUITEN_GEMEENTE = "buiten-gemeente"
    MET_DE_HAND = "met-de-hand"


class Bronantwoord(StrEnum):
    """What became of a question to a source."""

    GEVRAAGD = "gevraagd"
    NIET_GEVRAAGD = "niet-gevraagd"
    UIT = "uit"
    ONBEREIKBAAR = "onbereikbaar"
    ONBEGRIJPELIJK = "onbegrijpelijk"


class Wenssoort(StrEnum):
    """What can be wished of the planning of an object (PLN-17)."""

    GEWENST = "controle-gewenst"
    NIET_PLANNEN = "niet-plannen-tot"


class Wenszetter(StrEnum):
    """In which role a wish was set; read by the AF and the lead planner alone."""

    AF = "aandachtsfunctionaris"
    PLANNER = "planner"
