"""The address that the desk looks into after its signal, and what of it the AF releases (REG-10, RTE-19, table B).

It exists in the transaction of the signal. Marking in the BRP, a letter and a house visit wait for the AF: a letter warns who exploits.
What he refuses altogether is taken away, so that nothing at the address shows that it was ever there.
"""

from collections.abc import Sequence
from uuid import UUID, uuid5

from app.core.http.paging import Paging
from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.schemas.accounts import TaakCreate
from app.gemeenten.service.lijsten import require_code
from app.gemeenten.service.taken import close_taak_of, reopen_taak
from app.gemeenten.status import Taakstatus
from app.signalen.errors import AdresonderzoekNotFound, AdresonderzoekWacht
from app.signalen.repository import adresonderzoeken as repository
from app.signalen.repository import termijnen
from app.signalen.schemas import stappen as s
from app.signalen.schemas.intake import AdresonderzoekAfronden, AdresonderzoekRead, AdresonderzoekStand
from app.signalen.service.plaats import address_of
from app.signalen.service.stap import Stapwerk
from app.signalen.service.termijnen import start
from app.signalen.status import Onderzoekstatus, Termijnsoort, Termijnstatus
from app.signalen.tables import Adresonderzoek, Signaal

ADRES = "adres"
TAAK = "adresonderzoek"
TAAK_VRIJ = "adresonderzoek-vrijgegeven"
UITKOMSTEN = "adresonderzoekuitkomsten"
TEKST = {
    TAAK: "Zet een adres in onderzoek. Er gaat nog niets naar het adres.",
    TAAK_VRIJ: "Ga verder met een adresonderzoek. Kijk wat is vrijgegeven.",
}


def open_investigation(uow: UnitOfWork, signaal: Signaal) -> Adresonderzoek:
    """Puts the address of a new signal in investigation, with a task for the desk: once for each signal."""
    row = Adresonderzoek(
        id=uuid5(signaal.id, TAAK), signaal_id=signaal.id, gemeentecode=signaal.gemeentecode, gemaakt_op=uow.now
    )
    line = address_of(uow, signaal)
    row.adres = None if line is None else uow.seal(row.id, ADRES, line)
    uow.session.flush()
    uow.session.add(row)
    uow.session.flush()
    _task(uow, row, TAAK)
    return row


def release(work: Stapwerk) -> str:
    """Does what the AF decided: which of the three may go on; with three times no it is taken away."""
    step, uow, signaal = work.asked(s.Vrijgeven), work.uow, work.signaal
    found = repository.of_signal(uow.session, signaal.id, lock=True)
    rows = [row for row in found if row.status is not Onderzoekstatus.AFGEROND]
    anything = step.brp_markering or step.brief or step.huisbezoek
    if anything and not rows:
        rows = [open_investigation(uow, signaal)]
    for row in rows:
        if not anything:
            _take_away(uow, row)
            continue
        row.brp_markering, row.brief, row.huisbezoek = step.brp_markering, step.brief, step.huisbezoek
        row.status, row.vrijgegeven_op = Onderzoekstatus.VRIJGEGEVEN, uow.now
        row.versie += 1
        _task(uow, row, TAAK_VRIJ)
    asked = {"BRP-markering": step.brp_markering, "brief": step.brief, "huisbezoek": step.huisbezoek}
    decided = ", ".join(f"{name} {'ja' if may else 'nee'}" for name, may in asked.items())
    return f"Vrijgave: {decided}." + ("" if step.toelichting is None else f"\n{step.toelichting}")


def take_away_waiting(uow: UnitOfWork, signaal: Signaal) -> None:
    """A signal that is closed takes away what was never released."""
    for row in repository.of_signal(uow.session, signaal.id, lock=True):
        if row.status is Onderzoekstatus.WACHT:
            _take_away(uow, row)


def move_to_leading(uow: UnitOfWork, signaal: Signaal, leidend: Signaal) -> None:
    """The AF of the leading signal decides on what this one brought, within the same term."""
    rows = repository.of_signal(uow.session, signaal.id, lock=True)
    for row in rows:
        row.signaal_id = leidend.id
    waits = any(row.status is Onderzoekstatus.WACHT for row in rows)
    for term in termijnen.terms_of(uow.session, signaal.id) if waits else ():
        if term.soort is Termijnsoort.BRP_VRIJGAVE and term.status is Termijnstatus.LOOPT:
            start(uow, leidend, Termijnsoort.BRP_VRIJGAVE, term.voor)


def state_of(uow: UnitOfWork, signaal: Signaal) -> AdresonderzoekStand | None:
    """How it stands, as its AF sees it with the signal."""
    rows = repository.of_signal(uow.session, signaal.id)
    return AdresonderzoekStand.model_validate(rows[-1]) if rows else None


def list_investigations(uow: UnitOfWork, paging: Paging) -> list[AdresonderzoekRead]:
    """What the desk has in hand, oldest first."""
    rows = repository.page(uow.session, uow.caller, paging)
    uow.load_data_keys(row.id for row in rows)
    return _show(uow, rows)


def get_investigation(uow: UnitOfWork, onderzoek_id: UUID) -> tuple[AdresonderzoekRead, int]:
    """One of them and its version.

    Raises:
        AdresonderzoekNotFound: unknown, taken away, or of another municipality.
    """
    row = repository.find(uow.session, uow.caller, onderzoek_id)
    if row is None:
        raise AdresonderzoekNotFound
    return _show(uow, [row])[0], row.versie


def finish(
    uow: UnitOfWork, onderzoek_id: UUID, data: AdresonderzoekAfronden, if_match: str | None
) -> tuple[AdresonderzoekRead, int]:
    """The desk notes what it found, as a code of the list (INS-09); the AF sees it with the signal.

    Raises:
        AdresonderzoekNotFound: unknown, taken away, or of another municipality.
        PreconditionFailed: somebody else changed it.
        AdresonderzoekWacht: the AF did not release anything yet, or it is finished.
        InvalidInput: the list does not know the outcome.
    """
    row = repository.find(uow.session, uow.caller, onderzoek_id, lock=True)
    if row is None:
        raise AdresonderzoekNotFound
    check_version(if_match, row.versie)
    if row.status is not Onderzoekstatus.VRIJGEGEVEN:
        raise AdresonderzoekWacht
    require_code(uow, UITKOMSTEN, data.uitkomst, row.gemeentecode, "body.uitkomst")
    row.status, row.uitkomst = Onderzoekstatus.AFGEROND, data.uitkomst
    row.versie += 1
    uow.session.flush()
    for soort in (TAAK, TAAK_VRIJ):
        close_taak_of(uow, soort, row.id)
    uow.audit("adresonderzoek", row.id, row.gemeentecode)
    return _show(uow, [row])[0], row.versie


def _show(uow: UnitOfWork, rows: Sequence[Adresonderzoek]) -> list[AdresonderzoekRead]:
    return [
        AdresonderzoekRead.model_validate(
            {**row.model_dump(), "adres": None if row.adres is None else uow.unseal(row.id, ADRES, row.adres)}
        )
        for row in rows
    ]


def _take_away(uow: UnitOfWork, row: Adresonderzoek) -> None:
    for soort in (TAAK, TAAK_VRIJ):
        close_taak_of(uow, soort, row.id, Taakstatus.VERVALLEN)
    uow.session.delete(row)
    uow.session.flush()
    uow.erase_data_key(row.id)


def _task(uow: UnitOfWork, row: Adresonderzoek, soort: str) -> None:
    reopen_taak(
        uow,
        TaakCreate(
            gemeentecode=row.gemeentecode,
            soort=soort,
            omschrijving=TEKST[soort],
            voor_rol=Rol.BALIE,
            onderwerp_soort="adresonderzoek",
            onderwerp_id=row.id,
        ),
    )
