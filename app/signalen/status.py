"""States and codes of a signal: urgency, states, actions, forms, sources."""

from enum import StrEnum


class Signaalstatus(StrEnum):
    """The states of meldroute table G."""

    CONCEPT = "concept"
    VERZONDEN = "verzonden"
    ONTVANGEN = "ontvangen"
    IN_VERRIJKING = "in_verrijking"
    GETRIEERD = "getrieerd"
    UITGEZET = "uitgezet"
    IN_BEHANDELING = "in_behandeling"
    GEMONITORD = "gemonitord"
    GESLOTEN = "gesloten"
    SAMENGEVOEGD = "samengevoegd"


class Actie(StrEnum):
    """What is done to a signal; each is an event. The last three leave its state as it is."""

    VERZENDEN = "verzenden"
    VERWIJDEREN = "verwijderen"
    ONTVANGEN = "ontvangen"
    VERRIJKEN = "verrijken"
    TRIEREN = "trieren"
    UITZETTEN = "uitzetten"
    UITZETTEN_112 = "uitzetten-112"
    IN_BEHANDELING_NEMEN = "in-behandeling-nemen"
    MONITOREN = "monitoren"
    SLUITEN = "sluiten"
    SAMENVOEGEN = "samenvoegen"
    HEROPENEN = "heropenen"
    OPVOEREN = "opvoeren"
    AANVULLEN = "aanvullen"
    TEKST_TOEVOEGEN = "tekst-toevoegen"


class Urgentie(StrEnum):
    """Urgency of a signal; 'acuut' and 'spoed' run in clock hours, day and night."""

    ACUUT = "acuut"
    SPOED = "spoed"
    REGULIER = "regulier"


class Vorm(StrEnum):
    """Forms of exploitation, extendable (DEF-03)."""

    SEKSUEEL = "seksueel"
    ARBEID = "arbeid"
    CRIMINEEL = "crimineel"
    ORGAANVERWIJDERING = "orgaanverwijdering"
    ONBEKEND = "onbekend"


class JaNeeOnbekend(StrEnum):
    """An answer that may be unknown."""

    JA = "ja"
    NEE = "nee"
    ONBEKEND = "onbekend"


class Bronsoort(StrEnum):
    """Where a signal came from (MON-03)."""

    TOEZICHT = "toezicht"
    PANDBRIGADE = "pandbrigade"
    BALIE = "balie"
    GEMEENTE_OVERIG = "gemeente-overig"
    VEILIG_THUIS = "veilig-thuis"
    POLITIE = "politie"
    ZORG = "zorg"
    MMA = "mma"
    IKO = "iko"
    EXPLOITANT = "exploitant"
    ANDERS = "anders"
