"""The file of an object (design section 4): all history that this caller may see, compliance only."""

from app.core.http.paging import Pagina
from app.objecten.schemas.dossier import Objectstukken
from app.objecten.schemas.koppelingen import GekoppeldObject
from app.rapportage.schemas.naleving import DossierControle, DossierMaatregel


class DossierRead(Objectstukken):
    """The file; a part that the caller's role may not see is empty, as for an object that has none."""

    maatregelen: list[DossierMaatregel]
    gekoppelde_objecten: list[GekoppeldObject]
    geschiedenis: Pagina[DossierControle]
