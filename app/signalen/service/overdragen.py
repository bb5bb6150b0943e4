"""Hand-over to partners: who got what kind of data, on which ground; never the content (RTE-04, DAT-03, DAT-09, ROL-14, INS-12)."""

import secrets
from collections.abc import Sequence
from uuid import UUID

from app.core.clock import AMSTERDAM
from app.core.http.paging import Paging
from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.lijsten import characteristics
from app.gemeenten.status import Partnersoort
from app.signalen.errors import OverdrachtNotFound, ReactieOnjuist, SignaalstapGeweigerd
from app.signalen.repository import stappen as repository
from app.signalen.repository.signalen import leading_of
from app.signalen.rules.delen import Gegeven, Grond
from app.signalen.rules.overgangen import OPEN
from app.signalen.schemas import stappen as s
from app.signalen.schemas.overdrachten import Beantwoorden, OverdrachtRead
from app.signalen.service.beoordelen import keep_care_reason
from app.signalen.service.ontvangers import BUITEN_TABEL, table_of, valid_partners
from app.signalen.service.stap import Stapwerk
from app.signalen.service.termijnen import meet
from app.signalen.service.vastleggen import find_one, note
from app.signalen.service.vtklasse import KLASSEN, note_answer, record_class
from app.signalen.status import JaNeeOnbekend, Overdrachtkanaal, Overdrachtstatus, Termijnsoort, VtKlasse
from app.signalen.tables import Overdracht, Signaal

ALTIJD_ZC = "zorgcoordinator-altijd"
PARTNERRESULTATEN = "partnerresultaten"
_SPOKEN = {
    Overdrachtkanaal.STEM: "mondeling",
    Overdrachtkanaal.EIGEN_KANAAL: "langs het kanaal van de partner",
    Overdrachtkanaal.VERZEGELD: "met een verzegeld document",
}


def inform_care(work: Stapwerk) -> str:
    """Notes that the zorgcoördinator was informed, and the share that this is: address, form and urgency."""
    step, signaal, uow = work.asked(s.ZorgcoordinatorInlichten), work.signaal, work.uow
    signaal.zc_geinformeerd_op = step.geinformeerd_op
    signaal.zc_consult_op = step.consult_op or signaal.zc_consult_op
    minor = signaal.mogelijk_minderjarig is JaNeeOnbekend.JA
    kinds = [Partnersoort.ZORGCOORDINATOR_JEUGD] if minor else []
    partners = list(valid_partners(uow, signaal.gemeentecode).values())
    found = [
        partner for kind in [*kinds, Partnersoort.ZORGCOORDINATOR] for partner in partners if partner.soort is kind
    ]
    partner = found[0] if found else None
    known = {row.partner_id for row in repository.overdrachten_of(uow.session, signaal.id)}
    if partner is None or partner.id not in known:
        uow.session.add(
            Overdracht(
                signaal_id=signaal.id,
                gemeentecode=signaal.gemeentecode,
                partner_id=None if partner is None else partner.id,
                partnersoort=(Partnersoort.ZORGCOORDINATOR if partner is None else partner.soort).value,
                regel=ALTIJD_ZC,
                grondslag=Grond.ZORG,
                velden=[Gegeven.MINIMAAL.value],
                kanaal=step.kanaal,
                kenmerk=_reference(),
                status=Overdrachtstatus.VERZONDEN,
                gemaakt_door=work.door.eerste,
                tweede_persoon=work.door.tweede,
                gemaakt_op=uow.now,
            )
        )
    when = step.geinformeerd_op.astimezone(AMSTERDAM)
    return f"ZC geïnformeerd om {when:%H:%M} op {when:%d-%m-%Y}, {_SPOKEN[step.kanaal]}."


def hand_over(work: Stapwerk) -> str | None:
    """Logs a share for each recipient with a reference of its own."""
    step, signaal, uow = work.asked(s.Uitzetten), work.signaal, work.uow
    table = table_of(uow, signaal)
    partners = valid_partners(uow, signaal.gemeentecode)
    for item in step.overdrachten:
        kind = partners[item.partner_id].soort.value
        uow.session.add(
            Overdracht(
                signaal_id=signaal.id,
                gemeentecode=signaal.gemeentecode,
                partner_id=item.partner_id,
                partnersoort=kind,
                regel=table.regels.get(kind, BUITEN_TABEL),
                verplicht=kind in table.verplicht,
                grondslag=item.grond,
                velden=sorted({veld.value for veld in item.velden}),
                kanaal=item.kanaal,
                kenmerk=_reference(),
                status=Overdrachtstatus.VERZONDEN,
                gemaakt_door=work.door.eerste,
                tweede_persoon=work.door.tweede,
                gemaakt_op=uow.now,
            )
        )
    keep_care_reason(work, step.zc_reden)
    signaal.uitgezet_op = signaal.uitgezet_op or uow.now
    return step.toelichting


def take_up(work: Stapwerk) -> str | None:
    """A partner works on it, as its reference shows."""
    step = work.asked(s.InBehandelingNemen)
    row = next(
        row for row in repository.overdrachten_of(work.uow.session, work.signaal.id) if row.id == step.overdracht_id
    )
    row.partnerkenmerk = step.partnerkenmerk
    if row.status in {Overdrachtstatus.VASTGELEGD, Overdrachtstatus.VERZONDEN}:
        row.status = Overdrachtstatus.BEVESTIGD
    row.versie += 1
    return None


def list_overdrachten(uow: UnitOfWork, signaal_id: UUID | None, paging: Paging) -> Sequence[Overdracht]:
    """The log of shares of the signals that the caller may read, newest first (DAT-03)."""
    return repository.overdrachten_page(uow.session, uow.caller, signaal_id, paging)


def get_overdracht(uow: UnitOfWork, overdracht_id: UUID) -> Overdracht:
    """One hand-over.

    Raises:
        OverdrachtNotFound: unknown, or of a signal that the caller may not read.
    """
    row = repository.find_overdracht(uow.session, uow.caller, overdracht_id)
    if row is None:
        raise OverdrachtNotFound
    return row


def answer_overdracht(
    uow: UnitOfWork, overdracht_id: UUID, data: Beantwoorden, if_match: str | None
) -> tuple[OverdrachtRead, int]:
    """Notes the answer of a partner; one of the four classes of Veilig Thuis is noted with the signal by the same act (RTE-09).

    Raises:
        OverdrachtNotFound: unknown, or of a signal that the caller may not read.
        PreconditionFailed: somebody else changed it.
        ReactieOnjuist: the day is still to come.
        SignaalstapGeweigerd: the signal is closed already.
    """
    signaal_id = get_overdracht(uow, overdracht_id).signaal_id
    signaal = find_one(uow, signaal_id, lock=True)
    row = repository.find_overdracht(uow.session, uow.caller, overdracht_id, lock=True)
    if row is None:
        raise OverdrachtNotFound
    uow.session.refresh(row)
    check_version(if_match, row.versie)
    _check_answer(uow, signaal, data)
    note_answer(row, data.reactiecode, data.reactie_op)
    row.partnerkenmerk = data.partnerkenmerk or row.partnerkenmerk
    uow.session.flush()
    note(uow, signaal, soort="overdracht", row=row.id)
    if row.partnersoort == Partnersoort.VEILIG_THUIS.value and data.reactiecode in KLASSEN:
        record_class(uow, leading_of(uow.session, signaal), VtKlasse(data.reactiecode), data.reactie_op, via=signaal.id)
    meet(uow, signaal, Termijnsoort.PARTNERREACTIE, row.id)
    return OverdrachtRead.model_validate(row), row.versie


def _check_answer(uow: UnitOfWork, signaal: Signaal, data: Beantwoorden) -> None:
    if leading_of(uow.session, signaal).status not in OPEN:  # an answer on what was merged counts for the leading one
        raise SignaalstapGeweigerd(
            "Dit signaal is niet meer open; heropen het eerst als dit antwoord iets nieuws zegt."
        )
    if data.reactie_op > uow.today:
        raise ReactieOnjuist("reactieOp", "ligt in de toekomst")
    results = characteristics(uow, PARTNERRESULTATEN, signaal.gemeentecode)
    if (
        results and data.reactiecode not in results
    ):  # a code and nothing more: the content stays with the partner (INS-12)
        raise ReactieOnjuist("reactiecode", f"staat niet in de lijst '{PARTNERRESULTATEN}'; kies een bestaande code")


def _reference() -> str:
    """A reference that tells nothing: not the municipality, the day or how many there are."""
    return f"VW-{secrets.token_hex(5).upper()}"
