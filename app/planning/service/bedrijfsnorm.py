"""Tells a planner at once when a proposal holds fewer integral business controls than the yearly norm asks for (CAD-03).

Such a control is an address of an integral action, so the planner finds none of them by itself beyond the actions of CAD-04: what is
short is mended by asking for more actions. Loaded by the worker only.
"""

from collections import Counter
from collections.abc import Iterable
from math import ceil

from app.controles.rules.levensloop import INTEGRALE_BEDRIJFSTYPEN
from app.controles.service.planning import NormControle
from app.controles.status import Controlestatus
from app.planning.rules.behoefte import share_per_year
from app.planning.rules.planinstellingen import ACTIES
from app.planning.schemas.planrondes import OorzaakRead
from app.planning.service.gegevens import NOG_TE_DOEN
from app.planning.service.probleem import Opdracht
from app.planning.tables import Planregel

BEDRIJVEN = "CONTROLE_INTEGRAAL_BEDRIJF_PER_JAAR"
TEKORT = "te-weinig-acties"


def business_shortages(opdracht: Opdracht, regels: Iterable[Planregel]) -> list[OorzaakRead]:
    """One cause per calendar year in which the proposal, with what is done and planned, stays under the norm's share of the period.

    A round that looks at a part of the municipality or at other norms is not judged by it.
    """
    parameters, stand = opdracht.parameters, opdracht.stand
    norm = int(stand.tabel.get(BEDRIJVEN, 0))
    limited = parameters.gebiedcodes or parameters.gebied or (parameters.normen and ACTIES not in parameters.normen)
    if norm == 0 or limited:
        return []
    known = [control.datum for control in stand.all_controls() if _counts(control)]
    asked = share_per_year(norm, opdracht.van, opdracht.tot, known)
    proposed = Counter(regel.datum.year for regel in regels if regel.actie_id is not None)
    size = max(1, opdracht.instellingen.actie_adressen_max)
    return [
        OorzaakRead(
            code=TEKORT,
            normsleutel=BEDRIJVEN,
            tekst=f"Minstens {norm} integrale bedrijfscontroles per kalenderjaar: in deze periode van {jaar} vraagt dat er nog {number} en "
            f"staan er {proposed[jaar]} in het voorstel. Oplossing: vraag {_more(ceil((number - proposed[jaar]) / size))} aan, met "
            f"hoogstens {size} adressen per actie.",
            bewezen=False,
        )
        for jaar, number in sorted(asked.items())
        if proposed[jaar] < number
    ]


def _counts(control: NormControle) -> bool:
    """Done so that it counts, or still to be done: with a partner, at a kind of business that the norm is about (CAD-03, CAD-05)."""
    if control.type not in INTEGRALE_BEDRIJFSTYPEN or control.partners == 0:
        return False
    done = control.status is Controlestatus.AFGEROND and control.arbeid_beantwoord
    return done or control.status in NOG_TE_DOEN


def _more(number: int) -> str:
    return "1 integrale actie meer" if number == 1 else f"{number} integrale acties meer"
