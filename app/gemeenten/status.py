"""Codes of the municipality's records."""

from enum import StrEnum


class Gebiedsoort(StrEnum):
    """Levels of area, as CBS publishes them each year."""

    GEMEENTE = "gemeente"
    WIJK = "wijk"
    BUURT = "buurt"


class Teamsoort(StrEnum):
    """Kinds of team (ROL-05, ROL-06, ROL-07)."""

    PROSTITUTIE = "heit-prostitutie"
    MALAFIDE = "heit-malafide-bedrijvigheid"
    TOEZICHT = "toezicht"
    PANDBRIGADE = "pandbrigade"


class Partnersoort(StrEnum):
    """Kinds of partner (REG-16, ROL-10 to ROL-18)."""

    POLITIE = "politie-mensenhandel"
    ARBEIDSINSPECTIE = "arbeidsinspectie"
    OM = "openbaar-ministerie"
    BELASTINGDIENST = "belastingdienst"
    DOUANE = "douane"
    NVWA = "nvwa"
    UWV = "uwv"
    KMAR = "kmar"
    IND = "ind"
    OMGEVINGSDIENST = "omgevingsdienst"
    BRANDWEER = "brandweer"
    ENERGIEBEDRIJF = "energiebedrijf"
    NFI = "nfi"
    VEILIG_THUIS = "veilig-thuis"
    ZORGCOORDINATOR = "zorgcoordinator"
    ZORGCOORDINATOR_JEUGD = "zorgcoordinator-jeugd"
    RIEC = "riec"
    ZORG_EN_VEILIGHEIDSHUIS = "zorg-en-veiligheidshuis"
    SOCIAAL_TEAM = "sociaal-team"
    LEERPLICHT = "leerplicht"
    MMA = "meld-misdaad-anoniem"
    NIDOS = "nidos"
    OVERIG = "overig"


class Bereik(StrEnum):
    """For whom an offer of help is there (REG-15)."""

    GEMEENTE = "gemeente"
    REGIO = "regio"
    LANDELIJK = "landelijk"


class Financier(StrEnum):
    """Who pays for help (HLP-02)."""

    RIJK = "rijk"
    GEMEENTE = "gemeente"
    ANDERS = "anders"


class Wet(StrEnum):
    """Laws under which an inspector is designated (REG-17)."""

    APV = "apv"
    ALCOHOLWET = "alcoholwet"
    HUISVESTINGSWET = "huisvestingswet"
    OMGEVINGSWET = "omgevingswet"
    GOED_VERHUURDERSCHAP = "wet-goed-verhuurderschap"
    BRP = "wet-brp"


class Opleidingsoort(StrEnum):
    """What an account was trained in; `huisvesting` and `arbeid` are competences (TRN-01, TRN-04, TRN-05)."""

    BASIS = "basis-mensenhandel"
    WOONFRAUDE = "woonfraude"
    IDENTITEIT = "identiteit"
    UITBUITING = "uitbuiting"
    HUISVESTING = "huisvesting"
    ARBEID = "arbeid"
    WIJKACADEMIE = "wijkacademie"
    VR_BELEVING = "vr-beleving"
    AF_OPLEIDING = "af-opleiding"


class Taakstatus(StrEnum):
    """State of a task."""

    OPEN = "open"
    GEDAAN = "gedaan"
    VERVALLEN = "vervallen"


class Berichtkanaal(StrEnum):
    """Ways a message leaves. None of them ever carries content (design section 6)."""

    WEBPUSH = "webpush"
    SMS = "sms"
    EMAIL = "e-mail"
    CLOUDEVENT = "cloudevent"


class Berichtstatus(StrEnum):
    """State of a message in the outbox."""

    WACHT = "wacht"
    VERZONDEN = "verzonden"
    BEVESTIGD = "bevestigd"
    DODE_BRIEF = "niet-bezorgd"
    VERVALLEN = "vervallen"
