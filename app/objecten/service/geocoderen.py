"""Finds where an address lies, in the background: own data first, then the BAG, then the Locatieserver (ADR 0014, REG-20).

Each address goes through three steps: it is claimed in a transaction, looked up without one, and stored in another. Whoever set a point
in between wins. During an outage it waits, with a reason, and nothing else stops.
"""

import random
import time
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from app.core.jobs import UnitFactory
from app.core.unit_of_work import UnitOfWork
from app.objecten.adapters.uitgaand import Bronfout
from app.objecten.errors import AdresNotFound
from app.objecten.repository import geocoderen as repository
from app.objecten.rules.bronadres import Adresvraag, Bronadres, Vergelijking, compare
from app.objecten.rules.geocodering import next_try
from app.objecten.schemas.adressen import BronRead, GeocoderingRead
from app.objecten.service import bronnen as bron
from app.objecten.service.adresstand import place_address, show_source_addresses, show_standing
from app.objecten.service.bronnen import BAG, LOCATIESERVER, Bronnen
from app.objecten.status import Geocodestatus
from app.objecten.tables import Adres
from geo.crs import Crs, Punt

EIGEN = "eigen"
BATCH = 20
BATCH_SECONDS = 20.0
LEASE = timedelta(minutes=3)  # a worker that was killed gives its addresses back after this
GEEN_BRON = "Er is geen bron ingesteld die weet waar dit adres ligt. Zet het punt met de hand, of lees de BAG in."
GEEN_BRON_WAIT_S = 3600.0
HEEFT_PUNT = "Dit adres heeft al een punt. Zet zo nodig met de hand een ander punt."


@dataclass
class Opzoeking:
    """What a look-up gave: an address of a source, a choice, or a reason to wait (`fault`)."""

    vergelijking: Vergelijking | None = None
    bron: str = ""
    fault: Bronfout | None = None
    bronnen: list[BronRead] = field(default_factory=list)


@dataclass(frozen=True)
class _Claim:
    adres_id: UUID
    vraag: Adresvraag
    own: Vergelijking


def geocode_waiting(units: UnitFactory, sources: Bronnen) -> int:
    """Looks up addresses whose time has come; answers how many.

    They are taken from all municipalities and asked in a drawn order, so that the order of questions tells the source little.
    """
    with units("adressen_geocoderen") as uow:
        claims = [_claim(uow, row) for row in repository.due_addresses(uow.session, uow.caller, uow.now, BATCH)]
    random.shuffle(claims)
    deadline = time.monotonic() + BATCH_SECONDS
    done = 0
    for claim in claims:
        if time.monotonic() > deadline:
            break  # the rest comes back when its lease ends
        _store(units, claim, _look_up(sources, claim))
        done += 1
    return done


def geocode_now(units: UnitFactory, sources: Bronnen, adres_id: UUID, crs: Crs) -> GeocoderingRead:
    """Looks up one address at once, whatever it waited for; one that has a point is left alone.

    Raises:
        AdresNotFound: unknown or not visible.
    """
    with units("adressen_geocodeer") as uow:
        row = repository.locked_address(uow.session, uow.caller, adres_id)
        if row is None:
            raise AdresNotFound
        if row.x is not None:
            told = bron.not_asked(LOCATIESERVER, HEEFT_PUNT)
            return GeocoderingRead(adres=show_standing([row], crs)[0], keuzes=[], bronnen=[told])
        claim = _claim(uow, row)
        uow.audit("adres", row.id, row.gemeentecode)
    found = _look_up(sources, claim)
    adres = _store(units, claim, found)
    if adres is None:
        raise AdresNotFound
    choices = () if found.vergelijking is None else found.vergelijking.keuzes
    return GeocoderingRead(
        adres=show_standing([adres], crs)[0],
        keuzes=show_source_addresses(choices, found.bron, crs),
        bronnen=found.bronnen,
    )


def asked_address(row: Adres) -> Adresvraag:
    """What is asked of a source about an address."""
    return Adresvraag(row.straat, row.huisnummer, row.huisletter, row.toevoeging, row.postcode)


def _claim(uow: UnitOfWork, row: Adres) -> _Claim:
    asked = asked_address(row)
    row.geocode_status = Geocodestatus.WACHT
    row.geocode_na = uow.now + LEASE
    own = [_registered(one) for one in repository.registered_at(uow.session, row)]
    return _Claim(row.id, asked, compare(asked, own))


def _registered(row: Adres) -> Bronadres:
    return Bronadres(
        straat=row.straat,
        huisnummer=row.huisnummer,
        huisletter=row.huisletter,
        toevoeging=row.toevoeging,
        postcode=row.postcode,
        woonplaats=row.woonplaats,
        punt=None if row.x is None or row.y is None else Punt(row.x, row.y),
        bag_id=row.bag_id,
        adresseerbaar_object_id=row.adresseerbaar_object_id,
    )


def _look_up(sources: Bronnen, claim: _Claim) -> Opzoeking:
    """Asks the first source that answers; only one that fails makes us ask the next."""
    found = Opzoeking()
    if claim.own.treffer is not None or claim.own.keuzes:
        # The BAG was read in and has it under another letter or addition: a person chooses, and nobody outside is asked.
        found.vergelijking, found.bron = claim.own, EIGEN
        found.bronnen.append(bron.asked(EIGEN))
        return found
    for code in (BAG, LOCATIESERVER):
        try:
            outcome = _ask(sources, code, claim.vraag)
        except Bronfout as fault:
            found.fault = fault
            found.bronnen.append(bron.failed(code, fault))
            continue
        if outcome is None:
            found.bronnen.append(bron.switched_off(code))
            continue
        found.vergelijking, found.bron, found.fault = outcome, code, None
        found.bronnen.append(bron.asked(code))
        break
    return found


def _ask(sources: Bronnen, code: str, asked: Adresvraag) -> Vergelijking | None:
    if code == BAG and sources.bag is not None:
        exact = compare(asked, sources.bag.exact_addresses(asked))
        if exact.treffer is not None:
            return exact
        return compare(asked, sources.bag.addresses_at(asked.postcode, asked.huisnummer))
    if code == LOCATIESERVER and sources.locatieserver is not None:
        return compare(asked, sources.locatieserver.addresses_at(asked.postcode, asked.huisnummer))
    return None


def _store(units: UnitFactory, claim: _Claim, found: Opzoeking) -> Adres | None:
    with units("adressen_geocoderen") as uow:
        row = repository.locked_address(uow.session, uow.caller, claim.adres_id)
        if row is None or row.x is not None or asked_address(row) != claim.vraag:
            return row  # somebody placed or removed it in the meantime
        row.geocode_pogingen += 1
        compared = found.vergelijking
        if compared is None:
            _wait(uow, row, found.fault)
        elif compared.treffer is not None and compared.treffer.punt is not None:
            place_address(uow, row, compared.treffer)
            row.versie += 1
            uow.audit("adres", row.id, row.gemeentecode)
        else:
            row.geocode_status = Geocodestatus.MEERDERE if compared.keuzes else Geocodestatus.NIET_GEVONDEN
            row.geocode_na = None
            row.geocode_melding = compared.melding or "De bron kent dit adres, maar heeft er geen punt bij."
        uow.session.flush()
        return row


def _wait(uow: UnitOfWork, row: Adres, fault: Bronfout | None) -> None:
    """Keeps an address waiting and says why (the source's failure, in our own words)."""
    told = GEEN_BRON_WAIT_S if fault is None else fault.wacht
    row.geocode_status = Geocodestatus.WACHT
    row.geocode_na = next_try(uow.now, row.geocode_pogingen, random.random(), told)  # noqa: S311 - spreads load
    row.geocode_melding = GEEN_BRON if fault is None else f"{fault.melding} Het wordt later vanzelf opnieuw geprobeerd."
