"""The yearly evaluation of the signal route with the AFs, as a task per municipality (CAD-11)."""

from datetime import date
from uuid import NAMESPACE_URL, uuid5

from app.core.http.paging import Paging
from app.core.jobs import UnitFactory
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.schemas.accounts import TaakCreate
from app.gemeenten.service.gemeenten import list_gemeenten
from app.gemeenten.service.taken import add_taak

TAAK_EVALUEREN = "meldroute-evalueren"
ALLE = Paging(10_000, None)


def ask_evaluation(unit: UnitFactory) -> int:
    """Makes this year's task in every municipality that works with the service; a repeat changes nothing.

    Returns:
        How many municipalities have it.
    """
    with unit("meldroute_evalueren") as uow:
        towns = [town.code for town in list_gemeenten(uow, ALLE) if town.in_gebruik]
        for code in towns:
            add_taak(
                uow,
                TaakCreate(
                    gemeentecode=code,
                    soort=TAAK_EVALUEREN,
                    omschrijving="Bespreek dit jaar met de aandachtsfunctionarissen of de meldroute nog klopt.",
                    voor_rol=Rol.AF,
                    onderwerp_soort="gemeente",
                    onderwerp_id=uuid5(NAMESPACE_URL, f"urn:veldwacht:meldroute:{code}:{uow.today.year}"),
                    voor_datum=date(uow.today.year, 12, 31),
                ),
            )
    return len(towns)
