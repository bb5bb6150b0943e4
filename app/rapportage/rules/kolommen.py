"""The columns of each export, with what they mean; the formats and docs/exporteren.md follow from these.

What is not in these lists is in no file: no answer, outcome, score, signal or free text of a control (DAT-13), and nothing
by which dwellings could be told apart by their use (REG-05).
"""

from dataclasses import dataclass
from enum import StrEnum


class Kolomsoort(StrEnum):
    """What a column holds."""

    TEKST = "tekst"
    GEHEEL = "geheel"
    GETAL = "getal"
    DATUM = "datum"
    TIJDSTIP = "tijdstip"
    JANEE = "janee"


@dataclass(frozen=True)
class Kolom:
    """A column: its Dutch name as in the API, what it holds, and one line for whoever reads the file."""

    naam: str
    uitleg: str
    soort: Kolomsoort = Kolomsoort.TEKST


GEHEEL, GETAL, DATUM = Kolomsoort.GEHEEL, Kolomsoort.GETAL, Kolomsoort.DATUM
TIJDSTIP, JANEE = Kolomsoort.TIJDSTIP, Kolomsoort.JANEE

PLAATS = ("x", "y")
"""Columns that the geometry takes the place of, in the formats that have one."""

_ADRES = (
    Kolom("straat", "Straat van het adres."),
    Kolom("huisnummer", "Huisnummer.", GEHEEL),
    Kolom("huisletter", "Huisletter."),
    Kolom("toevoeging", "Toevoeging bij het huisnummer."),
    Kolom("postcode", "Postcode."),
    Kolom("woonplaats", "Woonplaats."),
    Kolom("x", "RD-coördinaat naar het oosten in meters (EPSG:28992).", GETAL),
    Kolom("y", "RD-coördinaat naar het noorden in meters (EPSG:28992).", GETAL),
)
_GEBIED = (
    Kolom("wijkcode", "Wijk waarin het punt ligt (CBS)."),
    Kolom("buurtcode", "Buurt waarin het punt ligt (CBS)."),
)
_ID = Kolom("id", "Kenmerk in Veldwacht.")
_GEMEENTE = Kolom("gemeentecode", "Gemeente van het gegeven.")
_BRON = Kolom("bron", "Waar het gegeven vandaan komt, met de licentie als die erbij is genoemd.")
_OBJECTNUMMER = Kolom("objectnummer", "Eigen nummer van de gemeente voor het object.")
_TYPE = Kolom("type", "Soort object: SEKS, MASS, HOR, BEDR, WON, LOG of HOT.")
_NAAM = Kolom("naam", "Naam van het object; bij een woning het adres.")
_OBJECT_ID = Kolom("objectId", "Kenmerk van het object in Veldwacht.")

OBJECTEN = (
    _OBJECTNUMMER,
    _TYPE,
    _NAAM,
    *_ADRES,
    Kolom("kvkNummer", "KvK-nummer; nooit bij een woning."),
    Kolom("sector", "Sector uit de lijst van de gemeente; nooit bij een woning."),
    Kolom("capaciteit", "Bedden of plaatsen.", GEHEEL),
    Kolom("vergunningsoort", "Soort van de verleende vergunning die het laatst is ingegaan."),
    Kolom("vergunningnummer", "Nummer van die vergunning."),
    Kolom("vergunningVanaf", "Eerste dag van die vergunning.", DATUM),
    Kolom("vergunningTot", "Laatste dag van die vergunning; leeg is zonder einde.", DATUM),
    Kolom("bedrijfsplanVersie", "Versie van het bedrijfsplan die het laatst is goedgekeurd."),
    Kolom("bedrijfsplanGoedgekeurdOp", "Dag van die goedkeuring.", DATUM),
    Kolom("laatsteBibobToets", "Dag van de laatste Bibob-toets van die vergunning; nooit de uitkomst.", DATUM),
    Kolom("openingstijden", "Bijvoorbeeld 1-5 10:00-02:00; 1 is maandag. Leeg is onbekend, niet gesloten."),
    _ID,
    _GEMEENTE,
    Kolom("bagId", "Nummeraanduiding in de BAG."),
    *_GEBIED,
    Kolom("status", "actief of gesloten."),
    _BRON,
)
VERGUNNINGEN = (
    Kolom("soort", "Soort vergunning."),
    Kolom("nummer", "Nummer van de vergunning."),
    Kolom("status", "aangevraagd, verleend, ingetrokken, geweigerd of vervallen."),
    Kolom("geldigVanaf", "Eerste dag.", DATUM),
    Kolom("geldigTot", "Laatste dag; leeg is zonder einde.", DATUM),
    Kolom("leidinggevendenbijlage", "Kenmerk van de bijlage; nooit namen."),
    Kolom("verdwenenOp", "Sinds deze dag noemt de bron de vergunning niet meer.", DATUM),
    _OBJECTNUMMER,
    _TYPE,
    _NAAM,
    *_ADRES,
    _ID,
    _OBJECT_ID,
    _GEMEENTE,
    *_GEBIED,
    _BRON,
)
RISICOADRESSEN = (
    _OBJECTNUMMER,
    _NAAM,
    _TYPE,
    *_ADRES,
    Kolom("reden", "Waarom het adres in beeld is; bij een woning blijft dit in Veldwacht."),
    Kolom("bron", "Waar dat vandaan komt; bij een woning blijft dit in Veldwacht."),
    Kolom("inBeeldOp", "Eerste dag in beeld.", DATUM),
    Kolom("herzienOp", "Dag waarop de reden opnieuw wordt bekeken.", DATUM),
    Kolom("vervaltOp", "Laatste dag in beeld; leeg is zonder einde.", DATUM),
    Kolom("controleVoor", "Uiterste dag voor de controle.", DATUM),
    Kolom("status", "open, bezocht of vervallen."),
    Kolom("bezochtOp", "Dag van de controle.", DATUM),
    Kolom("teLaat", "De uiterste dag is voorbij.", JANEE),
    _ID,
    _OBJECT_ID,
    _GEMEENTE,
    *_GEBIED,
)
CONTROLES = (
    Kolom("datum", "Dag van de controle.", DATUM),
    Kolom("aanvang", "Tijd waarop de controle staat gepland, Nederlandse tijd."),
    Kolom("duur", "Geplande minuten.", GEHEEL),
    Kolom("status", "gepland, vrijgegeven, bezig, afgerond, poging of vervallen."),
    _OBJECTNUMMER,
    _TYPE,
    _NAAM,
    *_ADRES,
    Kolom("team", "Team dat de controle doet; niet bij een woning."),
    Kolom("aanleiding", "Aanleiding; niet bij een woning."),
    Kolom("aangekondigd", "Vooraf aangekondigd; telt dan niet mee voor de norm.", JANEE),
    Kolom("integraal", "Met andere diensten samen.", JANEE),
    Kolom("gestartOp", "Begin van de controle (UTC; in een spreadsheet Nederlandse tijd).", TIJDSTIP),
    Kolom("afgerondOp", "Einde van de controle (UTC; in een spreadsheet Nederlandse tijd).", TIJDSTIP),
    Kolom("binnen", "Er is iemand binnen geweest.", JANEE),
    Kolom("pogingreden", "Waarom het bij een poging bleef."),
    Kolom("bevindingenNaleving", "Aantal bevindingen over naleving; niet bij een woning.", GEHEEL),
    _ID,
    _OBJECT_ID,
    _GEMEENTE,
    *_GEBIED,
    _BRON,
)
