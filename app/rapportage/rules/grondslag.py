"""The legal ground of a control as a report prints it: the law by the type of place, never the trigger of the visit (RPT-01)."""

from app.controles.rules.bevoegdheid import WETTEN
from app.gemeenten.status import Wet
from app.objecten.status import Objecttype

TOEZICHT = "Algemene wet bestuursrecht, artikelen 5:11 tot en met 5:20 (toezicht op de naleving)"

WETNAMEN: dict[Wet, str] = {
    Wet.APV: "Algemene plaatselijke verordening",
    Wet.ALCOHOLWET: "Alcoholwet",
    Wet.HUISVESTINGSWET: "Huisvestingswet 2014",
    Wet.OMGEVINGSWET: "Omgevingswet",
    Wet.GOED_VERHUURDERSCHAP: "Wet goed verhuurderschap",
    Wet.BRP: "Wet basisregistratie personen",
}


def legal_grounds(soort: Objecttype) -> list[str]:
    """The laws under which a place of this type is inspected."""
    return [TOEZICHT, *(WETNAMEN[wet] for wet in WETTEN[soort])]
