"""Codes of measures: kinds, states, the answer on shelter, and what is done to a measure."""

from enum import StrEnum


class Maatregelsoort(StrEnum):
    """Kinds of administrative measure (INS-02 to INS-06, REG-18)."""

    SLUITING = "sluiting"
    TIJDELIJKE_SLUITING = "tijdelijke-sluiting"
    LAST_DWANGSOM = "last-onder-dwangsom"
    LAST_BESTUURSDWANG = "last-onder-bestuursdwang"
    BOETE = "bestuurlijke-boete"
    INTREKKING_VERGUNNING = "intrekking-vergunning"
    WEIGERING_VERGUNNING = "weigering-vergunning"
    VERGUNNINGVOORSCHRIFT = "vergunningvoorschrift"
    WAARSCHUWING = "waarschuwing"


class GerichtOp(StrEnum):
    """Towards whom a measure works, as a role at the place; never who that is (ADR 0006)."""

    EXPLOITANT = "exploitant-of-eigenaar"
    VERBLIJFT = "wie-er-verblijft-of-werkt"


class Maatregelstatus(StrEnum):
    """States of a measure. An intended one binds nobody, a withdrawn one counts for nothing."""

    VOORGENOMEN = "voorgenomen"
    OPGELEGD = "opgelegd"
    BEEINDIGD = "beeindigd"
    INGETROKKEN = "ingetrokken"


class Opvang(StrEnum):
    """Answer to 'opvang geregeld?' before people lose their roof (HLP-05)."""

    GEREGELD = "geregeld"
    NIET_NODIG = "niet-nodig"
    NOG_NIET = "nog-niet"


class Maatregelactie(StrEnum):
    """What is done to a measure; each is an event."""

    VASTLEGGEN = "vastleggen"
    WIJZIGEN = "wijzigen"
    OPLEGGEN = "opleggen"
    BEEINDIGEN = "beeindigen"
    INTREKKEN = "intrekken"
    AFSTEMMEN = "afstemmen"


class Afstemverzoekstand(StrEnum):
    """How the alignment of a measure stands, as everybody sees it; why it waits is not told (INS-05, ROL-12)."""

    WACHT = "wacht op afstemming"
    AFGESTEMD = "afgestemd"
    GEEN = "geen overeenstemming"
    VERVALLEN = "vervallen"


class Afstemreden(StrEnum):
    """Why a measure needs alignment; read by the AF alone."""

    OM = "openbaar-ministerie"
    VERBLIJFT = "gericht-op-wie-er-verblijft-of-werkt"
    DWANG = "mogelijk-gedwongen"
