"""Whom the rows of rights name: groups of roles that work together."""

from app.core.rights import Recht
from app.gemeenten.rules.rollen import AFSTEMMERS, Rol

TOEZICHT, TEAMLEIDER, PLANNER, HOOFDPLANNER = (
    Rol.TOEZICHTHOUDER,
    Rol.TEAMLEIDER,
    Rol.PLANNER,
    Rol.HOOFDPLANNER,
)
PANDBRIGADE, BALIE, AF, VERGUNNING = Rol.PANDBRIGADE, Rol.BALIE, Rol.AF, Rol.VERGUNNINGVERLENER
KETEN, BESTUUR, BEHEER = Rol.KETENREGISSEUR, Rol.BESTUUR, Rol.BEHEERDER

# Everybody of the municipality; an account of police or OM answers its questions and reads nothing else (PLN-01).
IEDEREEN = Recht(rollen=frozenset(Rol) - AFSTEMMERS)
IEDEREEN_LEEST = Recht(rollen=IEDEREEN.rollen, leest=True)
AANGEMELD = Recht()
OPENBAAR = Recht(openbaar=True)


def voor(*rollen: Rol, gevoelig: bool = False, leest: bool = False) -> Recht:
    """What these roles may do."""
    return Recht(rollen=frozenset(rollen), gevoelig=gevoelig, leest=leest)


PLANNERS = (PLANNER, HOOFDPLANNER)
VOORRAAD_LEZEN = (TOEZICHT, TEAMLEIDER, *PLANNERS, PANDBRIGADE, AF, VERGUNNING)
VOORRAAD_BEHEREN = (*PLANNERS, VERGUNNING)
VELD = (TOEZICHT, TEAMLEIDER)
