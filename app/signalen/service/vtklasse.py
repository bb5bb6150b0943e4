"""The answer of Veilig Thuis on a signal (table C, RTE-09 to RTE-11). Only Veilig Thuis sets the class; the AF copies it with its date."""

from datetime import date
from uuid import UUID

from app.core.errors import Fout, InvalidInput
from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.status import Partnersoort
from app.signalen.errors import SignaalstapGeweigerd
from app.signalen.repository import stappen
from app.signalen.rules.feiten import Feiten
from app.signalen.rules.overgangen import Wie, change_faults
from app.signalen.schemas.routering import VtKlasseCreate
from app.signalen.schemas.signalen import SignaalRead
from app.signalen.service.gebeurtenissen import add_event
from app.signalen.service.postvak import get_signaal
from app.signalen.service.vastleggen import find_one
from app.signalen.status import Actie, Bronsoort, Overdrachtstatus, VtKlasse
from app.signalen.tables import Overdracht, Signaal

KLASSEN = frozenset(VtKlasse)
"""The answers that are a class; Veilig Thuis may also answer something else, such as that it looks into it."""


def set_class(uow: UnitOfWork, signaal_id: UUID, data: VtKlasseCreate, if_match: str | None) -> tuple[SignaalRead, int]:
    """Notes the class with its date; no finding changes. The same again is safe; another class replaces it, as an event.

    Raises:
        SignaalNotFound: unknown or not readable.
        PreconditionFailed: somebody else changed it.
        SignaalstapGeweigerd: Veilig Thuis never had the signal, or it is not open.
        InvalidInput: the date lies ahead.
    """
    signaal = find_one(uow, signaal_id, lock=True)
    if (signaal.vt_klasse, signaal.vt_klasse_op) != (data.klasse, data.datum):
        check_version(if_match, signaal.versie)
        if data.datum > uow.today:
            raise InvalidInput("Er is 1 fout gevonden; zie 'fouten'.", [Fout("body.datum", "ligt in de toekomst")])
        record_class(uow, signaal, data.klasse, data.datum)
    return get_signaal(uow, signaal_id)


def record_class(uow: UnitOfWork, signaal: Signaal, klasse: VtKlasse, datum: date, *, via: UUID | None = None) -> None:
    """The one road of a class onto a locked signal, whether it came as a class or as the answer to a hand-over.

    A hand-over to Veilig Thuis that waits for an answer is answered by it. The same class of the same day changes nothing.

    Args:
        uow: the transaction.
        signaal: locked; the leading one, when what Veilig Thuis got was merged.
        klasse: the class.
        datum: the day of the answer.
        via: the signal that was handed over, when it is another one.

    Raises:
        SignaalstapGeweigerd: Veilig Thuis never had the signal, or it is not open.
    """
    faults = change_faults(signaal.status, Actie.VT_KLASSE, Wie.AF, Feiten())
    if faults:
        raise SignaalstapGeweigerd(" ".join(faults))
    kind = Partnersoort.VEILIG_THUIS.value
    shared = [row for row in stappen.overdrachten_of(uow.session, via or signaal.id) if row.partnersoort == kind]
    if signaal.bron is not Bronsoort.VEILIG_THUIS and not shared:
        raise SignaalstapGeweigerd(
            "Alleen Veilig Thuis bepaalt de klasse, en Veilig Thuis heeft dit signaal nog niet. Draag het eerst over."
        )
    for row in shared:
        waits = row.reactie_op is None or row.reactiecode in KLASSEN
        if waits and row.status is not Overdrachtstatus.INGETROKKEN:
            note_answer(row, klasse.value, datum)
    if (signaal.vt_klasse, signaal.vt_klasse_op) == (klasse, datum):
        return
    signaal.vt_klasse, signaal.vt_klasse_op = klasse, datum
    add_event(uow, signaal, Actie.VT_KLASSE, signaal.status, f"Klasse van Veilig Thuis: {klasse.value}")
    uow.session.flush()


def note_answer(row: Overdracht, reactiecode: str, reactie_op: date) -> None:
    """Notes the answer of a partner on a locked hand-over."""
    if (row.reactiecode, row.reactie_op) != (reactiecode, reactie_op):
        row.reactiecode, row.reactie_op, row.status = reactiecode, reactie_op, Overdrachtstatus.BEANTWOORD
        row.versie += 1
