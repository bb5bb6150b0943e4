"""The one road of every step of the AF: lock, version, guards, and then it is done, or it waits for a second person (table G)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from app.core.errors import Fout
from app.core.http.schemas import ApiInput
from app.core.http.versions import check_version
from app.core.unit_of_work import UnitOfWork
from app.signalen.errors import SignaalNotFound, SignaalstapGeweigerd
from app.signalen.repository import stappen as repository
from app.signalen.rules.overgangen import Wie, change_faults, find_transition
from app.signalen.rules.tweede import acts_for_two
from app.signalen.rules.vier_ogen import Vierogen
from app.signalen.schemas import stappen as s
from app.signalen.service import (
    adresonderzoek,
    afschermen,
    beoordelen,
    bewaren,
    monitoren,
    overdragen,
    overlegbesluit,
    overplaatsen,
    samenvoegen,
    sluiten,
    terugkoppelen,
)
from app.signalen.service.buurman import reading_along
from app.signalen.service.feiten import facts_of
from app.signalen.service.gebeurtenissen import Handelend, add_event
from app.signalen.service.stap import Stapwerk
from app.signalen.service.vastleggen import note_apart
from app.signalen.status import Actie, Signaalstatus
from app.signalen.tables import Signaal


@dataclass(frozen=True)
class Stapsoort:
    """A kind of step: the shape of what is asked, and the work when the guards let it pass.

    The work answers why, as the event keeps it. `toets` holds the request against what is stored.
    """

    vorm: type[ApiInput]
    werk: Callable[[Stapwerk], str | None]
    toets: Callable[[Stapwerk], list[str]] = Stapwerk.faults


STAPPEN: dict[Actie, Stapsoort] = {
    Actie.VERRIJKEN: Stapsoort(s.Verrijken, beoordelen.start_enrichment),
    Actie.TRIEREN: Stapsoort(s.Trieren, beoordelen.triage),
    Actie.URGENTIE_WIJZIGEN: Stapsoort(s.UrgentieWijzigen, beoordelen.change_urgency),
    Actie.ZC_INLICHTEN: Stapsoort(s.ZorgcoordinatorInlichten, overdragen.inform_care),
    Actie.UITZETTEN: Stapsoort(s.Uitzetten, overdragen.hand_over),
    Actie.IN_BEHANDELING_NEMEN: Stapsoort(s.InBehandelingNemen, overdragen.take_up),
    Actie.VRIJGEVEN: Stapsoort(s.Vrijgeven, adresonderzoek.release),
    Actie.AFSCHERMEN: Stapsoort(s.Afschermen, afschermen.shield),
    Actie.MONITOREN: Stapsoort(s.Monitoren, monitoren.park),
    Actie.SLUITEN: Stapsoort(s.Sluiten, sluiten.close),
    Actie.TERUGKOPPELEN: Stapsoort(s.Terugkoppelen, terugkoppelen.give_feedback),
    Actie.BESLUIT: Stapsoort(s.Besluit, overlegbesluit.decide, overlegbesluit.decide_faults),
    Actie.SAMENVOEGEN: Stapsoort(s.Samenvoegen, samenvoegen.merge),
    Actie.OVERDRAGEN_AF: Stapsoort(s.OverdragenGemeente, overplaatsen.transfer),
    Actie.HEROPENEN: Stapsoort(s.Heropenen, sluiten.reopen),
    Actie.VERWIJDEREN_VOOR_TERMIJN: Stapsoort(s.VoorTermijnVerwijderen, sluiten.remove_early),
    Actie.BEWAREN_VASTHOUDEN: Stapsoort(s.Vasthouden, bewaren.hold),
    Actie.BEWAREN_LOSLATEN: Stapsoort(s.Vasthouden, bewaren.let_go),
}


def lock_signal(uow: UnitOfWork, signaal_id: UUID, stap: ApiInput) -> tuple[Signaal, Signaal | None]:
    """The signal and, for a merge, the leading one, both locked.

    Raises:
        SignaalNotFound: unknown or not readable.
    """
    other = stap.leidend_id if isinstance(stap, s.Samenvoegen) else None
    found = repository.lock_in_order(uow.session, uow.caller, [signaal_id, *([other] if other else [])])
    if signaal_id not in found:
        raise SignaalNotFound
    note_apart(uow, found[signaal_id])
    return found[signaal_id], found.get(other) if other else None


def take_step(
    uow: UnitOfWork, signaal_id: UUID, actie: Actie, stap: ApiInput, if_match: str | None
) -> tuple[Signaal, list[Vierogen]]:
    """Does a step, or answers the acts in it for which a second person is needed; nothing is changed then.

    Raises:
        SignaalNotFound: unknown or not readable.
        PreconditionFailed: somebody else changed it.
        SignaalstapGeweigerd: the guards refuse it; every reason at once.
    """
    signaal, leidend = lock_signal(uow, signaal_id, stap)
    check_version(if_match, signaal.versie)
    with reading_along(
        uow, {signaal.gemeentecode}
    ):  # a neighbour who was alarmed works with what belongs to this signal
        acts = perform(uow, signaal, actie, stap, leidend, Handelend(uow.caller.account_id))
    return signaal, acts


def perform(
    uow: UnitOfWork, signaal: Signaal, actie: Actie, stap: ApiInput, leidend: Signaal | None, door: Handelend
) -> list[Vierogen]:
    """Does a step on locked signals when the guards let it pass; without a needed second person it only answers the acts.

    Raises:
        SignaalstapGeweigerd: the guards refuse it; every reason at once.
    """
    if isinstance(stap, s.Trieren):
        stap = beoordelen.completed(stap, signaal)
    facts = facts_of(uow, signaal, stap, leidend)
    work = Stapwerk(uow, signaal, stap, door, leidend)
    faults = change_faults(signaal.status, actie, Wie.AF, replace(facts, tweede_fout=None))
    if find_transition(signaal.status, actie) is not None:
        faults += STAPPEN[actie].toets(work)
    if faults:
        raise SignaalstapGeweigerd(" ".join(faults), [Fout("stap", fault) for fault in faults])
    acts = acts_for_two(signaal.status, actie, facts)
    if acts and door.tweede is None:
        return acts
    why = STAPPEN[actie].werk(work)
    add_event(uow, signaal, actie, _after(signaal, actie), why, door=door)
    uow.session.flush()
    return []


def _after(signaal: Signaal, actie: Actie) -> Signaalstatus:
    row = find_transition(signaal.status, actie)
    return signaal.status if row is None or row.naar is None else row.naar
