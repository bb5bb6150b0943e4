"""Controls at a desk or online: plan one by hand, look at them, start, finish, attempt, drop."""

from collections.abc import Sequence
from uuid import UUID

from app.controles.errors import ActieNotFound, AndereInhoud, ControleNotFound, OvergangNietMogelijk
from app.controles.repository import controles as repository
from app.controles.repository.controles import Controlefilter
from app.controles.rules import levensloop
from app.controles.rules.pogingen import Pogingreden
from app.controles.schemas.controles import ControleCreate
from app.controles.service import aanwezig, startfeiten, verwerking, werkset
from app.controles.service.aanmaken import default_trigger, facts_of_new
from app.controles.service.afstemming import ask_if_needed
from app.controles.service.bevoegdheid import require_team_power
from app.controles.service.bezet import refuse_two_places
from app.controles.service.quarantaine import apply_quarantine
from app.controles.service.toegang import sender
from app.controles.status import Controlestatus, Toegangsgrond
from app.controles.tables import Controle
from app.core.errors import Fout, InvalidInput
from app.core.http.paging import Paging
from app.core.identifiers import new_id
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.service.gemeenten import hold_plan
from app.objecten.service.objecten import get_object


def list_controles(uow: UnitOfWork, filters: Controlefilter, paging: Paging) -> Sequence[Controle]:
    """Controls that the caller may see, by date; one more than a page."""
    return repository.page(uow.session, uow.caller, filters, paging)


def get_controle(uow: UnitOfWork, controle_id: UUID, *, lock: bool = False) -> Controle:
    """One control.

    Raises:
        ControleNotFound: unknown or not visible.
    """
    controle = repository.find(uow.session, uow.caller, controle_id, lock=lock)
    if controle is None:
        raise ControleNotFound
    return controle


def add_controle(uow: UnitOfWork, data: ControleCreate) -> tuple[Controle, bool]:
    """Plans a control by hand; the same id with the same content answers the stored one.

    Returns:
        The control, and whether it is new.

    Raises:
        ObjectNotFound: unknown or not visible.
        InvalidInput: announced without a reason (PLN-14), a team that is not the sender's, one without a designation (REG-17), or one
            that is elsewhere at that time.
        AndereInhoud: the id stands for another control.
    """
    plek = get_object(uow, data.object_id)
    if not uow.caller.has(Rol.PLANNER, Rol.HOOFDPLANNER):
        team_id = data.team_id or min(uow.caller.teams, default=None)
        if team_id not in uow.caller.teams:
            raise InvalidInput("Er is 1 fout gevonden; zie 'fouten'.", [Fout("teamId", "moet een van uw teams zijn")])
        data = data.model_copy(update={"team_id": team_id})
    if data.actie_id is not None and repository.find_action(uow.session, uow.caller, data.actie_id) is None:
        raise ActieNotFound
    controle = Controle(
        **data.model_dump(exclude={"id", "aanleiding"}),
        id=data.id or new_id(),
        gemeentecode=plek.gemeentecode,
        status=Controlestatus.GEPLAND,
        aanleiding=default_trigger(plek.type, data.aanleiding),
    )
    redenen = levensloop.refusals("plannen", facts_of_new(controle, plek.type))
    if redenen:
        fouten = [Fout("aangekondigdReden", reden) for reden in redenen]
        raise InvalidInput("De controle kan zo niet worden gepland; zie 'fouten'.", fouten)
    stored = next(iter(repository.with_ids(uow.session, [controle.id])), None)
    if stored is not None:
        if any(getattr(stored, name) != getattr(controle, name) for name in _PLANNED):
            raise AndereInhoud
        return stored, False
    hold_plan(uow, controle.gemeentecode)
    if controle.team_id is not None:
        require_team_power(uow, plek, controle.team_id, controle.datum)
    refuse_two_places(uow, controle)
    uow.session.add(controle)
    uow.session.flush()
    ask_if_needed(uow, controle, plek.type)
    uow.audit("controle", controle.id, controle.gemeentecode)
    apply_quarantine(uow, [controle.id])
    return controle, True


_PLANNED = ("object_id", "datum", "team_id", "aanleiding", "aangekondigd", "actie_id")


def start_controle(
    uow: UnitOfWork, controle_id: UUID, toezichthouders: Sequence[UUID] = (), grond: Toegangsgrond | None = None
) -> Controle:
    """Starts a control: fixes checklist versions and norms (checklists, rule 10), and checks in who is there (PLN-02).

    Args:
        uow: the unit of work.
        controle_id: the control.
        toezichthouders: colleagues of the caller who are there.
        grond: on what ground a dwelling is entered (PLN-13).

    Raises:
        ControleNotFound: unknown, or not visible: also for whoever has no designation in that municipality (ROL-23).
        OvergangNietMogelijk: not designated for this type, not released, too few inspectors, no ground to enter, or not to be
            started any more.
    """
    content: dict[str, object] = {
        aanwezig.DOOR: str(uow.caller.account_id),
        aanwezig.GENOEMD: [str(account) for account in toezichthouders],
        startfeiten.GROND: grond,
    }
    return _move(uow, controle_id, aanwezig.GESTART, content)


def finish_controle(
    uow: UnitOfWork, controle_id: UUID, bedrijfsplan_versie: str | None, hulpaanbod: bool | None = None
) -> Controle:
    """Finishes a control with the answers that are there.

    Raises:
        ControleNotFound: unknown or not visible.
        OvergangNietMogelijk: not started, or the labour core is not answered (CAD-03).
    """
    return _move(uow, controle_id, "afgerond", {"bedrijfsplanVersie": bedrijfsplan_versie, "hulpaanbod": hulpaanbod})


def record_attempt(uow: UnitOfWork, controle_id: UUID, reden: Pogingreden) -> Controle:
    """Records that nobody came in (PLN-15); no norm counts it.

    Raises:
        ControleNotFound: unknown or not visible.
        OvergangNietMogelijk: finished or dropped already.
    """
    return _move(uow, controle_id, "poging", {"reden": reden.value})


def drop_controle(uow: UnitOfWork, controle_id: UUID, reden: str) -> Controle:
    """Takes a control off the plan.

    Raises:
        ControleNotFound: unknown or not visible.
        OvergangNietMogelijk: it was started already.
    """
    controle = get_controle(uow, controle_id, lock=True)
    if controle.status is Controlestatus.VERVALLEN:
        return controle
    overgang = levensloop.OVERGANGEN["vervallen"]
    if controle.status not in overgang.van:
        raise OvergangNietMogelijk(f"{levensloop.WAT_KAN[controle.status]} Laten vervallen kan dan niet meer.")
    controle.status, controle.reden = overgang.naar, reden
    controle.versie += 1
    uow.audit("controle", controle.id, controle.gemeentecode)
    return controle


def _move(uow: UnitOfWork, controle_id: UUID, soort: str, inhoud: dict[str, object]) -> Controle:
    get_controle(uow, controle_id)
    werk = werkset.load(uow, sender(uow), [controle_id])
    geval = werk.gevallen.get(controle_id)
    if geval is None:
        raise ControleNotFound
    verwerking.move(werk, geval, soort, inhoud)
    uow.audit("controle", controle_id, geval.controle.gemeentecode)
    return geval.controle
