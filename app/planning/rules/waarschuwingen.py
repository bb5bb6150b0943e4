"""What a shift or a visit is warned for. A warning never blocks: who goes is decided by people (TRN-04, issue of the planner)."""

from collections.abc import Collection, Sequence
from datetime import date

from app.gemeenten.rules.opleidingen import TREKKER, Geschoold, missing_trainings
from app.gemeenten.status import Opleidingsoort
from app.objecten.status import Objecttype

VAKKENNIS: dict[Objecttype, Opleidingsoort] = {
    Objecttype.WON: Opleidingsoort.HUISVESTING,
    Objecttype.LOG: Opleidingsoort.HUISVESTING,
    Objecttype.BEDR: Opleidingsoort.ARBEID,
}
"""The competence that at least one inspector brings to a kind of place."""
BUITEN_SEIZOEN = "Dit object is op die dag buiten zijn seizoen; misschien is er niemand."
GEEN_DIENST = "Op deze dag en tijd heeft het team geen dienst."
GEEN_AANWIJZING = "Op deze dienst zijn die dag te weinig toezichthouders aangewezen voor dit soort object."
GEEN_TREKKER = "Er is nog geen trekker voor deze dienst gekozen."
TREKKER_AFWEZIG = "De trekker is die dag met verlof, of is geen lid van dit team."
_KENNIS = {Opleidingsoort.HUISVESTING: "huisvesting", Opleidingsoort.ARBEID: "arbeid"}


def crew_warning(available: int, needed: int) -> list[str]:
    """Too few inspectors (PLN-02)."""
    if available >= needed:
        return []
    there = "is 1 toezichthouder" if available == 1 else f"zijn {available} toezichthouders"
    return [f"Er {there} beschikbaar en er zijn er {needed} nodig; let op verlof, rusttijd en aanwijzing."]


def lead_warnings(trained: Collection[Geschoold] | None, day: date) -> list[str]:
    """A lead without a valid training (TRN-04); None when nobody leads yet."""
    if trained is None:
        return [GEEN_TREKKER]
    missing = missing_trainings(trained, TREKKER, day)
    return [f"De trekker mist een geldige opleiding: {', '.join(missing)}."] if missing else []


def knowledge_warning(crew: Sequence[Collection[Geschoold]], place: Objecttype, day: date) -> list[str]:
    """Nobody who knows this kind of place: a dwelling without a housing-competent inspector."""
    needed = VAKKENNIS.get(place)
    if needed is None or any(not missing_trainings(member, (needed,), day) for member in crew):
        return []
    return [f"Niemand van deze dienst is op die dag geldig bekwaam in {_KENNIS[needed]}."]


def partner_warning(naam: str) -> str:
    """A partner of the action that is none any more on its day (REG-16)."""
    return f"{naam} is op die dag geen partner meer. Verzet de integrale actie met een andere partner, of pas de partnerlijst aan."


def too_near_warning(dag: date, minstens: int) -> str:
    """Another visit of the same object nearer than the setting asks (MINIMUM_TUSSEN_CONTROLES_DAGEN)."""
    apart = f"daar horen minstens {minstens} dagen tussen te zitten" if minstens > 1 else "dat is dezelfde dag"
    return f"Dit object heeft ook een controle op {dag:%d-%m-%Y}; {apart}."
