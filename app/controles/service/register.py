"""Findings that follow from a register and not from an answer: a certificate that has ended (REG-14)."""

from app.checklists.rules.catalogue import Catalogus
from app.checklists.rules.results import Evaluatie, Treffer
from app.controles.rules.certificaat import ITEM, register_speaks
from app.controles.service.werkset import Geval, Werkset
from app.controles.status import Controlestatus

NALEVING = "N"


def register_hits(werk: Werkset, geval: Geval, catalogus: Catalogus, evaluatie: Evaluatie) -> tuple[Treffer, ...]:
    """The hit on the certificate item when a control is finished; of class naleving, without points."""
    controle = geval.controle
    laatste_dag = werk.certificaten.get(controle.object_id)
    if controle.status is not Controlestatus.AFGEROND or laatste_dag is None or ITEM not in catalogus.regels:
        return ()
    if not register_speaks(evaluatie.waarden, laatste_dag, controle.datum):
        return ()
    return (Treffer(ITEM, NALEVING, f"certificaat verlopen op {laatste_dag:%d-%m-%Y}"),)
