"""A signal submitted by hand: a gut feeling is always enough, no score holds it back (RTE-24)."""

import hashlib
import json
from typing import Any

from app.core.text_filter import Filteroordeel, check_text, refuse_or_warn
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.piket import numbers_on_call
from app.signalen.errors import SignaalIdInGebruik
from app.signalen.repository import signalen as repository
from app.signalen.rules.bronnen import EIGEN_WERK, mentions_reporter
from app.signalen.rules.overgangen import Wie
from app.signalen.rules.urgentie import sent_at_once
from app.signalen.schemas.signalen import Ingediend, SignaalCreate, SignaalRef, Tekstmelding
from app.signalen.service.aankondigen import complete, is_announced
from app.signalen.service.adresonderzoek import open_investigation
from app.signalen.service.belmoment import log_call
from app.signalen.service.bron import require_reporter, source_for
from app.signalen.service.gebeurtenissen import add_event
from app.signalen.service.gesloten import closed_values
from app.signalen.service.intake import check_form, seen_or_heard, urgency_of
from app.signalen.service.opvoeren import NOT_YET, seal_reasons
from app.signalen.service.plaats import Plaats, place_of, seal_place
from app.signalen.service.verzenden import send
from app.signalen.status import Actie, Bronsoort, Signaalstatus
from app.signalen.tables import Signaal

TEKST = "tekst"
LATER_FIELDS = frozenset(
    {"bron_code", "bronkenmerk", "melder_object_id", "adres", "punt", "tijdstip", "waarnemingen", "gaat_over"}
    | {"betrokken_domein", "betrokken_team_id"}
)
MELDER = Tekstmelding(soort="melder", melding="De tekst zegt iets over wie er meldde. Laat dat weg.")


def submit_signaal(uow: UnitOfWork, data: SignaalCreate) -> Ingediend:
    """Stores and sends a signal to the AF of the municipality of its place.

    A text that the filter refuses is not stored; the reasons are, and the signal goes on (design section 7). Sending the same
    again is safe; with a corrected text it fills in the text that was refused.

    Raises:
        BronVoorbehouden: a source that only an AF submits.
        GeenSignaal: it does not fit the form of its source, nothing makes it a signal, or its place is not clear; every fault.
        SignaalplekNotFound: the object or municipality is not the caller's.
        InvalidInput: a source that the list does not know, or no business that reports.
        SignaalIdInGebruik: the id belongs to something else.
    """
    bron = source_for(uow, data)
    check_form(uow, data, bron)
    place = place_of(uow, data)
    require_reporter(uow, data, place)
    text, faults = _filtered(data, bron, place)
    values, reasons = _values(uow, data, bron, place), _reasons(data, bron, faults)
    signaal = repository.with_id(uow.session, data.id)
    is_new = signaal is None and repository.insert(uow.session, values)
    signaal = signaal or repository.with_id(uow.session, data.id)
    announced = signaal is not None and is_announced(signaal)
    if signaal is not None and announced:
        signaal, is_new = complete(uow, signaal, values, reasons, place)
    if signaal is None or signaal.indiener != uow.caller.account_id or signaal.inhoud_hash != _digest(data):
        raise SignaalIdInGebruik
    if is_new:
        seal_reasons(uow, signaal, reasons)
        seal_place(uow, signaal, place)
        add_event(uow, signaal, Actie.OPVOEREN, Signaalstatus.CONCEPT)
    _keep_text(uow, signaal, text, is_new=is_new)
    _keep_call(uow, signaal, data, is_new=is_new)
    if signaal.status is Signaalstatus.CONCEPT:
        send(uow, signaal, Wie.INDIENER)
    fresh = is_new or (announced and signaal.id == data.id)
    if fresh and bron is Bronsoort.BALIE and not signaal.gesloten_route:
        open_investigation(uow, signaal)
    uow.session.flush()
    ref = SignaalRef(signaal.id, signaal.status, signaal.urgentie, is_new)
    tell = sent_at_once(signaal.urgentie) and not signaal.gesloten_route  # who is on call may be whom it is about
    piket = numbers_on_call(uow, signaal.gemeentecode) if tell else []
    return Ingediend(ref, signaal.ontstaan_op, signaal.tekst is not None, faults, piket)


def _filtered(data: SignaalCreate, bron: Bronsoort, place: Plaats) -> tuple[str | None, list[Tekstmelding]]:
    """The text when it may be kept, else what is wrong with it."""
    text = (data.tekst or "").strip()
    if not text:
        return None, []
    hits = check_text(text, place.eigen_nummers)
    strict = place.streng or bron is Bronsoort.MMA
    refused = refuse_or_warn(hits, strict=strict, reden=data.tekst_reden) is not Filteroordeel.GOED
    faults = [Tekstmelding(soort=hit.soort, melding=hit.melding) for hit in hits] if refused else []
    if bron not in EIGEN_WERK and mentions_reporter(text):
        faults.append(MELDER)
    return (None, faults) if faults else (text, [])


def _keep_text(uow: UnitOfWork, signaal: Signaal, text: str | None, *, is_new: bool) -> None:
    if text is None:
        return
    if signaal.tekst is not None:
        if uow.unseal(signaal.id, TEKST, signaal.tekst) != text:
            raise SignaalIdInGebruik
        return
    signaal.tekst = uow.seal(signaal.id, TEKST, text)
    if not is_new:
        add_event(uow, signaal, Actie.TEKST_TOEVOEGEN, signaal.status)


def _reasons(data: SignaalCreate, bron: Bronsoort, faults: list[Tekstmelding]) -> list[str]:
    """Why there is a signal, and what of its text was left out."""
    reasons = ["Niet-pluisgevoel"] if data.niet_pluis else []
    reasons += seen_or_heard(data, bron)
    return [*reasons, *(f"Toelichting geweigerd: {found.soort}" for found in faults)]


def _keep_call(uow: UnitOfWork, signaal: Signaal, data: SignaalCreate, *, is_new: bool) -> None:
    """Logs the call that came first, also when its time is filled in afterwards (RTE-01). A clock that runs ahead refuses nothing."""
    log_call(uow, signaal, data.gebeld_op, data.gebeld_naar, tell=not is_new)


def _closed(uow: UnitOfWork, data: SignaalCreate, gemeentecode: str) -> dict[str, Any]:
    if data.gaat_over is None:
        return {}
    return closed_values(uow, gemeentecode, data.gaat_over, data.betrokken_domein, data.betrokken_team_id)


def _digest(data: SignaalCreate) -> str:
    content = data.model_dump(mode="json", exclude={"tekst", "tekst_reden", "gebeld_op", "gebeld_naar"})
    # Fields that came later count only when they are filled, so that what was submitted before can still be sent again.
    content = {name: value for name, value in content.items() if value or name not in LATER_FIELDS}
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _values(uow: UnitOfWork, data: SignaalCreate, bron: Bronsoort, place: Plaats) -> dict[str, Any]:
    return {
        "id": data.id,
        "gemeentecode": place.gemeentecode,
        "gemeente_herkomst": place.herkomst,
        "object_id": place.object_id,
        "anoniem_besproken": data.anoniem_besproken,
        "bron": bron,
        "bron_code": data.bron_code,
        "bronkenmerk": data.bronkenmerk,
        "melder_object_id": data.melder_object_id,
        "indiener": uow.caller.account_id,
        "status": Signaalstatus.CONCEPT,
        "urgentie": urgency_of(data, bron),
        "vormen": list(dict.fromkeys(data.vormen)),
        "mogelijk_minderjarig": data.mogelijk_minderjarig,
        "mogelijk_slachtoffer": data.mogelijk_slachtoffer,
        "ontstaan_op": uow.now,
        "waargenomen_op": data.tijdstip,
        "redenen": NOT_YET,
        "inhoud_hash": _digest(data),
        "regime": "avg",
        "versie": 0,
        **_closed(uow, data, place.gemeentecode),
    }
