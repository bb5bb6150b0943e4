"""Transfer to the AF of another municipality: a new signal there with the least, and here a reference (RTE-25)."""

from typing import Any
from uuid import UUID, uuid5

from app.gemeenten.service.gemeenten import in_use, name_of
from app.signalen.errors import GemeenteZonderDienst, SignaalstapGeweigerd
from app.signalen.repository import signalen
from app.signalen.rules.overgangen import Wie
from app.signalen.schemas import stappen as s
from app.signalen.service.gebeurtenissen import add_event
from app.signalen.service.opvoeren import NOT_YET, seal_reasons
from app.signalen.service.plaats import address_of
from app.signalen.service.stap import Stapwerk
from app.signalen.service.verzenden import send
from app.signalen.status import Actie, Bronsoort, JaNeeOnbekend, Signaalstatus
from app.signalen.tables import Signaal


def transfer(work: Stapwerk) -> str:
    """Makes and sends the signal there: address, form and urgency, nothing else (table E, other AF).

    Closing the one here with C9 is a step of its own, with its second person; the other municipality does not wait for that.

    Raises:
        GemeenteZonderDienst: that municipality does not work with this service, or is this one.
        SignaalstapGeweigerd: it has this signal already.
    """
    signaal, uow = work.signaal, work.uow
    target = work.asked(s.OverdragenGemeente).gemeentecode
    if target == signaal.gemeentecode or not in_use(uow, target):
        raise GemeenteZonderDienst
    new_id = reference_of(signaal.id, target)
    if not signalen.insert(uow.session, _values(work, new_id, target)):
        raise SignaalstapGeweigerd("Die gemeente heeft dit signaal al van u.")
    there = signalen.with_id(uow.session, new_id)
    if there is None:
        msg = "a signal stands after it was inserted"
        raise RuntimeError(msg)
    adres = address_of(uow, signaal)
    where = [] if adres is None else [f"Adres: {adres}."]
    seal_reasons(
        uow, there, [f"Overgedragen door de aandachtsfunctionaris van {name_of(uow, signaal.gemeentecode)}.", *where]
    )
    add_event(uow, there, Actie.OPVOEREN, Signaalstatus.CONCEPT, door=work.door)
    send(uow, there, Wie.SYSTEEM)
    return f"Overgedragen aan {name_of(uow, target)} onder {new_id}."


def reference_of(signaal_id: UUID, gemeentecode: str) -> UUID:
    """The id of the signal there: one for each municipality, so that transferring twice makes one."""
    return uuid5(signaal_id, f"overgedragen:{gemeentecode}")


def _values(work: Stapwerk, new_id: UUID, target: str) -> dict[str, Any]:
    signaal: Signaal = work.signaal
    return {
        "id": new_id,
        "gemeentecode": target,
        "gemeente_herkomst": target,
        "anoniem_besproken": False,
        "bron": Bronsoort.GEMEENTE_OVERIG,
        "indiener": work.door.eerste,
        "status": Signaalstatus.CONCEPT,
        "urgentie": signaal.urgentie,
        "vormen": signaal.vormen,
        "mogelijk_minderjarig": JaNeeOnbekend.ONBEKEND,
        "mogelijk_slachtoffer": JaNeeOnbekend.ONBEKEND,
        "ontstaan_op": work.uow.now,
        "redenen": NOT_YET,
        "komt_van_id": signaal.id,
        "gaat_over": signaal.gaat_over,
        "gesloten_route": signaal.gesloten_route,
        "afgeschermd_voor": signaal.afgeschermd_voor,
        "betrokken_team": signaal.betrokken_team,
        "regime": "avg",
        "versie": 0,
    }
