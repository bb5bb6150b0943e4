"""Codes of findings."""

from enum import StrEnum


class Klasse(StrEnum):
    """The two classes of answers (DAT-13): compliance may stand in a file, confidential never does."""

    NALEVING = "naleving"
    VERTROUWELIJK = "vertrouwelijk"


class Afsluitreden(StrEnum):
    """Why a shortcoming is closed; both rest on a re-check (PLN-12)."""

    HERSTELD = "hersteld"
    OPNIEUW = "opnieuw-vastgesteld"


class Barriere(StrEnum):
    """The seven barriers of the barrier model (INS-01), and the front block."""

    WERVING = "werving"
    ENTREE = "entree"
    HUISVESTING = "huisvesting"
    IDENTITEIT = "identiteit"
    VERVOER = "vervoer"
    ARBEID = "arbeid"
    FINANCIEN = "financien"
    VOORBLOK = "voorblok"


class Fotogrond(StrEnum):
    """On what ground a photo of a flag was taken: from outside, or inside with this ground to be there (BEV-04, Awbi 2)."""

    VAN_BUITEN = "van-buiten"
    TOESTEMMING = "toestemming"
    MACHTIGING = "machtiging"
    GEVAAR = "gevaar"


class Bijlagestatus(StrEnum):
    """What became of a photo; the tablet keeps its own copy until it is stored or withdrawn."""

    ONTVANGT = "wordt ontvangen"
    CONTROLEERT = "wordt gecontroleerd"
    OPGESLAGEN = "opgeslagen"
    GEWEIGERD = "geweigerd"
    INGETROKKEN = "ingetrokken"
    VERWIJDERD = "verwijderd"
