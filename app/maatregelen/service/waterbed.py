"""The waterbed effect: after a closure, a linked business that appears elsewhere in the region (PLN-11).

Only businesses that share a number of the register; a dwelling never, and never by what happened there or who was there (REG-05,
REG-19). What stood there when the place closed is known and told of nowhere: a chain of shops is no displacement.
"""

from uuid import UUID

from app.core.clock import add_months
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.schemas.accounts import TaakCreate
from app.gemeenten.service.gemeenten import region_of
from app.gemeenten.service.normen import norm_table
from app.gemeenten.service.taken import add_taak
from app.maatregelen import repository
from app.maatregelen.tables import Maatregel
from app.objecten.service.koppelingen import linked_in

SOORT = "waterbedeffect"
MAANDEN = "WATERBED_MAANDEN"
LANGST_MAANDEN = 120
TEKST = "Een bedrijf dat is gekoppeld aan een gesloten object is elders in de regio verschenen. Bekijk de koppelingen."


def remember_links(uow: UnitOfWork, row: Maatregel) -> None:
    """At a closure: what is linked now is known, the closed place itself too, so that only what comes later is told of."""
    if not repository.known_links(uow.session, row.id):
        repository.note_links(uow.session, row.id, {row.object_id, *_linked(uow, row)})


def tell_of_new_links(uow: UnitOfWork) -> list[UUID]:
    """Makes a task for the ketenregisseur of every linked business that came since a closure; each once.

    Returns:
        The businesses that were told of.
    """
    told = []
    months: dict[str, float | None] = {}
    for row in repository.closures_since(uow.session, add_months(uow.today, -LANGST_MAANDEN)):
        if row.gemeentecode not in months:
            months[row.gemeentecode] = norm_table(uow, row.gemeentecode, uow.today).get(MAANDEN)
        term = months[row.gemeentecode]
        if term is None or row.opgelegd_op < add_months(uow.today, -int(term)):
            continue
        known = repository.known_links(uow.session, row.id)
        linked = _linked(uow, row)
        new = {object_id: code for object_id, code in linked.items() if object_id not in known}
        repository.note_links(uow.session, row.id, {row.object_id, *new})
        if not known:
            continue  # a closure from before this was watched: what stands there now is where it starts
        for object_id, code in sorted(new.items()):
            add_taak(uow, _task(object_id, code))
            told.append(object_id)
    return told


def _linked(uow: UnitOfWork, row: Maatregel) -> dict[UUID, str]:
    """Linked businesses in the other municipalities of the region, with their municipality."""
    elsewhere = [code for code in region_of(uow, row.gemeentecode) if code != row.gemeentecode]
    return linked_in(uow, row.object_id, elsewhere)


def _task(object_id: UUID, gemeentecode: str) -> TaakCreate:
    return TaakCreate(
        gemeentecode=gemeentecode,
        soort=SOORT,
        omschrijving=TEKST,
        voor_rol=Rol.KETENREGISSEUR,
        onderwerp_soort="object",
        onderwerp_id=object_id,
    )
