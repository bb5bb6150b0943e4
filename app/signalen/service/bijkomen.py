"""What comes in addition to a signal that stands: urgency at once, deadlines by the stricter, and the AF judges again (tables A, F, G)."""

from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rollen import Rol
from app.signalen.repository import stappen as repository
from app.signalen.rules.overgangen import BEOORDEELD, OPEN
from app.signalen.rules.samen import Oordeel, brought, together
from app.signalen.rules.termijnen import DRINGEND
from app.signalen.rules.wachters import VEILIG_THUIS, always_forced
from app.signalen.service.alarmeren import tell_role
from app.signalen.service.ontvangers import table_of
from app.signalen.service.termijnen import ask_again, drop, start
from app.signalen.service.verzenden import bring_task_forward, set_deadline, tell_af_of_addition
from app.signalen.status import JaNeeOnbekend, Signaalstatus, Termijnsoort, Vorm
from app.signalen.tables import Signaal

OPNIEUW = "Beoordeel het signaal opnieuw."
S = Signaalstatus
_HANDED = frozenset({S.UITGEZET, S.IN_BEHANDELING})


def judgement_of(signaal: Signaal) -> Oordeel:
    """What a signal says as it stands."""
    return Oordeel(
        vormen=tuple(map(Vorm, signaal.vormen)),
        urgentie=signaal.urgentie,
        minderjarig=signaal.mogelijk_minderjarig,
        slachtoffer=signaal.mogelijk_slachtoffer,
        binnenlands=signaal.binnenlands,
        ondermijning=signaal.ondermijning,
        vt_klasse=signaal.vt_klasse,
    )


def take_in(signaal: Signaal, other: Oordeel) -> list[str]:
    """Puts what comes in addition on a locked signal; answers it in Dutch, for the event (`told`)."""
    before = judgement_of(signaal)
    after = together(before, other)
    signaal.vormen, signaal.urgentie = list(after.vormen), after.urgentie
    signaal.mogelijk_minderjarig, signaal.mogelijk_slachtoffer = after.minderjarig, after.slachtoffer
    signaal.binnenlands, signaal.ondermijning, signaal.vt_klasse = (
        after.binnenlands,
        after.ondermijning,
        after.vt_klasse,
    )
    return brought(before, after)


def told(signaal: Signaal, lines: list[str]) -> list[str]:
    """These lines, and that the AF judges again when he had judged without them."""
    return [*lines, *([OPNIEUW] if lines and signaal.status in BEOORDEELD else [])]


def follow(uow: UnitOfWork, signaal: Signaal, lines: list[str], *, more_urgent: bool) -> None:
    """Sees to it that what came gets done; called after its event.

    Args:
        uow: the transaction of the event.
        signaal: locked, with what came on it.
        lines: what it brought (`take_in`); without any there is nothing to judge again.
        more_urgent: the urgency went up.
    """
    if signaal.status is S.VERZONDEN and more_urgent:
        set_deadline(uow, signaal, signaal.urgentie)
        bring_task_forward(uow, signaal)
    elif signaal.status not in {S.CONCEPT, S.VERZONDEN}:
        again = bool(lines) and signaal.status in BEOORDEELD
        if again:
            ask_again(uow, signaal, Termijnsoort.BEOORDELEN)
        tell_af_of_addition(uow, signaal, again=again)
        if more_urgent and signaal.urgentie in DRINGEND and not signaal.gesloten_route:
            tell_role(uow, signaal, Rol.AF, f"dringender:{signaal.versie}", dringend=True)
    see_to_forced(uow, signaal)


def see_to_forced(uow: UnitOfWork, signaal: Signaal, *, goes_on: bool = False) -> None:
    """A recipient who is forced by what is known now gets it within the term, also when it was handed over to others before (R6, RTE-12).

    Args:
        uow: the transaction of what became known.
        signaal: locked, in the state before the step.
        goes_on: it was parked and is not any more: its hand-over, which parking ended, is due again.
    """
    if signaal.verzonden_op is None or signaal.status not in OPEN:
        return
    table = table_of(uow, signaal)
    forced = table.verplicht | always_forced(list(map(Vorm, signaal.vormen)), signaal.mogelijk_minderjarig)
    if VEILIG_THUIS in forced:
        start(uow, signaal, Termijnsoort.VEILIG_THUIS)
    elif signaal.mogelijk_minderjarig is not JaNeeOnbekend.JA:  # not binnenlands, or no minor after all
        drop(uow, signaal, Termijnsoort.VEILIG_THUIS)
    handed = repository.handed_over_kinds(uow.session, signaal.id)
    complete = bool(handed) and forced <= table.reached(handed)
    if not complete and (goes_on or signaal.status in _HANDED):
        ask_again(uow, signaal, Termijnsoort.OVERDRAGEN)
    elif signaal.status in _HANDED:
        drop(uow, signaal, Termijnsoort.OVERDRAGEN)
