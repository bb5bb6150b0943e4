"""The register of processing with the terms that hold today for the caller's municipality (design section 4)."""

from app.core.unit_of_work import UnitOfWork
from app.gemeenten.repository import normen as repository
from app.gemeenten.rules.verwerkingen import VERWERKINGEN
from app.gemeenten.rules.verwerkingentekst import value_text
from app.gemeenten.schemas.bewaren import BewaartermijnRead, VerwerkingRead


def list_verwerkingen(uow: UnitOfWork) -> list[VerwerkingRead]:
    """What is processed and why, and how long it is kept; in two queries."""
    units = repository.units_on(uow.session, uow.caller.gemeentecode, uow.today)
    return [
        VerwerkingRead(
            code=row.code,
            gegevens=row.gegevens,
            doel=row.doel,
            grondslag=row.grondslag,
            wie=row.wie,
            vanaf=row.vanaf,
            termijnen=[
                BewaartermijnRead(voor=what, norm=key.value, termijn=value_text(*units.get(key.value, (None, ""))))
                for what, key in row.termijnen
            ],
        )
        for row in VERWERKINGEN
    ]
