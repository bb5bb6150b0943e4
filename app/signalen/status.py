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
    """What is done to a signal; each is an event. Those from OPVOEREN on leave its state as it is."""

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
    URGENTIE_WIJZIGEN = "urgentie-wijzigen"
    ZC_INLICHTEN = "zorgcoordinator-inlichten"
    VT_KLASSE = "klasse-veilig-thuis"
    OVERDRAGEN_AF = "overdragen-andere-gemeente"
    TERUGKOPPELEN = "terugkoppelen"
    BESLUIT = "besluit-overleg"
    TERMIJN_VERSTREKEN = "termijn-verstreken"
    INZIEN_BUITEN_ROL = "inzien-buiten-de-rol"
    VERWIJDEREN_VOOR_TERMIJN = "verwijderen-voor-de-termijn"
    VRIJGEVEN = "vrijgeven-adresonderzoek"
    AFSCHERMEN = "naar-de-gesloten-route"
    BEWAREN_VASTHOUDEN = "bewaren-vasthouden"
    BEWAREN_LOSLATEN = "bewaren-loslaten"
    INHOUD_VERWIJDEREN = "inhoud-verwijderen"


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


class GaatOver(StrEnum):
    """Whom in the municipality itself a signal is about; such a signal goes a closed way (RTE-26)."""

    COLLEGA = "collega"
    BESTUURDER = "bestuurder"


class Noodnummer(StrEnum):
    """Who was called before anything was written down (R1)."""

    NUMMER_112 = "112"
    POLITIE = "politie"


class Onderzoekstatus(StrEnum):
    """State of an address that the desk looks into (REG-10); one that the AF refused is not there any more."""

    WACHT = "wacht-op-vrijgave"
    VRIJGEGEVEN = "vrijgegeven"
    AFGEROND = "afgerond"


class Classificatie(StrEnum):
    """What a signal turned out to be about (PLN-06, PLN-07): not every abuse is trafficking."""

    MENSENHANDEL = "mensenhandel-vermoeden"
    BENADELING = "ernstige-benadeling"
    WERKGEVERSCHAP = "slecht-werkgeverschap"
    OVERTREDING = "overtreding"
    SMOKKEL = "mensensmokkel"


class VtKlasse(StrEnum):
    """The four answers of Veilig Thuis (RTE-09, table C); only Veilig Thuis sets one, the AF copies it with its date."""

    GEEN = "geen-mensenhandel"
    RISICO = "geen-mensenhandel-wel-risicofactoren"
    MOGELIJK = "mogelijk-mensenhandel"
    SPRAKE = "sprake-van-mensenhandel"


class Termijnsoort(StrEnum):
    """Deadlines of a signal (table F)."""

    BEVESTIGEN = "bevestigen"
    PIKET = "piket-antwoord"
    ZORGCOORDINATOR = "zorgcoordinator-inlichten"
    VEILIG_THUIS = "veilig-thuis-inlichten"
    BEOORDELEN = "beoordelen"
    OVERDRAGEN = "overdragen"
    AGENDA = "op-de-agenda"
    PARTNERREACTIE = "reactie-partner"
    EERSTE_TERUGKOPPELING = "eerste-terugkoppeling"
    TERUGKOPPELING_SLUITEN = "terugkoppeling-bij-sluiten"
    HERZIEN = "opnieuw-bekijken"
    BRP_VRIJGAVE = "vrijgave-brp-brief-huisbezoek"


class Termijnstatus(StrEnum):
    """State of a deadline; a missed one stays missed, also when the work is done later."""

    LOOPT = "loopt"
    GEHAALD = "gehaald"
    TE_LAAT_GEDAAN = "te-laat-gedaan"
    VERVALLEN = "vervallen"


class Overdrachtkanaal(StrEnum):
    """How the content of a hand-over leaves; this service stores the reference only (design section 6)."""

    STEM = "mondeling"
    EIGEN_KANAAL = "kanaal-van-de-partner"
    VERZEGELD = "verzegeld-document"


class Overdrachtstatus(StrEnum):
    """State of a hand-over to one partner."""

    VASTGELEGD = "vastgelegd"
    VERZONDEN = "verzonden"
    BEVESTIGD = "bevestigd"
    BEANTWOORD = "beantwoord"
    INGETROKKEN = "ingetrokken"


class Verzoekstatus(StrEnum):
    """State of a request for a second pair of eyes."""

    OPEN = "open"
    AKKOORD = "akkoord"
    GEWEIGERD = "geweigerd"
    INGETROKKEN = "ingetrokken"
    ACHTERHAALD = "achterhaald"


class Overlegsoort(StrEnum):
    """Kinds of meeting (CAD-07 to CAD-10, OVL-01, OVL-02)."""

    DRIELUIK = "drieluik"
    ONDERMIJNING = "lokaal-ondermijningsoverleg"
    CASUS_MINDERJARIG = "casusoverleg-18-min"
    KWARTAAL_AF_ZC = "kwartaaloverleg-af-zorgcoordinator"
    RIEC_TAFEL = "riec-ondermijningstafel"
    DRIEHOEK = "lokale-driehoek"
    AF_NETWERK = "netwerk-aandachtsfunctionarissen"
    ZORGNETWERK = "zorgnetwerk"
    PREVENTIE = "werkoverleg-preventie"
    TASKFORCE = "taskforce"
    RSIV = "werkgroep-rsiv"
    NETWERK = "netwerkbijeenkomst"
    EXPERT = "expertmeeting"
    OVERIG = "overig"


class Overlegstatus(StrEnum):
    """State of one meeting."""

    GEPLAND = "gepland"
    GEHOUDEN = "gehouden"
    VERVALLEN = "vervallen"


class Agendareden(StrEnum):
    """Why a signal stands on an agenda."""

    VANZELF = "vanzelf"
    AF = "door-de-af"


class Besluitcode(StrEnum):
    """What a meeting decided about a signal (CAD-07, OVL-01)."""

    OPVOLGEN = "opvolgen"
    AANHOUDEN = "aanhouden"
    OVERDRAGEN = "overdragen-aan-partner"
    NAAR_RIEC = "inbrengen-bij-riec"
    MONITOREN = "monitoren"
    KLAAR = "klaar-aan-deze-tafel"


class Middel(StrEnum):
    """The means that the lokaal ondermijningsoverleg picks (CAD-08)."""

    BESTUURLIJK = "bestuurlijk"
    STRAF = "strafrechtelijk"
    FISCAAL = "fiscaal"
    RIEC = "riec"


class Kwartaalstand(StrEnum):
    """State of a quarter of the meeting of AF and zorgcoördinator (CAD-10)."""

    GEHOUDEN = "gehouden"
    GEMIST = "gemist"
    OPEN = "nog te houden"
