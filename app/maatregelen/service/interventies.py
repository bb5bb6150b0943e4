"""The catalogue of administrative interventions: which, when, who, how, aligned with OM or not (INS-11).

It is the shared list 'interventies' (`checklists/interventies-1.yaml`), so that a municipality can add its own.
"""

from typing import Any
from uuid import UUID

from app.bevindingen.service.bevindingen import get_finding
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.lijsten import characteristics, names_in
from app.maatregelen.rules.interventies import Interventie, fits
from app.maatregelen.schemas.interventies import InterventieRead
from app.objecten.service.objecten import get_object

LIJST = "interventies"


def interventions(uow: UnitOfWork, gemeentecode: str) -> dict[str, Interventie]:
    """The catalogue of a municipality by code, in one query."""
    return {code: _read(code, found) for code, found in characteristics(uow, LIJST, gemeentecode).items()}


def interventions_for(uow: UnitOfWork, bevinding_id: UUID) -> list[InterventieRead]:
    """What the catalogue proposes for a compliance finding, the lightest first; a person chooses (INS-11).

    Raises:
        BevindingNotFound: unknown or not visible; a confidential finding looks the same (DAT-13).
    """
    finding = get_finding(uow, bevinding_id)
    if finding.object_id is None:
        return []
    place = get_object(uow, finding.object_id)
    names = names_in(uow, LIJST, place.gemeentecode)
    found = [
        one
        for one in interventions(uow, place.gemeentecode).values()
        if fits(one, finding.item, finding.barriere.value, place.type.value)
    ]
    return [
        InterventieRead(naam=names[one.code], **one.told())
        for one in sorted(found, key=lambda one: (one.zwaarte, one.code))
    ]


def _read(code: str, found: dict[str, Any]) -> Interventie:
    where = found.get("bij", {})
    return Interventie(
        code=code,
        maatregel=found["maatregel"],
        gronden=tuple(found.get("gronden", ())),
        orgaan=found.get("orgaan", ""),
        voorwaarden=tuple(found.get("voorwaarden", ())),
        stappen=tuple(found.get("stappen", ())),
        om=bool(found.get("om", False)),
        zwaarte=int(found.get("zwaarte", 0)),
        items=frozenset(where.get("items", ())),
        barrieres=frozenset(where.get("barrieres", ())),
        objecttypen=frozenset(where.get("objecttypen", ())),
    )
