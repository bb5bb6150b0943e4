"""The answer of Veilig Thuis on a signal (table C, RTE-09 to RTE-11). Only Veilig Thuis sets the class; the AF copies it with its date."""

from uuid import UUID

from app.core.errors import Fout, InvalidInput
from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.status import Partnersoort
from app.signalen.errors import SignaalNotFound, SignaalstapGeweigerd
from app.signalen.repository import routeprofielen as repository
from app.signalen.repository import signalen
from app.signalen.rules.feiten import Feiten
from app.signalen.rules.overgangen import Wie, change_faults
from app.signalen.schemas.routering import VtKlasseCreate
from app.signalen.schemas.signalen import SignaalRead
from app.signalen.service.gebeurtenissen import add_event
from app.signalen.service.postvak import get_signaal
from app.signalen.status import Actie, Bronsoort
from app.signalen.tables import Signaal


def set_class(uow: UnitOfWork, signaal_id: UUID, data: VtKlasseCreate, if_match: str | None) -> tuple[SignaalRead, int]:
    """Notes the class with its date; no finding changes. The same again is safe; another class replaces it, as an event.

    Raises:
        SignaalNotFound: unknown or not readable.
        PreconditionFailed: somebody else changed it.
        SignaalstapGeweigerd: Veilig Thuis never had the signal, or it is not open.
        InvalidInput: the date lies ahead, or before the signal.
    """
    signaal = signalen.find_readable(uow.session, uow.caller, signaal_id, lock=True)
    if signaal is None:
        raise SignaalNotFound
    if (signaal.vt_klasse, signaal.vt_klasse_op) == (data.klasse, data.datum):
        return get_signaal(uow, signaal_id)
    check_version(if_match, signaal.versie)
    _check(uow, signaal, data)
    signaal.vt_klasse, signaal.vt_klasse_op = data.klasse, data.datum
    add_event(uow, signaal, Actie.VT_KLASSE, signaal.status, f"Klasse van Veilig Thuis: {data.klasse.value}")
    uow.session.flush()
    return get_signaal(uow, signaal_id)


def _check(uow: UnitOfWork, signaal: Signaal, data: VtKlasseCreate) -> None:
    faults = change_faults(signaal.status, Actie.VT_KLASSE, Wie.AF, Feiten())
    if faults:
        raise SignaalstapGeweigerd(" ".join(faults))
    knows = signaal.bron is Bronsoort.VEILIG_THUIS or repository.handed_over_to(
        uow.session, signaal.id, Partnersoort.VEILIG_THUIS.value
    )
    if not knows:
        raise SignaalstapGeweigerd(
            "Alleen Veilig Thuis bepaalt de klasse, en Veilig Thuis heeft dit signaal nog niet. Draag het eerst over."
        )
    if data.datum > uow.today:
        raise InvalidInput("Er is 1 fout gevonden; zie 'fouten'.", [Fout("body.datum", "ligt in de toekomst")])
