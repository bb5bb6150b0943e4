"""Tables of the stock."""

from app.objecten.tables.importen import (
    AfgewezenInvoer,
    Gebiedstoewijzing,
    Import,
    Importafwijzing,
    Importbestand,
    Importverdwijning,
)
from app.objecten.tables.risico import Risicoadres, Risicogebied
from app.objecten.tables.vergunningen import Bedrijfsplan, BibobToets, Vergunning
from app.objecten.tables.voorraad import Adres, Certificaat, Object, Objectkoppeling
from app.objecten.tables.wensen import Planningswens
from app.objecten.tables.zoeken import FOLDED, Kaartcel, Kaartpunt, Objectwoord

__all__ = [
    "FOLDED",
    "Adres",
    "AfgewezenInvoer",
    "Bedrijfsplan",
    "BibobToets",
    "Certificaat",
    "Gebiedstoewijzing",
    "Import",
    "Importafwijzing",
    "Importbestand",
    "Importverdwijning",
    "Kaartcel",
    "Kaartpunt",
    "Object",
    "Objectkoppeling",
    "Objectwoord",
    "Planningswens",
    "Risicoadres",
    "Risicogebied",
    "Vergunning",
]
