"""The deadlines of a signal and their steps of escalation, as data (table F of the signal route).

'acuut' and 'spoed' run in clock hours, day and night; the rest in Dutch working days and office hours. Every value is a dated norm per
municipality. A deadline whose norm is absent does not exist; answering the on-call alarm and acknowledging are then due at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from app.core.clock import AMSTERDAM, business_date
from app.signalen.rules.kantooruren import after_working_days, at_hour, halfway, next_opening
from app.signalen.rules.urgentie import acknowledge_before
from app.signalen.status import Actie, Signaalstatus, Termijnsoort, Urgentie

T = Termijnsoort
ACUUT, SPOED, REGULIER = Urgentie.ACUUT, Urgentie.SPOED, Urgentie.REGULIER
DRINGEND = frozenset({ACUUT, SPOED})
ANTWOORD = "AF_PIKET_ANTWOORD_MIN"
MINIMAAL = "DEZELFDE_DAG_MINIMAAL_UREN"


class Maat(StrEnum):
    """What a norm counts in."""

    MINUTEN = "minuten"
    UREN = "uren"
    DAGEN = "dagen"
    EINDE_DAG = "einde van de dag"
    NACHT = "tot een uur in de ochtend"
    WERKDAGEN = "werkdagen"


@dataclass(frozen=True)
class Duur:
    """How long a deadline is: the norm that says it and what that counts in."""

    sleutel: str
    maat: Maat


def _by_urgency(acuut: Duur, spoed: Duur, regulier: Duur) -> dict[Urgentie, Duur]:
    return {ACUUT: acuut, SPOED: spoed, REGULIER: regulier}


def _always(duur: Duur) -> dict[Urgentie, Duur]:
    return dict.fromkeys(Urgentie, duur)


_NACHT = Duur("ZC_INFORMEREN_NACHT_TOT_UUR", Maat.NACHT)
DUUR: dict[Termijnsoort, dict[Urgentie, Duur]] = {
    T.ZORGCOORDINATOR: _by_urgency(_NACHT, _NACHT, Duur("ZC_INFORMEREN_REGULIER_WERKDAGEN", Maat.WERKDAGEN)),
    T.VEILIG_THUIS: _always(Duur("VT_INFORMEREN_DAGEN", Maat.EINDE_DAG)),
    T.BEOORDELEN: _by_urgency(
        Duur("AF_BEOORDELEN_ACUUT_DAGEN", Maat.EINDE_DAG),
        Duur("AF_BEOORDELEN_SPOED_UREN", Maat.UREN),
        Duur("AF_BEOORDELEN_REGULIER_WERKDAGEN", Maat.WERKDAGEN),
    ),
    T.OVERDRAGEN: _by_urgency(
        Duur("OVERDRACHT_ACUUT_MIN", Maat.MINUTEN),
        Duur("OVERDRACHT_SPOED_UREN", Maat.UREN),
        Duur("OVERDRACHT_REGULIER_WERKDAGEN", Maat.WERKDAGEN),
    ),
    T.AGENDA: _always(Duur("DRIELUIK_DAGEN", Maat.DAGEN)),
    T.PARTNERREACTIE: _by_urgency(
        Duur("PARTNER_HERINNERING_ACUUT_DAGEN", Maat.DAGEN),
        Duur("PARTNER_HERINNERING_SPOED_DAGEN", Maat.DAGEN),
        Duur("PARTNER_HERINNERING_REGULIER_DAGEN", Maat.DAGEN),
    ),
    T.EERSTE_TERUGKOPPELING: _by_urgency(
        Duur("TERUGKOPPELING_ACUUT_WERKDAGEN", Maat.WERKDAGEN),
        Duur("TERUGKOPPELING_SPOED_WERKDAGEN", Maat.WERKDAGEN),
        Duur("TERUGKOPPELING_REGULIER_WERKDAGEN", Maat.WERKDAGEN),
    ),
    T.TERUGKOPPELING_SLUITEN: _always(Duur("TERUGKOPPELING_SLUITEN_WERKDAGEN", Maat.WERKDAGEN)),
    T.HERZIEN: _always(Duur("GEPARKEERD_HERZIEN_DAGEN", Maat.DAGEN)),
    T.BRP_VRIJGAVE: _always(Duur("BRP_VRIJGAVE_WERKDAGEN", Maat.WERKDAGEN)),
}


def due(soort: Termijnsoort, urgentie: Urgentie, start: datetime, normen: Mapping[str, float]) -> datetime | None:
    """The moment before which this must be done, or None where the municipality has no such deadline.

    Args:
        soort: which deadline.
        urgentie: of the signal.
        start: from when it runs.
        normen: norm table of the municipality on that day.
    """
    if soort is T.BEVESTIGEN:
        return acknowledge_before(urgentie, start, normen)
    if soort is T.PIKET:
        return start + timedelta(minutes=normen.get(ANTWOORD, 0)) if urgentie in DRINGEND else None
    duur = DUUR[soort][urgentie]
    value = normen.get(duur.sleutel)
    return None if value is None else _moment(duur.maat, value, start, normen)


def _moment(maat: Maat, value: float, start: datetime, normen: Mapping[str, float]) -> datetime:
    if maat is Maat.MINUTEN:
        return start + timedelta(minutes=value)
    if maat is Maat.UREN:
        return start + timedelta(hours=value)
    if maat is Maat.WERKDAGEN:
        return after_working_days(start, round(value), normen)
    if maat is Maat.DAGEN:
        local = start.astimezone(AMSTERDAM)
        return (local + timedelta(days=value)).astimezone(UTC)  # the same time of the Dutch clock
    at_least = start + timedelta(hours=normen.get(MINIMAAL, 0))
    today = business_date(start)
    if maat is Maat.EINDE_DAG:
        return max(at_least, at_hour(today + timedelta(days=round(value)), 24))
    morning = at_hour(today, value)
    return max(at_least, morning if morning > start else at_hour(today + timedelta(days=1), value))


class Ontvanger(StrEnum):
    """Who is told at a step."""

    PIKET = "piket"
    VERVANGER = "vervanger"
    POLITIE = "politie"
    BELLIJST = "bellijst"
    AF = "aandachtsfunctionaris"
    TEAMLEIDER = "teamleider"
    KETENREGISSEUR = "ketenregisseur"


class Wanneer(StrEnum):
    """When a step is taken."""

    BEGIN = "begin"
    HALVERWEGE = "halverwege"
    OP_TIJD = "op-tijd"
    NA_VORIGE = "na-vorige"
    NA_BEGIN = "na-begin"
    VOLGENDE_WERKDAG = "volgende-werkdag"


@dataclass(frozen=True)
class Trap:
    """One step of escalation.

    Attributes:
        duur: for a step after the one before it or after the start.
        gemist: the step is an event of the signal: something was not done in time.
    """

    wanneer: Wanneer
    naar: tuple[Ontvanger, ...]
    gemist: bool = True
    duur: Duur | None = None


_W = Wanneer
_BEGIN = Trap(_W.BEGIN, (Ontvanger.AF,), gemist=False)
_AF = Trap(_W.OP_TIJD, (Ontvanger.AF,))
_AF_TEAMLEIDER = Trap(_W.OP_TIJD, (Ontvanger.AF, Ontvanger.TEAMLEIDER))
_TEAMLEIDER = Trap(_W.OP_TIJD, (Ontvanger.TEAMLEIDER,))
_ANTWOORD = Duur(ANTWOORD, Maat.MINUTEN)

TRAPPEN: dict[Termijnsoort, tuple[Trap, ...]] = {
    T.PIKET: (
        Trap(_W.BEGIN, (Ontvanger.PIKET,), gemist=False),
        Trap(_W.NA_VORIGE, (Ontvanger.VERVANGER,), duur=_ANTWOORD),
        Trap(_W.NA_VORIGE, (Ontvanger.POLITIE, Ontvanger.BELLIJST, Ontvanger.TEAMLEIDER), duur=_ANTWOORD),
    ),
    T.ZORGCOORDINATOR: (_BEGIN, _AF),
    T.VEILIG_THUIS: (_BEGIN, _AF_TEAMLEIDER),
    T.BEOORDELEN: (Trap(_W.OP_TIJD, (Ontvanger.VERVANGER, Ontvanger.AF, Ontvanger.TEAMLEIDER)),),
    T.OVERDRAGEN: (_AF,),
    T.AGENDA: (_AF,),
    T.PARTNERREACTIE: (
        _AF,
        Trap(_W.NA_BEGIN, (Ontvanger.KETENREGISSEUR,), duur=Duur("PARTNER_NAAR_KETENREGISSEUR_DAGEN", Maat.DAGEN)),
    ),
    T.EERSTE_TERUGKOPPELING: (_AF_TEAMLEIDER,),
    T.TERUGKOPPELING_SLUITEN: (_AF_TEAMLEIDER,),
    T.HERZIEN: (_AF,),
    T.BRP_VRIJGAVE: (Trap(_W.VOLGENDE_WERKDAG, (Ontvanger.VERVANGER, Ontvanger.AF)),),  # on working day 6 (REG-10)
}
_BEVESTIGEN: dict[Urgentie, tuple[Trap, ...]] = {
    ACUUT: (
        Trap(_W.BEGIN, (Ontvanger.TEAMLEIDER,), gemist=False),
        _AF,
        Trap(_W.NA_BEGIN, (Ontvanger.TEAMLEIDER,), duur=Duur("AF_BEVESTIGEN_ACUUT_SYSTEEM_UREN", Maat.UREN)),
    ),
    SPOED: (_TEAMLEIDER,),
    REGULIER: (Trap(_W.HALVERWEGE, (Ontvanger.VERVANGER,)), _TEAMLEIDER),
}


def steps(soort: Termijnsoort, urgentie: Urgentie) -> tuple[Trap, ...]:
    """The steps of a deadline, in order."""
    return _BEVESTIGEN[urgentie] if soort is T.BEVESTIGEN else TRAPPEN[soort]


def step_at(
    trap: Trap, vanaf: datetime, voor: datetime, vorige: datetime, normen: Mapping[str, float]
) -> datetime | None:
    """The moment of a step, or None where its norm is absent.

    Args:
        trap: the step.
        vanaf: from when the deadline runs.
        voor: the deadline.
        vorige: when the step before it was taken.
        normen: norm table of the municipality.
    """
    if trap.wanneer is Wanneer.BEGIN:
        return vanaf
    if trap.wanneer is Wanneer.OP_TIJD:
        return voor
    if trap.wanneer is Wanneer.VOLGENDE_WERKDAG:
        return next_opening(voor, normen)
    if trap.wanneer is Wanneer.HALVERWEGE:
        return halfway(vanaf, voor, normen)
    if trap.duur is None:
        msg = "a step after another moment says how long after it"
        raise ValueError(msg)
    start = vorige if trap.wanneer is Wanneer.NA_VORIGE else vanaf
    value = normen.get(trap.duur.sleutel)
    if value is None:
        return start if trap.duur.sleutel == ANTWOORD else None
    return _moment(trap.duur.maat, value, start, normen)


BIJ_VERZENDEN = (T.BEVESTIGEN, T.PIKET, T.ZORGCOORDINATOR, T.BEOORDELEN, T.OVERDRAGEN, T.EERSTE_TERUGKOPPELING)
_ALTIJD = (T.ZORGCOORDINATOR, T.EERSTE_TERUGKOPPELING)
NOG_TE_DOEN: dict[Signaalstatus, tuple[Termijnsoort, ...]] = {
    Signaalstatus.VERZONDEN: BIJ_VERZENDEN,
    Signaalstatus.ONTVANGEN: (*_ALTIJD, T.BEOORDELEN, T.OVERDRAGEN),
    Signaalstatus.IN_VERRIJKING: (*_ALTIJD, T.BEOORDELEN, T.OVERDRAGEN),
    Signaalstatus.GETRIEERD: (*_ALTIJD, T.OVERDRAGEN, T.AGENDA),
    Signaalstatus.UITGEZET: _ALTIJD,
    Signaalstatus.IN_BEHANDELING: _ALTIJD,
    Signaalstatus.GEMONITORD: (*_ALTIJD, T.HERZIEN),
}
"""Per open state what is still to be done in time; answers of partners are awaited per hand-over."""
BIJ_HEROPENEN = (T.BEOORDELEN, T.ZORGCOORDINATOR, T.OVERDRAGEN)
_GEZIEN = frozenset({T.BEVESTIGEN, T.PIKET})
GEHAALD_DOOR: dict[Actie, frozenset[Termijnsoort]] = {
    Actie.ONTVANGEN: _GEZIEN,
    Actie.VERRIJKEN: _GEZIEN,
    Actie.TRIEREN: _GEZIEN | {T.BEOORDELEN, T.HERZIEN},
    Actie.UITZETTEN: _GEZIEN | {T.BEOORDELEN, T.OVERDRAGEN},
    Actie.UITZETTEN_112: frozenset({T.OVERDRAGEN}),
    Actie.IN_BEHANDELING_NEMEN: _GEZIEN | {T.BEOORDELEN, T.OVERDRAGEN},
    Actie.MONITOREN: _GEZIEN | {T.BEOORDELEN, T.HERZIEN},
    Actie.SLUITEN: _GEZIEN | {T.BEOORDELEN, T.HERZIEN},
    Actie.SAMENVOEGEN: _GEZIEN,
    Actie.ZC_INLICHTEN: frozenset({T.ZORGCOORDINATOR}),
    Actie.BESLUIT: frozenset({T.AGENDA}),
    Actie.VRIJGEVEN: frozenset({T.BRP_VRIJGAVE}),
}
"""What an action of the AF does in time (or too late)."""

EINDIGT_BIJ: dict[Actie, frozenset[Termijnsoort]] = {
    Actie.MONITOREN: frozenset({T.OVERDRAGEN}),
    Actie.SLUITEN: frozenset(T),
    Actie.SAMENVOEGEN: frozenset(T) - {T.EERSTE_TERUGKOPPELING, T.PARTNERREACTIE},
}
"""What need not be done any more."""
