"""The sealed document of a hand-over: made once for one recipient, fetched by link and password, and then gone (DAT-03, issue of signals).

The recipient may have no account. So the address holds a secret of 256 bits of which only the digest is stored; the password is shown
to the AF once and stored nowhere. Each fetch is logged; after the dated number of hours or fetches the file is erased with its key.
What remains is the SHA-256 of what was sent.
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Final
from uuid import UUID

from app.bevindingen.schemas.bevindingen import BevindingInhoud
from app.bevindingen.service.bevindingen import compliance_of_controls, findings_by_ids
from app.bevindingen.status import Klasse
from app.checklists.service import question_of
from app.core import bestanden
from app.core.clock import business_date
from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.normsleutels import Normsleutel
from app.gemeenten.rules.verwerkingen import Recordsoort
from app.gemeenten.service.normen import norm_value
from app.gemeenten.service.vernietiging import report_removal
from app.objecten.schemas.objecten import ObjectRead
from app.objecten.service.objecten import objects_by_ids
from app.objecten.status import Objecttype
from app.signalen.errors import OverdrachtNotFound, PakketGeweigerd, PakketNotFound
from app.signalen.repository import bewaren, signalen
from app.signalen.repository import stappen as repository
from app.signalen.rules.delen import Gegeven, Grond, share_faults
from app.signalen.rules.pakketten import GRONDEN, SLEUTELPATROON, SOORTEN, may_go_along, password, tells_place
from app.signalen.schemas.pakketten import Pakketantwoord, PakketGemaakt, Pakketinhoud, Pakketregel
from app.signalen.service.bewaren import drop_package
from app.signalen.service.buurman import working_for
from app.signalen.service.indienen import TEKST
from app.signalen.service.ontvangers import valid_partners
from app.signalen.service.plaats import where
from app.signalen.service.vastleggen import note_apart
from app.signalen.status import Overdrachtkanaal, Overdrachtstatus
from app.signalen.tables import Overdracht, Signaal

UREN, KEREN = 72.0, 3.0
"""Where a municipality has no norm."""
OVER_DE_TIJD: Final = "niet meer op te halen"


def new_password() -> str:
    """A password for one document."""
    return password(secrets.choice)


def assemble(uow: UnitOfWork, overdracht_id: UUID, if_match: str | None) -> Pakketinhoud:
    """What the document prints: the kinds of data that the hand-over shared, and nothing else.

    Raises:
        OverdrachtNotFound: unknown, or of a signal that the caller may not read.
        PreconditionFailed: somebody else changed it.
        PakketGeweigerd: another channel, a document that stands, content that is gone, an agreement that ended, no ground.
    """
    row, signaal = _find(uow, overdracht_id, if_match)
    with working_for(uow, signaal.gemeentecode):
        return _content(uow, row, signaal)


def keep(uow: UnitOfWork, overdracht_id: UUID, if_match: str | None, pdf: bytes, wachtwoord: str) -> PakketGemaakt:
    """Keeps the sealed document and tells once how it is fetched.

    Raises:
        OverdrachtNotFound, PreconditionFailed, PakketGeweigerd: as `assemble`; the hand-over may have changed meanwhile.
    """
    row, signaal = _find(uow, overdracht_id, if_match, lock=True)
    hours = norm_value(uow, signaal.gemeentecode, Normsleutel.PAKKET_GELDIG_UREN, uow.today)
    times = norm_value(uow, signaal.gemeentecode, Normsleutel.PAKKET_OPHALEN_MAXIMAAL, uow.today)
    secret = secrets.token_urlsafe(32)
    file = bestanden.store_bytes(uow, pdf)
    row.pakket_id, row.pakket_hash = file.id, file.sha256
    row.pakket_sleutelhash = _digest(secret)
    row.pakket_verloopt_op = uow.now + timedelta(hours=UREN if hours is None else hours)
    row.pakket_ophalen_over = int(KEREN if times is None else times)
    row.versie += 1
    uow.session.flush()
    uow.audit("verzegeld-document", row.id, row.gemeentecode, "overdrachten_verzegelen")
    return PakketGemaakt(
        adres=f"/v1/pakketten/{secret}",
        wachtwoord=wachtwoord,
        sha256=file.sha256,
        verloopt_op=row.pakket_verloopt_op,
        keren=row.pakket_ophalen_over,
        versie=row.versie,
    )


def fetch(uow: UnitOfWork, secret: str) -> bytes:
    """The sealed document behind a secret; counted and logged, and erased with the last time.

    Raises:
        PakketNotFound: unknown, expired, withdrawn, or fetched often enough; these look alike.
    """
    row = bewaren.by_secret(uow.session, _digest(secret)) if SLEUTELPATROON.fullmatch(secret) else None
    if row is None or row.pakket_id is None or row.pakket_verloopt_op is None or row.pakket_verloopt_op <= uow.now:
        raise PakketNotFound
    pdf = bestanden.read_file(uow, row.pakket_id)
    row.pakket_ophalen_over -= 1
    uow.audit("verzegeld-document", row.id, row.gemeentecode, "pakketten_ophalen")
    if row.pakket_ophalen_over <= 0:
        _erase(uow, [row])
    uow.session.flush()
    return pdf


def withdraw(uow: UnitOfWork, overdracht_id: UUID, if_match: str | None) -> int:
    """Takes a document back before it was fetched; answers the new version of the hand-over.

    Raises:
        OverdrachtNotFound: unknown, or of a signal that the caller may not read.
        PreconditionFailed: somebody else changed it.
        PakketGeweigerd: there is none.
    """
    row = repository.find_overdracht(uow.session, uow.caller, overdracht_id, lock=True)
    if row is None:
        raise OverdrachtNotFound
    uow.session.refresh(row)
    check_version(if_match, row.versie)
    if row.pakket_id is None:
        raise PakketGeweigerd("Er staat geen verzegeld document klaar.")
    _erase(uow, [row])
    row.versie += 1
    uow.session.flush()
    uow.audit("verzegeld-document", row.id, row.gemeentecode)
    return row.versie


def erase_ended(uow: UnitOfWork) -> int:
    """Erases one batch of documents whose time has passed; answers how many."""
    rows = bewaren.packages_ended(uow.session, uow.now)
    _erase(uow, rows)
    uow.session.flush()
    return len(rows)


def _erase(uow: UnitOfWork, rows: Iterable[Overdracht]) -> None:
    gone: dict[str, list[UUID]] = {}
    for row in rows:
        drop_package(uow, row)
        gone.setdefault(row.gemeentecode, []).append(row.id)
    for gemeentecode, ids in gone.items():
        report_removal(uow, gemeentecode, Recordsoort.PAKKET, OVER_DE_TIJD, ids, uow.today)


def _find(
    uow: UnitOfWork, overdracht_id: UUID, if_match: str | None, *, lock: bool = False
) -> tuple[Overdracht, Signaal]:
    row = repository.find_overdracht(uow.session, uow.caller, overdracht_id)
    signaal = None if row is None else signalen.find_readable(uow.session, uow.caller, row.signaal_id, lock=lock)
    if row is None or signaal is None:
        raise OverdrachtNotFound
    note_apart(uow, signaal)
    if lock:
        row = repository.find_overdracht(uow.session, uow.caller, overdracht_id, lock=True) or row
        uow.session.refresh(row)
    check_version(if_match, row.versie)
    fault = _fault(uow, row, signaal)
    if fault is not None:
        raise PakketGeweigerd(fault)
    return row, signaal


def _fault(uow: UnitOfWork, row: Overdracht, signaal: Signaal) -> str | None:
    """Why no document is made, in Dutch; what may be shared is asked again, since an agreement may have ended meanwhile."""
    if row.kanaal is not Overdrachtkanaal.VERZEGELD or row.status is Overdrachtstatus.INGETROKKEN:
        return "Bij deze overdracht hoort geen verzegeld document."
    if row.pakket_id is not None:
        return "Er staat al een document klaar. Trek dat eerst in."
    if signaal.inhoud_verwijderd_op is not None:
        return "De inhoud van dit signaal is verwijderd."
    if row.partner_id is None or row.partner_id not in valid_partners(uow, signaal.gemeentecode):
        return "De afspraak met deze partner geldt niet meer."
    faults = share_faults(row.partnersoort, map(Gegeven, row.velden), Grond(row.grondslag), woning=False)
    return " ".join(faults) or None


def _content(uow: UnitOfWork, row: Overdracht, signaal: Signaal) -> Pakketinhoud:
    partner = valid_partners(uow, signaal.gemeentecode)[row.partner_id or signaal.id]
    kinds = frozenset(map(Gegeven, row.velden))
    place = None if signaal.object_id is None else objects_by_ids(uow, [signaal.object_id]).get(signaal.object_id)
    behind = findings_by_ids(uow, signalen.finding_ids(uow.session, signaal.id))
    compliance = [found for found in behind if found.klasse is Klasse.NALEVING]
    if signaal.controle_id is not None:
        compliance += compliance_of_controls(uow, [signaal.controle_id])
    told = Gegeven.TEKST in kinds and signaal.tekst is not None
    return Pakketinhoud(
        ontvanger=partner.naam,
        kenmerk=row.kenmerk,
        datum=uow.today,
        grondslag=GRONDEN[Grond(row.grondslag)],
        gegevens=sorted(row.velden),
        plek=_place(place, kinds) if place is not None else _elsewhere(uow, signaal, kinds),
        signaal=_signal(signaal, kinds),
        naleving=_answers(row, compliance) if Gegeven.NALEVING in kinds else [],
        vertrouwelijk=_answers(row, (f for f in behind if f.klasse is Klasse.VERTROUWELIJK))
        if Gegeven.VERTROUWELIJK in kinds
        else [],
        tekst=uow.unseal(signaal.id, TEKST, signaal.tekst) if told and signaal.tekst is not None else None,
    )


def _place(place: ObjectRead, kinds: frozenset[Gegeven]) -> list[Pakketregel]:
    lines = []
    a = place.adres
    addition = f"-{a.toevoeging}" if a.toevoeging else ""
    if tells_place(kinds):
        lines.append(("Adres", f"{a.straat} {a.huisnummer}{a.huisletter}{addition}, {a.postcode} {a.woonplaats}"))
    if Gegeven.OBJECT in kinds:
        lines += [("Naam", place.naam), ("Soort", SOORTEN[place.type.value])]
    if Gegeven.KVK in kinds and place.type is not Objecttype.WON and place.kvk_nummer:
        lines.append(("KvK-nummer", place.kvk_nummer))
    return [Pakketregel(naam=name, waarde=value) for name, value in lines]


def _elsewhere(uow: UnitOfWork, signaal: Signaal, kinds: frozenset[Gegeven]) -> list[Pakketregel]:
    """The address or point of a signal whose place is no object of the stock."""
    if not tells_place(kinds):
        return []
    adres, punt = where(uow, signaal)
    lines = [] if adres is None else [Pakketregel(naam="Adres", waarde=adres)]
    if punt is not None:
        lengte, breedte = punt.coordinates
        lines.append(Pakketregel(naam="Punt", waarde=f"{breedte} noorderbreedte, {lengte} oosterlengte"))
    return lines


def _signal(signaal: Signaal, kinds: frozenset[Gegeven]) -> list[Pakketregel]:
    lines: list[tuple[str, object]] = []
    if kinds & {Gegeven.MINIMAAL, Gegeven.BEOORDELING}:
        lines.append(("Vorm", ", ".join(signaal.vormen) or "onbekend"))
    if kinds & {Gegeven.MINIMAAL, Gegeven.STATUS, Gegeven.BEOORDELING}:
        lines.append(("Urgentie", signaal.urgentie.value))
    if Gegeven.STATUS in kinds:
        lines.append(("Status", signaal.status.value))
    if Gegeven.BEOORDELING in kinds:
        judged = None if signaal.classificatie is None else signaal.classificatie.value.replace("-", " ")
        lines += [
            ("Mogelijk minderjarig", signaal.mogelijk_minderjarig.value),
            ("Mogelijk slachtoffer", signaal.mogelijk_slachtoffer.value),
            ("Aantal mogelijke slachtoffers", signaal.aantal_mogelijke_slachtoffers),
            ("Beoordeeld als", judged),
            ("Acute onveiligheid", _yes_no(value=signaal.acute_onveiligheid)),
            ("Structurele onveiligheid", _yes_no(value=signaal.structurele_onveiligheid)),
            ("Binnenlands", signaal.binnenlands),
        ]
    return [Pakketregel(naam=name, waarde=str(value)) for name, value in lines if value is not None]


def _yes_no(*, value: bool | None) -> str | None:
    return None if value is None else ("ja" if value else "nee")


def _answers(row: Overdracht, findings: Iterable[BevindingInhoud]) -> list[Pakketantwoord]:
    """The answers that stand, each once; not those that this kind of partner does not get."""
    chosen = {f.id: f for f in findings if f.gecorrigeerd_op is None and may_go_along(row.partnersoort, f.item)}
    return [
        Pakketantwoord(
            item=found.item,
            vraag=question_of(found.checklistversie, found.item),
            antwoord=found.antwoord,
            vastgesteld_op=business_date(found.vastgesteld_op),
        )
        for found in sorted(chosen.values(), key=lambda found: (found.item, found.vastgesteld_op))
    ]


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
