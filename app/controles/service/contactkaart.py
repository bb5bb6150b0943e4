"""The contact card of the field: what to dial, without network too (RTE-01, design section 4). Public, on-call and team numbers only.

A municipality sets its own in the list 'contactkaart': kenmerken `naam`, `nummer` and, when it is one of the fixed kinds, `soort`
(zorgcoordinator, veilig-thuis). Partners of those kinds whose channel is a telephone number stand on it as well.
"""

import re
from collections.abc import Sequence
from datetime import date

from app.controles.rules.contactkaart import LIJST, OPENBARE_NUMMERS
from app.controles.schemas.werkpakket import Contactsoort, PakketContact
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.lijsten import own_characteristics
from app.gemeenten.service.partners import partners_of_kinds_in
from app.gemeenten.service.piket import on_call_in
from app.gemeenten.status import Partnersoort

_ORDER = list(Contactsoort)
_PARTNERS = {
    Partnersoort.ZORGCOORDINATOR: Contactsoort.ZORG,
    Partnersoort.ZORGCOORDINATOR_JEUGD: Contactsoort.ZORG,
    Partnersoort.VEILIG_THUIS: Contactsoort.VEILIG_THUIS,
}
_NUMMER = re.compile(r"\+?[0-9][0-9 -]{1,20}")
_PIKET = {1: "Aandachtsfunctionaris, piket", 2: "Aandachtsfunctionaris, vervanger"}


def contact_card(uow: UnitOfWork, gemeenten: Sequence[str], datum: date) -> list[PakketContact]:
    """The card for these municipalities, in the order in which it is shown; three queries however many they are."""
    card = [
        PakketContact(soort=Contactsoort(soort), naam=naam, nummer=nummer, gemeentecode=None)
        for soort, naam, nummer in OPENBARE_NUMMERS
    ]
    for (code, rang), nummer in sorted(on_call_in(uow, gemeenten).items()):
        card.append(PakketContact(soort=Contactsoort.PIKET, naam=_PIKET[rang], nummer=nummer, gemeentecode=code))
    for partner in partners_of_kinds_in(uow, gemeenten, datum, _PARTNERS):
        if _NUMMER.fullmatch(partner.kanaal):  # a channel can be a mail address too, which nobody can dial
            soort, code = _PARTNERS[partner.soort], partner.gemeentecode
            card.append(PakketContact(soort=soort, naam=partner.naam, nummer=partner.kanaal, gemeentecode=code))
    for code, kenmerken in own_characteristics(uow, LIJST, gemeenten):
        if {"naam", "nummer"} <= kenmerken.keys():
            soort, naam, nummer = _kind(kenmerken.get("soort")), str(kenmerken["naam"]), str(kenmerken["nummer"])
            card.append(PakketContact(soort=soort, naam=naam, nummer=nummer, gemeentecode=code or None))
    return sorted(card, key=lambda one: _ORDER.index(one.soort))


def _kind(told: object) -> Contactsoort:
    return Contactsoort(told) if isinstance(told, str) and told in set(Contactsoort) else Contactsoort.OVERIG
