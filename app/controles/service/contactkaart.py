"""The contact card of the field: what to dial, without network too (RTE-01, design section 4). Public, on-call and team numbers only.

A municipality sets its own in the list 'contactkaart': kenmerken `naam`, `nummer` and, when it is one of the fixed kinds, `soort`
(zorgcoordinator, veilig-thuis). A number of its own goes before the public one of that kind.
"""

from collections.abc import Sequence

from app.controles.rules.contactkaart import LIJST, OPENBARE_NUMMERS
from app.controles.schemas.werkpakket import Contactsoort, PakketContact
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.lijsten import characteristics
from app.gemeenten.service.piket import numbers_on_call

_ORDER = list(Contactsoort)
_PIKET = {1: "Aandachtsfunctionaris, piket", 2: "Aandachtsfunctionaris, vervanger"}


def contact_card(uow: UnitOfWork, gemeenten: Sequence[str]) -> list[PakketContact]:
    """The card for these municipalities, in the order in which it is shown."""
    own: list[PakketContact] = []
    for code in gemeenten:
        own += [
            PakketContact(soort=Contactsoort.PIKET, naam=_PIKET[one.rang], nummer=one.nummer, gemeentecode=code)
            for one in numbers_on_call(uow, code)
        ]
        own += [
            PakketContact(
                soort=_kind(kenmerken.get("soort")),
                naam=str(kenmerken["naam"]),
                nummer=str(kenmerken["nummer"]),
                gemeentecode=code,
            )
            for kenmerken in characteristics(uow, LIJST, code).values()
            if {"naam", "nummer"} <= kenmerken.keys()
        ]
    replaced = {one.soort for one in own if len({mine.gemeentecode for mine in own if mine.soort is one.soort}) == len(gemeenten)}
    public = [
        PakketContact(soort=Contactsoort(soort), naam=naam, nummer=nummer, gemeentecode=None)
        for soort, naam, nummer in OPENBARE_NUMMERS
        if Contactsoort(soort) is Contactsoort.OVERIG or Contactsoort(soort) not in replaced - {Contactsoort.GEVAAR}
    ]
    return sorted([*public, *own], key=lambda one: _ORDER.index(one.soort))


def _kind(told: object) -> Contactsoort:
    return Contactsoort(told) if isinstance(told, str) and told in set(Contactsoort) else Contactsoort.OVERIG
