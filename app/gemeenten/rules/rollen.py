"""The roles of accounts (design, opening table; requirements section 3)."""

from enum import StrEnum


class Rol(StrEnum):
    """What somebody may do; an account can have several."""

    TOEZICHTHOUDER = "toezichthouder"
    TEAMLEIDER = "teamleider"
    PLANNER = "planner"
    HOOFDPLANNER = "hoofdplanner"
    PANDBRIGADE = "pandbrigade"
    BALIE = "balie"
    AF = "aandachtsfunctionaris"
    VERGUNNINGVERLENER = "vergunningverlener"
    KETENREGISSEUR = "ketenregisseur"
    BESTUUR = "bestuur"
    BEHEERDER = "beheerder"
    AFSTEMMER_POLITIE = "afstemmer-politie"
    AFSTEMMER_OM = "afstemmer-om"
    SYSTEEM = "systeem"


ROLNAMEN: dict[Rol, str] = {
    Rol.TOEZICHTHOUDER: "Toezichthouder",
    Rol.TEAMLEIDER: "Teamleider",
    Rol.PLANNER: "Planner",
    Rol.HOOFDPLANNER: "Hoofdplanner",
    Rol.PANDBRIGADE: "Pandbrigade",
    Rol.BALIE: "Balie Burgerzaken",
    Rol.AF: "Aandachtsfunctionaris",
    Rol.VERGUNNINGVERLENER: "Vergunningverlener",
    Rol.KETENREGISSEUR: "Ketenregisseur",
    Rol.BESTUUR: "Bestuur",
    Rol.BEHEERDER: "Beheerder",
    Rol.AFSTEMMER_POLITIE: "Afstemmer politie",
    Rol.AFSTEMMER_OM: "Afstemmer Openbaar Ministerie",
    Rol.SYSTEEM: "De dienst zelf",
}

REGIONAAL = frozenset({Rol.KETENREGISSEUR})
VELDROLLEN = frozenset({Rol.TOEZICHTHOUDER, Rol.PANDBRIGADE})
AFSTEMMERS = frozenset({Rol.AFSTEMMER_POLITIE, Rol.AFSTEMMER_OM})
"""Accounts of police and OM: they answer questions about visits and see nothing else of the municipality (PLN-01)."""
