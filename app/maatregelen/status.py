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
