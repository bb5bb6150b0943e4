"""The one table of rights: every operation of the API has a row here, or nobody may call it (design section 2, ADR 0012).

A row says which roles may call the operation; which records they then see is decided by `readable_by` in each repository.
"""

from app.core.rights import Recht
from app.gemeenten.rules.rollen import Rol

TOEZICHT, TEAMLEIDER, PLANNER, HOOFDPLANNER = (
    Rol.TOEZICHTHOUDER,
    Rol.TEAMLEIDER,
    Rol.PLANNER,
    Rol.HOOFDPLANNER,
)
PANDBRIGADE, BALIE, AF, VERGUNNING = Rol.PANDBRIGADE, Rol.BALIE, Rol.AF, Rol.VERGUNNINGVERLENER
KETEN, BESTUUR, BEHEER = Rol.KETENREGISSEUR, Rol.BESTUUR, Rol.BEHEERDER

IEDEREEN = Recht()
OPENBAAR = Recht(openbaar=True)


def _rollen(*rollen: Rol, gevoelig: bool = False, leest: bool = False) -> Recht:
    return Recht(rollen=frozenset(rollen), gevoelig=gevoelig, leest=leest)


_PLANNERS = (PLANNER, HOOFDPLANNER)
_VOORRAAD_LEZEN = (TOEZICHT, TEAMLEIDER, *_PLANNERS, PANDBRIGADE, AF, VERGUNNING)
_VOORRAAD_BEHEREN = (*_PLANNERS, VERGUNNING)
_VELD = (TOEZICHT, TEAMLEIDER)

RECHTEN: dict[str, Recht] = {
    # core
    "openapi_lezen": OPENBAAR,
    "sessie_lezen": IEDEREEN,
    # gemeenten
    "gemeenten_lijst": IEDEREEN,
    "gemeenten_lezen": IEDEREEN,
    "gemeenten_in_gebruik_nemen": _rollen(BEHEER),
    "normen_lijst": IEDEREEN,
    "normen_lezen": IEDEREEN,
    "normen_toevoegen": _rollen(BEHEER),
    "gebieden_lijst": IEDEREEN,
    "gebieden_toevoegen": _rollen(BEHEER),
    "lijsten_lezen": IEDEREEN,
    "teams_lijst": IEDEREEN,
    "teams_lezen": IEDEREEN,
    "teams_toevoegen": _rollen(BEHEER),
    "teams_wijzigen": _rollen(BEHEER),
    "partners_lijst": _rollen(TOEZICHT, TEAMLEIDER, *_PLANNERS, AF, BEHEER),
    "partners_lezen": _rollen(TOEZICHT, TEAMLEIDER, *_PLANNERS, AF, BEHEER),
    "partners_toevoegen": _rollen(BEHEER),
    "partners_wijzigen": _rollen(BEHEER),
    # the zorgkaart tells staff where help is; only figures of it go to the board
    "zorgaanbod_lijst": IEDEREEN,
    "zorgaanbod_lezen": IEDEREEN,
    "zorgaanbod_toevoegen": _rollen(BEHEER, KETEN),
    "zorgaanbod_wijzigen": _rollen(BEHEER, KETEN),
    "rapportages_zorgkaart_hiaten": _rollen(AF, KETEN, BESTUUR, BEHEER),
    "rapportages_regelverschillen": _rollen(*_PLANNERS, KETEN, BESTUUR, BEHEER),
    "accounts_lijst": _rollen(BEHEER),
    "accounts_lezen": _rollen(BEHEER),
    "accounts_toevoegen": _rollen(BEHEER),
    "accounts_wijzigen": _rollen(BEHEER),
    "aanwijzingen_lijst": _rollen(BEHEER, TEAMLEIDER, *_PLANNERS),
    "aanwijzingen_lezen": _rollen(BEHEER, TEAMLEIDER, *_PLANNERS),
    "aanwijzingen_toevoegen": _rollen(BEHEER),
    "aanwijzingen_wijzigen": _rollen(BEHEER),
    "piketdiensten_lijst": _rollen(BEHEER, AF),
    "piketdiensten_lezen": _rollen(BEHEER, AF),
    "piketdiensten_toevoegen": _rollen(BEHEER),
    "piketdiensten_testen": _rollen(BEHEER, AF),
    "piketdiensten_testalarm": _rollen(BEHEER),
    "piketdiensten_beantwoorden": _rollen(AF),  # only by who has the shift
    "berichten_lijst": _rollen(BEHEER),
    "berichten_opnieuw": _rollen(BEHEER),
    "pushabonnementen_toevoegen": IEDEREEN,  # own
    "pushabonnementen_verwijderen": IEDEREEN,
    "berichtinstellingen_lezen": IEDEREEN,
    "berichtinstellingen_wijzigen": IEDEREEN,
    "taken_lijst": IEDEREEN,
    "taken_afronden": IEDEREEN,
    # objecten
    "adressen_lijst": _rollen(*_VOORRAAD_LEZEN),
    "adressen_lezen": _rollen(*_VOORRAAD_LEZEN),
    "adressen_zoeken": _rollen(*_VOORRAAD_LEZEN, leest=True),
    "adressen_wijzigen": _rollen(*_VOORRAAD_BEHEREN),
    "adressen_geocoderen": _rollen(*_VOORRAAD_BEHEREN),
    "adressen_controleren": _rollen(*_VOORRAAD_BEHEREN),
    "objecten_kvkcontrole": _rollen(*_VOORRAAD_BEHEREN, gevoelig=True, leest=True),
    "objecten_lijst": _rollen(*_VOORRAAD_LEZEN),
    "objecten_lezen": _rollen(*_VOORRAAD_LEZEN),
    "objecten_zoeken": _rollen(*_VOORRAAD_LEZEN, leest=True),
    "objecten_kaart": _rollen(*_VOORRAAD_LEZEN),
    "objecten_toevoegen": _rollen(*_VOORRAAD_BEHEREN),
    "objecten_wijzigen": _rollen(*_VOORRAAD_BEHEREN),
    "vergunningen_lijst": _rollen(*_VOORRAAD_LEZEN),
    "vergunningen_lezen": _rollen(*_VOORRAAD_LEZEN),
    "vergunningen_toevoegen": _rollen(VERGUNNING),
    "vergunningen_wijzigen": _rollen(VERGUNNING),
    "bedrijfsplannen_lijst": _rollen(*_VOORRAAD_LEZEN),
    "bedrijfsplannen_toevoegen": _rollen(VERGUNNING),
    "bibob_toetsen_lijst": _rollen(VERGUNNING, *_PLANNERS),
    "bibob_toetsen_toevoegen": _rollen(VERGUNNING),
    "bibob_werklijst_lezen": _rollen(VERGUNNING, *_PLANNERS),
    "certificaten_lijst": _rollen(*_VOORRAAD_LEZEN),
    "certificaten_lezen": _rollen(*_VOORRAAD_LEZEN),
    "certificaten_toevoegen": _rollen(*_VOORRAAD_BEHEREN, PANDBRIGADE),
    "certificaten_wijzigen": _rollen(*_VOORRAAD_BEHEREN, PANDBRIGADE),
    "risicogebieden_lijst": _rollen(TEAMLEIDER, *_PLANNERS, AF, KETEN, BESTUUR, BEHEER),
    "risicogebieden_toevoegen": _rollen(*_PLANNERS, BEHEER),
    "risicogebieden_inlezen": _rollen(*_PLANNERS, BEHEER),
    "risicoadressen_lijst": _rollen(TOEZICHT, TEAMLEIDER, *_PLANNERS, AF),
    "risicoadressen_lezen": _rollen(TOEZICHT, TEAMLEIDER, *_PLANNERS, AF),
    "risicoadressen_toevoegen": _rollen(*_PLANNERS, AF),
    "risicoadressen_wijzigen": _rollen(*_PLANNERS, AF),
    "importen_lijst": _rollen(*_PLANNERS, VERGUNNING, BEHEER),
    "importen_lezen": _rollen(*_PLANNERS, VERGUNNING, BEHEER),
    "importen_toevoegen": _rollen(*_PLANNERS, VERGUNNING, BEHEER),
    "importen_doorvoeren": _rollen(*_PLANNERS, VERGUNNING, BEHEER),
    "importen_bevestigen": _rollen(*_PLANNERS, VERGUNNING, BEHEER),
    "importen_verwijderen": _rollen(*_PLANNERS, VERGUNNING, BEHEER),
    "afgewezen_rijen_ophalen": _rollen(*_PLANNERS, VERGUNNING, BEHEER, gevoelig=True),
    "importafwijzingen_lijst": _rollen(*_PLANNERS, VERGUNNING, BEHEER),
    # who is tied to a business: a number can be that of a person (REG-19)
    "koppelingen_lijst": _rollen(*_PLANNERS, AF, VERGUNNING, gevoelig=True),
    "koppelingen_toevoegen": _rollen(AF, VERGUNNING),
    "koppelingen_beeindigen": _rollen(AF, VERGUNNING),
    # checklists
    "checklists_lijst": IEDEREEN,
    "checklists_lezen": IEDEREEN,
    # bevindingen: compliance only, whoever asks
    "bevindingen_lijst": _rollen(TOEZICHT, TEAMLEIDER, *_PLANNERS, AF, VERGUNNING),
    # signalen
    "signalen_lijst": _rollen(AF, TEAMLEIDER, gevoelig=True),
    "signalen_lezen": _rollen(AF, TEAMLEIDER, gevoelig=True),
    "signalen_toevoegen": _rollen(TOEZICHT, TEAMLEIDER, PANDBRIGADE, BALIE, AF),
    "signaalformulieren_lijst": _rollen(TOEZICHT, TEAMLEIDER, PANDBRIGADE, BALIE, AF),
    "signalen_ontvangen": _rollen(AF, gevoelig=True),
    "signalen_verrijken": _rollen(AF, gevoelig=True),
    "signalen_trieren": _rollen(AF, gevoelig=True),
    "signalen_urgentie": _rollen(AF, gevoelig=True),
    "signalen_zorginlichten": _rollen(AF, gevoelig=True),
    "signalen_uitzetten": _rollen(AF, gevoelig=True),
    "signalen_behandelen": _rollen(AF, gevoelig=True),
    "signalen_monitoren": _rollen(AF, gevoelig=True),
    "signalen_sluiten": _rollen(AF, gevoelig=True),
    "signalen_samenvoegen": _rollen(AF, gevoelig=True),
    "signalen_overdragen": _rollen(AF, gevoelig=True),
    "signalen_heropenen": _rollen(AF, gevoelig=True),
    "signalen_verwijderen": _rollen(AF, gevoelig=True),
    "signalen_verrijking": _rollen(AF, gevoelig=True),
    "signalen_inzien": _rollen(AF, gevoelig=True),
    "overdrachten_lijst": _rollen(AF, gevoelig=True),
    "overdrachten_lezen": _rollen(AF, gevoelig=True),
    "overdrachten_beantwoorden": _rollen(AF, gevoelig=True),
    "vierogenverzoeken_lijst": _rollen(AF, gevoelig=True),
    "vierogenverzoeken_lezen": _rollen(AF, gevoelig=True),
    "vierogenverzoeken_akkoord": _rollen(AF, gevoelig=True),
    "vierogenverzoeken_weigeren": _rollen(AF, gevoelig=True),
    "vierogenverzoeken_intrekken": _rollen(AF, gevoelig=True),
    "vierogenverzoeken_inzage": _rollen(AF, gevoelig=True),
    "inzagen_buiten_rol_lijst": _rollen(BEHEER, gevoelig=True),  # reviewed without content
    "signaaltermijnen_lijst": _rollen(AF, TEAMLEIDER, gevoelig=True),
    "signaalgebeurtenissen_lijst": _rollen(AF, gevoelig=True),
    "eigen_signalen_lijst": _rollen(TOEZICHT, TEAMLEIDER, PANDBRIGADE, BALIE, AF),
    # addresses that the desk looks into; the AF sees them with the signal
    "adresonderzoeken_lijst": _rollen(BALIE, gevoelig=True),
    "adresonderzoeken_lezen": _rollen(BALIE, gevoelig=True),
    "adresonderzoeken_afronden": _rollen(BALIE, gevoelig=True),
    "signalen_vrijgeven": _rollen(AF, gevoelig=True),
    "regiosignalen_lijst": _rollen(
        KETEN, gevoelig=True
    ),  # status, urgency, form and municipality of what was handed over
    # who receives a signal: the rules are for who manages them and who works by them; the proposal is for the AF alone
    "signalen_voorstel": _rollen(AF, gevoelig=True),
    "signalen_vtklasse": _rollen(AF, gevoelig=True),
    "routeprofielen_lijst": _rollen(AF, BEHEER),
    "routeprofielen_lezen": _rollen(AF, BEHEER),
    "routeprofielen_toevoegen": _rollen(BEHEER),
    "routeprofielen_wijzigen": _rollen(BEHEER),
    "routeprofielen_proef": _rollen(AF, BEHEER, gevoelig=True, leest=True),
    # maatregelen: of class naleving; whoever decides on them writes
    "maatregelen_lijst": _rollen(*_VOORRAAD_LEZEN),
    "maatregelen_lezen": _rollen(*_VOORRAAD_LEZEN),
    "objectmaatregelen_lijst": _rollen(*_VOORRAAD_LEZEN),
    "maatregelgebeurtenissen_lijst": _rollen(TEAMLEIDER, *_PLANNERS, AF, VERGUNNING),
    "maatregelen_toevoegen": _rollen(VERGUNNING, TEAMLEIDER),
    "maatregelen_wijzigen": _rollen(VERGUNNING, TEAMLEIDER),
    "maatregelen_opleggen": _rollen(VERGUNNING, TEAMLEIDER),
    "maatregelen_beeindigen": _rollen(VERGUNNING, TEAMLEIDER),
    "maatregelen_intrekken": _rollen(VERGUNNING, TEAMLEIDER),
    # controles
    "acties_lijst": _rollen(TOEZICHT, TEAMLEIDER, *_PLANNERS, AF),
    "acties_toevoegen": _rollen(*_PLANNERS),
    "controles_lijst": _rollen(*_VELD, *_PLANNERS, AF),
    "controles_lezen": _rollen(*_VELD, *_PLANNERS, AF),
    "rapportages_controles_per_team": _rollen(TEAMLEIDER, *_PLANNERS, AF, KETEN, BESTUUR),
    "controles_toevoegen": _rollen(*_VELD, *_PLANNERS),
    "controles_starten": _rollen(*_VELD),
    "controles_afronden": _rollen(*_VELD),
    "controles_poging": _rollen(*_VELD),
    "controles_vervallen": _rollen(*_PLANNERS, TEAMLEIDER),
    "deelnames_lijst": _rollen(*_VELD, *_PLANNERS, AF),
    "deelnames_toevoegen": _rollen(TEAMLEIDER, *_PLANNERS),
    "werkpakketten_lezen": _rollen(*_VELD),
    "synchronisaties_toevoegen": _rollen(*_VELD),
    "apparaten_melden": _rollen(*_VELD, PANDBRIGADE),
    "apparaten_gewist": _rollen(*_VELD, PANDBRIGADE),
    "apparaten_lijst": _rollen(TEAMLEIDER, BEHEER),
    "apparaten_lezen": _rollen(TEAMLEIDER, BEHEER),
    "apparaten_wissen": _rollen(TEAMLEIDER, BEHEER),
    "bijlagen_toevoegen": _rollen(*_VELD),
    "bijlagen_aanvullen": _rollen(*_VELD),
    "bijlagen_lezen": _rollen(*_VELD),
    "bijlagen_intrekken": _rollen(*_VELD),
    "bijlagen_lijst": _rollen(*_VELD, AF),
    "bijlagen_inhoud": _rollen(*_VELD, AF, gevoelig=True),
    "controles_ontvangstbewijs": _rollen(*_VELD),
    "quarantaine_lijst": _rollen(*_VELD),
    "vlaggen_lijst": _rollen(PANDBRIGADE, AF, *_PLANNERS),
    "vlaggen_lezen": _rollen(PANDBRIGADE, AF, *_PLANNERS),
    "vlaggen_toevoegen": _rollen(PANDBRIGADE),
    # planning
    # the rows of normstanden_objecten name establishments, and the board and the region see figures only
    "normstanden_objecten": _rollen(*_VELD, *_PLANNERS),
    "normstanden_gemeente": _rollen(TEAMLEIDER, *_PLANNERS, KETEN, BESTUUR, AF),
    "beschikbaarheden_lijst": _rollen(TEAMLEIDER, *_PLANNERS),
    "beschikbaarheden_toevoegen": _rollen(TEAMLEIDER, *_PLANNERS),
    "planrondes_lijst": _rollen(TEAMLEIDER, *_PLANNERS),
    "planrondes_lezen": _rollen(TEAMLEIDER, *_PLANNERS),
    "planrondes_toevoegen": _rollen(*_PLANNERS),
    "planregels_lijst": _rollen(TEAMLEIDER, *_PLANNERS),
    "planregels_wijzigen": _rollen(*_PLANNERS),
    "planresten_lijst": _rollen(TEAMLEIDER, *_PLANNERS),
    "planacties_lijst": _rollen(TEAMLEIDER, *_PLANNERS),
    "planrondes_vaststellen": _rollen(*_PLANNERS),
    "planrondes_vrijgeven": _rollen(HOOFDPLANNER),
    # rapportage
    # taking a list out is for the desk that works with it: not for the field, and not for who sees figures only
    "exporten_objecten": _rollen(*_VOORRAAD_BEHEREN),
    "exporten_vergunningen": _rollen(*_VOORRAAD_BEHEREN),
    "exporten_risicoadressen": _rollen(*_PLANNERS, AF),
    "exporten_controles": _rollen(*_PLANNERS, AF),
    "rapportages_sectoren": _rollen(*_PLANNERS, AF, KETEN, BESTUUR),
    # files and reports: compliance only, whoever asks (DAT-13)
    "objecten_dossier": _rollen(*_VOORRAAD_LEZEN, gevoelig=True),
    "controles_rapport": _rollen(*_VELD, *_PLANNERS, AF, VERGUNNING, gevoelig=True),
    "vergunningen_bibob_dossier": _rollen(VERGUNNING, gevoelig=True),
    "objecten_inzage": _rollen(AF, VERGUNNING, gevoelig=True),  # a lawyer and the AF decide about the rest (DAT-14)
    "naleving_werklijst": _rollen(*_VELD, *_PLANNERS, AF, VERGUNNING),
    "monitor_signalen": _rollen(KETEN, BESTUUR, AF),
    "auditregels_lijst": _rollen(BEHEER, gevoelig=True),
}
