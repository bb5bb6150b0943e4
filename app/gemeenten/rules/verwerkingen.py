"""The register of processing as data: what is kept, why, on which ground, who sees it, and how long (design section 4, art. 30 AVG).

`GET /verwerkingen` answers it with the terms that hold today; `docs/verwerkingen.md` is made from the same rows. Places, not people:
there is no row about a possible victim, a resident or a sex worker, because nothing of them is kept. Terms are inferred (meldroute
section 12) and are to be decided with the archivist and the FG.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.gemeenten.rules.normsleutels import Normsleutel


class Recordsoort(StrEnum):
    """Kinds of record that a destruction report names."""

    SIGNAALINHOUD = "signaalinhoud"
    DEELLOG = "wat-met-wie-is-gedeeld"
    PAKKET = "verzegeld-document"
    VERTROUWELIJK = "vertrouwelijke-antwoorden"
    GEEN_SIGNAAL = "keuze-geen-signaal"
    VERZEGELD = "verzegelde-waarneming"
    EXPLOITATIE_DERDE = "exploitatie-door-derde"
    CONTROLE = "controle-en-naleving"
    FOTO = "foto"
    RISICOADRES = "risicoadres"
    AUDITREGEL = "auditregel"
    QUARANTAINE = "wachtende-gebeurtenis"
    ONTVANGSTBEWIJS = "ontvangstbewijs"
    TABLET = "tablet"


@dataclass(frozen=True)
class Verwerking:
    """One row of the register.

    Attributes:
        gegevens: what is kept.
        doel: why.
        grondslag: on which ground, inferred where no source says it.
        wie: roles that see it.
        vanaf: where the term starts.
        termijnen: norms that say how long, each with what it holds for; none: kept as long as the thing itself.
        soorten: kinds of record in a destruction report.
        tabellen: where it stands; each table stands in a row, or in `ZONDER_VERWERKING`.
    """

    code: str
    gegevens: str
    doel: str
    grondslag: str
    wie: str
    vanaf: str
    termijnen: tuple[tuple[str, Normsleutel], ...] = ()
    soorten: tuple[Recordsoort, ...] = ()
    tabellen: tuple[str, ...] = ()


_TAAK = "publieke taak, art. 6 lid 1 onder e AVG"

VERWERKINGEN: tuple[Verwerking, ...] = (
    Verwerking(
        "signalen",
        "Signaal: plek, vorm, urgentie, tekst, redenen, stappen, besluiten; ja, nee of onbekend en aantallen, nooit wie",
        "Een mogelijk slachtoffer snel bij hulp en een partner brengen",
        _TAAK + "; bij direct gevaar onder d",
        "aandachtsfunctionaris; een teamleider en de indiener alleen de status",
        "het sluiten van het signaal; heropenen laat de termijn vervallen",
        (
            ("gesloten met C7, C8 of C10", Normsleutel.SIGNAAL_ONJUIST_BEWAREN_MAANDEN),
            ("gesloten met C6 of C13", Normsleutel.SIGNAAL_ONBEVESTIGD_BEWAREN_MAANDEN),
            ("overig", Normsleutel.SIGNAAL_BEWAREN_MAANDEN),
        ),
        (Recordsoort.SIGNAALINHOUD,),
        tabellen=(
            "signalen",
            "signaalgebeurtenissen",
            "signaaltermijnen",
            "signaal_bevindingen",
            "adresonderzoeken",
            "terugkoppelingen",
            "vierogenverzoeken",
            "agendapunten",
        ),
    ),
    Verwerking(
        "overdrachten",
        "Overdracht: partner, grond, soorten gegevens en kenmerk; nooit de inhoud",
        "Kunnen verantwoorden wat met wie is gedeeld",
        "verantwoordingsplicht, art. 5 lid 2 AVG",
        "aandachtsfunctionaris",
        "het verwijderen van de inhoud van het signaal",
        (("", Normsleutel.DEELLOG_BEWAREN_MAANDEN),),
        (Recordsoort.DEELLOG,),
        tabellen=("overdrachten",),
    ),
    Verwerking(
        "verzegelde-documenten",
        "Verzegeld document bij een overdracht, versleuteld voor een ontvanger",
        "De ontvanger de gedeelde gegevens veilig geven",
        "grond van de overdracht",
        "de ontvanger, met link en wachtwoord",
        "het maken van het document; eerder als het vaak genoeg is opgehaald",
        (("geldig", Normsleutel.PAKKET_GELDIG_UREN), ("ophalen", Normsleutel.PAKKET_OPHALEN_MAXIMAAL)),
        (Recordsoort.PAKKET,),
        tabellen=(
            "bestanden",
            "bestandsblokken",
        ),
    ),
    Verwerking(
        "vertrouwelijke-antwoorden",
        "Vertrouwelijke antwoorden, score en de keuze 'geen signaal' van een controle",
        "Herkennen van uitbuiting, ook over meer controles samen",
        _TAAK,
        "aandachtsfunctionaris, bij een signaal; de toezichthouder tot ontvangst door de dienst",
        "de controle; achter een signaal zolang als dat signaal",
        (
            ("antwoorden", Normsleutel.VERTROUWELIJK_BEWAREN_MAANDEN),
            ("keuze 'geen signaal'", Normsleutel.GEEN_SIGNAAL_BEWAREN_MAANDEN),
        ),
        (Recordsoort.VERTROUWELIJK, Recordsoort.GEEN_SIGNAAL),
        tabellen=(
            "antwoorden",
            "controlegebeurtenissen",
        ),
    ),
    Verwerking(
        "verzegelde-waarnemingen",
        "Wat in een woning is gezien zonder vrije toestemming van een bewoner (BEV-04 = nee)",
        "Alleen voor een signaal bij gevaar; niet voor handhaving",
        _TAAK,
        "aandachtsfunctionaris, bij een signaal",
        "de controle; als deel van een signaal zolang als dat signaal",
        (("", Normsleutel.VERZEGELD_BEWAREN_MAANDEN),),
        (Recordsoort.VERZEGELD,),
    ),
    Verwerking(
        "exploitatie-derde",
        "Woning: of een derde verdient aan de plek (HUI-21), alleen ja, nee of niet vastgesteld",
        "Zicht op uitbuiting door een derde",
        _TAAK,
        "aandachtsfunctionaris, bij een signaal",
        "het afronden van de controle, zonder signaal",
        (("", Normsleutel.EXPLOITATIE_DERDE_BEWAREN_MAANDEN),),
        (Recordsoort.EXPLOITATIE_DERDE,),
    ),
    Verwerking(
        "controles",
        "Antwoorden en bevindingen over naleving van een controle",
        "Toezicht en handhaving",
        "toezicht op de naleving, titel 5.2 Awb",
        "toezichthouder, teamleider, planner, vergunningverlener, aandachtsfunctionaris",
        "de controle; rust er een maatregel op, dan zolang als die",
        (("zonder maatregel", Normsleutel.CONTROLE_BEWAREN_MAANDEN),),
        (Recordsoort.CONTROLE,),
        tabellen=(
            "controles",
            "bevindingen",
            "inzetten",
            "deelnames",
            "acties",
        ),
    ),
    Verwerking(
        "fotos",
        "Foto's van een plek, zonder metagegevens; nooit van een werkkamer in gebruik",
        "Bewijs van een bevinding",
        "toezicht op de naleving, titel 5.2 Awb",
        "toezichthouder, teamleider, aandachtsfunctionaris",
        "het nemen van de foto; met een maatregel of signaal zolang als die",
        (("", Normsleutel.FOTO_BEWAREN_MAANDEN),),
        (Recordsoort.FOTO,),
        tabellen=("bijlagen", "bestanden", "bestandsblokken"),
    ),
    Verwerking(
        "risicoadressen",
        "Adres dat in beeld is, met reden en bron",
        "Het adres op tijd controleren",
        _TAAK,
        "toezichthouder, teamleider, planner, aandachtsfunctionaris",
        "de datum van herziening, zonder nieuwe feiten",
        (("", Normsleutel.RISICOADRES_BEWAREN_MAANDEN),),
        (Recordsoort.RISICOADRES,),
        tabellen=("risicoadressen",),
    ),
    Verwerking(
        "voorraad",
        "Adressen, objecten, vergunningen, bedrijfsplannen, certificaten; een KvK-nummer nooit bij een woning",
        "Weten wat gecontroleerd en getoetst moet worden",
        _TAAK + "; vergunningen: Wet Bibob en APV",
        "toezichthouder, teamleider, planner, Pandbrigade, vergunningverlener, aandachtsfunctionaris",
        "zolang het object in de voorraad staat",
        tabellen=(
            "adressen",
            "objecten",
            "objectkoppelingen",
            "vergunningen",
            "bedrijfsplannen",
            "bibob_toetsen",
            "certificaten",
            "importen",
            "importbestanden",
            "importafwijzingen",
            "importverdwijningen",
            "afgewezen_rijen",
            "bronstanden",
            "objectwoorden",
            "kaartcellen",
            "kaartpunten",
        ),
    ),
    Verwerking(
        "maatregelen",
        "Maatregel bij een object: soort, grondslag, data en kenmerk van het besluit",
        "Uitvoeren en volgen van bestuurlijke maatregelen",
        "publieke taak; de wet die het besluit noemt",
        "toezichthouder, teamleider, planner, vergunningverlener, aandachtsfunctionaris",
        "volgens het dossier van het besluit (archivaris)",
        tabellen=(
            "maatregelen",
            "maatregelgebeurtenissen",
            "maatregel_bevindingen",
            "maatregel_signalen",
            "maatregelafstemmingen",
            "waterbedbekend",
        ),
    ),
    Verwerking(
        "accounts",
        "Functieaccounts: functie met volgnummer, rollen, teams, aanwijzingen; geen namen",
        "Toegang en bevoegdheid",
        "publieke taak; beveiliging, art. 32 AVG",
        "beheerder",
        "zolang het account bestaat",
        tabellen=(
            "accounts",
            "aanwijzingen",
            "teams",
            "teamleden",
            "dienstleden",
            "opleidingen",
            "piketdiensten",
        ),
    ),
    Verwerking(
        "auditregels",
        "Wie deed of las wat en wanneer; kenmerken, nooit inhoud",
        "Misbruik kunnen vinden en verantwoording afleggen",
        "art. 5 lid 2 en art. 32 AVG; BIO2",
        "beheerder",
        "de handeling; over een signaal zolang als wat met wie is gedeeld; wat bij geen gemeente hoort naar de landelijke norm",
        (("", Normsleutel.AUDITREGEL_BEWAREN_MAANDEN),),
        (Recordsoort.AUDITREGEL,),
        tabellen=(
            "auditregels",
            "vernietigingsverslagen",
        ),
    ),
    Verwerking(
        "wachtende-gebeurtenissen",
        "Wat een tablet stuurde en nog niet verwerkt kon worden, verzegeld",
        "Niets verliezen van wat in het veld is vastgelegd",
        "toezicht op de naleving, titel 5.2 Awb",
        "wie het stuurde en zijn teamleider: dat er iets wacht en waarom, niet de inhoud",
        "het oplossen; wat niet is opgelost, de ontvangst",
        (
            ("opgelost", Normsleutel.QUARANTAINE_BEWAREN_MAANDEN),
            ("niet opgelost", Normsleutel.CONTROLE_BEWAREN_MAANDEN),
        ),
        (Recordsoort.QUARANTAINE,),
        tabellen=("quarantaine",),
    ),
    Verwerking(
        "ontvangstbewijzen",
        "Ontvangstbewijs van wat een tablet stuurde en geen controle is (ronde, vlag, signaal, gesprek, noodknop): account, tablet, tijdstip, "
        "soort en een controlegetal; nooit de inhoud",
        "Nog eens sturen mag niets dubbel maken",
        "toezicht op de naleving, titel 5.2 Awb",
        "niemand; de dienst zelf",
        "de ontvangst; langer dan een tablet kan blijven sturen (430 dagen)",
        (("", Normsleutel.ONTVANGSTBEWIJS_BEWAREN_MAANDEN),),
        (Recordsoort.ONTVANGSTBEWIJS,),
    ),
    Verwerking(
        "tablets",
        "Tablet: account dat haar het laatst gebruikte, versies, hoeveel er wacht en hoe oud; de sleutelhelft waarmee de pincode haar opent",
        "Werk dat niet aankomt op tijd zien; een verloren tablet wissen en dicht houden",
        "beveiliging, art. 32 AVG",
        "teamleider en beheerder: aantallen en tijdstippen; de sleutelhelft niemand",
        "de laatste melding van de tablet; een sleutelhelft eerder bij afmelden, wissen of vijf keer een verkeerde pincode",
        (("", Normsleutel.TABLET_BEWAREN_MAANDEN),),
        (Recordsoort.TABLET,),
        tabellen=("apparaten", "sleutelhelften"),
    ),
    Verwerking(
        "tabletsleutels",
        "Sleutelparen waarmee tablets verzegelen en bezorgbewijzen zijn getekend; de geheime helft verzegeld. Een bezorgbewijs zelf staat alleen op de tablet",
        "Wat in het veld is vastgelegd kan alleen de dienst openen",
        "beveiliging, art. 32 AVG",
        "niemand; de dienst zelf",
        "het maken: 30 dagen in gebruik en 400 dagen om te openen (instellingen van de dienst)",
        tabellen=("tabletsleutels",),
    ),
    Verwerking(
        "vlaggen",
        "Vlag van de Pandbrigade: adres, soort, oppervlakte, aantallen en een toelichting; nooit wie er woont",
        "Overbewoning en illegale bewoning op tijd controleren",
        _TAAK,
        "het eigen team en de aandachtsfunctionaris; een planner zonder toelichting",
        "nog geen termijn: te bepalen met archivaris en FG; de foto's erbij hebben de termijn van foto's",
        tabellen=("vlaggen",),
    ),
    Verwerking(
        "rondes-en-gesprekken",
        "Lichte ronde (gebied, tijd, ramen in gebruik) en gesprek met een exploitant (object, dag, onderwerp in een code)",
        "Zicht op gebieden en afspraken; nooit over wie er werkt",
        "toezicht op de naleving, titel 5.2 Awb",
        "toezichthouder, teamleider, planner",
        "nog geen termijn: te bepalen met archivaris en FG",
        tabellen=("rondes", "exploitantgesprekken"),
    ),
    Verwerking(
        "planning",
        "Plan, diensten en beschikbaarheid per functieaccount; wensen, afstemming met politie en OM, machtigingen, taken",
        "Controles op tijd en onvoorspelbaar plannen",
        _TAAK,
        "planner en teamleider; afstemming alleen wie haar geeft of vraagt",
        "nog geen termijn: te bepalen met archivaris en FG",
        tabellen=(
            "afstemmingen",
            "machtigingen",
            "taken",
            "beschikbaarheden",
            "verlofperioden",
            "vervallendiensten",
            "planningswensen",
            "planacties",
            "planregels",
            "planresten",
            "planrondes",
            "planrondegebeurtenissen",
            "herplanningen",
            "herplanstappen",
        ),
    ),
    Verwerking(
        "overleg",
        "Overleg over signalen: wanneer, welke functies, welke signalen; teksten bij het signaal zelf",
        "Samen besluiten over een signaal",
        _TAAK,
        "aandachtsfunctionaris en wie aan het overleg deelneemt",
        "nog geen termijn: te bepalen met archivaris en FG",
        tabellen=("overlegreeksen", "overleggen", "overlegleden"),
    ),
    Verwerking(
        "berichten",
        "Bericht aan een functieaccount of partner, de instelling daarvan, en het abonnement van een browser op neutrale berichten",
        "Wie iets moet doen, hoort dat er iets is; nooit wat",
        _TAAK,
        "de ontvanger; beheerder: dat het mislukte",
        "nog geen termijn: te bepalen met archivaris en FG",
        tabellen=("berichten", "berichtinstellingen", "pushabonnementen", "agendasleutels"),
    ),
    Verwerking(
        "aanmelden",
        "Sessie van een functieaccount en een poging om aan te melden; geheimen alleen als controlegetal",
        "Toegang",
        "beveiliging, art. 32 AVG",
        "niemand; de dienst zelf",
        "het einde van de sessie of poging (instelling van de dienst)",
        tabellen=("sessies", "aanmeldpogingen"),
    ),
)

ZONDER_VERWERKING = frozenset(
    {
        "datasleutels",  # the wrapped key of a record; goes with it
        "gebieden",
        "gebiedstoewijzingen",
        "gemeenten",
        "kenmerken",
        "lijstwaarden",
        "normen",
        "partners",
        "regios",
        "risicogebieden",
        "routeprofielen",
        "sluitcodeversies",
        "toezichtplannen",
        "zorgaanbod",
        "zorgaanbod_groepen",
    }
)
"""Tables in which nothing stands about an account or a place under control: areas, norms, lists, organisations."""
