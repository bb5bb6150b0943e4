"""Turns the planner's result into the rows of a proposal; loaded by the worker only."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from uuid import UUID

from app.controles.status import Aanleiding
from app.core.identifiers import new_id
from app.planning.rules.planinstellingen import ACTIES
from app.planning.schemas.planregels import Datumbereik, Redenen, TermRead
from app.planning.schemas.planrondes import OorzaakRead, Planuitkomst
from app.planning.service.bezoeken import Bezoek
from app.planning.service.probleem import Vraag
from app.planning.service.vastgezet import shift_of
from app.planning.solver.problem import Visit
from app.planning.solver.result import Assignment, DateRange, Evening, EveningStop, LeftOut, Reason, Result
from app.planning.solver.terms import TERMS, Term, TermCode, priority
from app.planning.tables import Planactie, Planregel, Planrest

_KENMERK = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:/[a-z]+/[0-9a-f-]+)?")
AANGEHOUDEN = "planner"
"""The reason of a visit that is held back, for whatever cause (PLN-01, PLN-17)."""
ZONDER_PLEK = "Het object heeft nog geen plek op de kaart en kan niet op een route."
BUITEN_SEIZOEN = "Op geen dag die is toegestaan is het object in zijn seizoen te controleren."
DIENST_WEG = "De dienst waarop dit bezoek stond is er niet meer."
ANDERE_TIJD = "Zelfde dienst; de route van die dienst is opnieuw gelegd."
KORTER = "Binnen zijn week verzet: de routes van die week worden zo korter."
RUIMTE = "Binnen zijn week verzet: op de oude dienst is de ruimte nodig voor een ander bezoek."
GEEN_PLEK_MEER = "Staat in planronde '{}' op {:%d-%m-%Y}, en heeft naast dit voorstel in die week geen plek."
GEEN_OPLOSSING = "Een oplossing is niet uitgerekend. Kijk of er meer diensten kunnen komen, of de periode langer kan, en of de norm klopt."
LOSGERAAKT = "Het vastgezette bezoek heeft in deze planronde geen dienst of geen norm meer."


@dataclass(frozen=True)
class Voorstel:
    """A proposal as it is stored."""

    acties: list[Planactie]
    regels: list[Planregel]
    resten: list[Planrest]
    uitkomst: Planuitkomst
    melding: str
    motorversie: str


def make_proposal(ronde_id: UUID, vraag: Vraag, result: Result, namen: Mapping[str, str]) -> Voorstel:
    """The rows of a proposal. What stood on the plan already is left out: it has its control.

    Args:
        ronde_id: The round.
        vraag: The problem and what its keys stand for.
        result: The planner's answer.
        namen: Names of objects and teams by id, for sentences.
    """
    drawn = frozenset(result.drawn)
    acties: list[Planactie] = []
    regels = [
        _rule(ronde_id, vraag, assignment, drawn)
        for assignment in result.assignments
        if assignment.visit_key in vraag.bezoeken
    ]
    moved = _moved(ronde_id, vraag, result)
    regels += moved
    for evening in result.evenings:
        held = next((fixed for fixed in vraag.vaste_acties if evening.locked and fixed.datum == evening.date), None)
        actie = Planactie(
            id=new_id() if held is None else held.id,
            planronde_id=ronde_id,
            datum=evening.date,
            gebied=evening.area or None,
            partner_ids=list(evening.partner_keys),
            vast=evening.locked,
            versie=1 if held is None else held.versie + 1,
        )
        acties.append(actie)
        regels += [_stop(actie, vraag, evening, stop) for stop in evening.stops]
    resten = _leftovers(ronde_id, vraag, result)
    uitkomst = Planuitkomst(
        resultaat=result.status.value,
        afgebroken=result.aborted,
        bezoeken=len(regels),
        acties=len(acties),
        weggelaten=len(resten),
        verplicht_weggelaten=sum(rest.verplicht for rest in resten),
        geloot=sum(key in vraag.bezoeken for key in result.drawn),
        verzet=len(moved),
        oorzaken=[
            OorzaakRead(
                code=cause.code.value,
                normsleutel=cause.norm_key,
                tekst=_readable(f"{cause.text} {cause.mend or GEEN_OPLOSSING}", namen),
                bewezen=cause.proved,
            )
            for cause in result.causes
        ],
    )
    asked = 0 if vraag.problem.integral is None else vraag.problem.integral.count
    melding = _summary(uitkomst, acties, asked)
    return Voorstel(acties, regels, resten, uitkomst, melding, engine_versions(result.engine))


def engine_versions(engine: str) -> str:
    """The planner with the versions of the solvers in it: with seed and parameters they make a run repeatable."""
    return "; ".join([engine, *(f"{name} {version(name)}" for name in ("ortools", "pyvrp"))])


def _rule(ronde_id: UUID, vraag: Vraag, assignment: Assignment, drawn: frozenset[str]) -> Planregel:
    bezoek, dienst = vraag.bezoeken[assignment.visit_key], vraag.diensten[assignment.slot_key]
    # An extra control of the yearly norm keeps the trigger of the others: it runs under the same agreement (PLN-01).
    by_lot = assignment.visit_key in drawn and not bezoek.visit.by_lot
    reasons = reasons_of(assignment.reason, gap_of(bezoek.visit), bezoek.eerste)
    if bezoek.eerder is not None:
        reasons = bezoek.eerder.model_copy(update={"vast": True}).model_dump(mode="json", by_alias=True)
    return Planregel(
        id=bezoek.regel_id or new_id(),
        planronde_id=ronde_id,
        object_id=bezoek.object_id,
        team_id=dienst.team_id,
        datum=dienst.datum,
        aanvang=assignment.start,
        duur=assignment.end - assignment.start,
        reistijd=assignment.travel,
        volgorde=assignment.order,
        normsleutel=bezoek.normsleutel,
        verplicht=bezoek.visit.required,
        aanleiding=(Aanleiding.EIGEN_ANALYSE if by_lot else bezoek.aanleiding).value,
        redenen=reasons,
        vast=assignment.reason.locked,
        versie=bezoek.versie,
    )


def _moved(ronde_id: UUID, vraag: Vraag, result: Result) -> list[Planregel]:
    """Visits of other rounds that get another place here, each with where it stood and why; the others stay where they are."""
    rows = []
    load = Counter[str]()
    for assignment in result.assignments:
        load[assignment.slot_key] += assignment.end - assignment.start + assignment.travel
    for assignment in result.assignments:
        stood = vraag.staand.get(assignment.visit_key)
        if stood is None:
            continue
        rule, dienst = stood.regel, vraag.diensten[assignment.slot_key]
        if (dienst.datum, dienst.team_id, assignment.start) == (rule.datum, rule.team_id, rule.aanvang):
            continue
        old = shift_of(list(vraag.diensten.values()), rule.team_id, rule.datum, rule.aanvang)
        if old is None:
            why = DIENST_WEG
        elif old.key == assignment.slot_key:
            why = ANDERE_TIJD
        else:
            room = next(slot.capacity for slot in vraag.problem.slots if slot.key == old.key) - load[old.key]
            why = KORTER if room >= rule.duur + vraag.problem.settings.travel_allowance else RUIMTE
        reasons = stood.redenen.model_copy(update={"verzet": stood.moved_from(why)})
        rows.append(
            Planregel(
                id=new_id(),
                planronde_id=ronde_id,
                object_id=rule.object_id,
                team_id=dienst.team_id,
                datum=dienst.datum,
                aanvang=assignment.start,
                duur=rule.duur,
                reistijd=assignment.travel,
                volgorde=assignment.order,
                normsleutel=rule.normsleutel,
                verplicht=rule.verplicht,
                aanleiding=rule.aanleiding,
                redenen=reasons.model_dump(mode="json", by_alias=True),
            )
        )
    return rows


def _stop(actie: Planactie, vraag: Vraag, evening: Evening, stop: EveningStop) -> Planregel:
    dienst = vraag.diensten[stop.slot_key]
    day = DateRange(evening.date, evening.date)
    reason = Reason(evening.norm_clause, day, None, stop.terms, locked=False)
    gap = gap_of(vraag.bezoeken[stop.visit_key].visit) if stop.visit_key in vraag.bezoeken else 1
    return Planregel(
        planronde_id=actie.planronde_id,
        object_id=UUID(stop.object_key),
        team_id=dienst.team_id,
        actie_id=actie.id,
        datum=evening.date,
        aanvang=stop.start,
        duur=stop.end - stop.start,
        reistijd=stop.travel,
        volgorde=stop.order,
        normsleutel=ACTIES,
        aanleiding=Aanleiding.INTEGRALE_ACTIE.value,
        redenen=reasons_of(reason, gap),
    )


def gap_of(visit: Visit) -> int:
    """Days that a visit keeps to the other visits of its object, as they are stored with the reasons."""
    return 1 if visit.spacing_exempt else visit.min_days_between


def reasons_of(reason: Reason, gap: int, eerste: date | None = None) -> dict[str, object]:
    """The reasons as they are stored and shown: norm, dates and published terms, nothing else.

    `eerste` is the first date that the norm allows, where the planner started later.
    """
    shown = Redenen(
        norm=reason.norm_clause,
        toegestaan=Datumbereik(eerste=eerste or reason.legal.first, laatste=reason.legal.last),
        geloot=None if reason.drawn is None else Datumbereik(eerste=reason.drawn.first, laatste=reason.drawn.last),
        termen=[read_term(term) for term in reason.terms],
        prioriteit=priority(reason.terms),
        tussentijd=gap,
        vast=reason.locked,
    )
    return shown.model_dump(mode="json", by_alias=True)


def read_term(term: Term) -> TermRead:
    """A term of the priority with its published rule."""
    rule = TERMS[TermCode(term.code)]
    return TermRead(
        code=rule.code.value,
        omschrijving=rule.omschrijving,
        punten=term.punten,
        versie=rule.versie,
        geldig_vanaf=rule.geldig_vanaf,
    )


def _leftovers(ronde_id: UUID, vraag: Vraag, result: Result) -> list[Planrest]:
    found = [
        _leftover(ronde_id, vraag.bezoeken[left.visit_key], left)
        for left in result.left_out
        if left.visit_key in vraag.bezoeken
    ]
    found += [
        Planrest(
            planronde_id=ronde_id,
            object_id=stood.regel.object_id,
            normsleutel=stood.regel.normsleutel,
            verplicht=stood.regel.verplicht,
            reden=f"{GEEN_PLEK_MEER.format(stood.ronde, stood.regel.datum)} {left.reason}",
        )
        for left in result.left_out
        if (stood := vraag.staand.get(left.visit_key)) is not None
    ]
    found += [
        Planrest(
            planronde_id=ronde_id,
            object_id=bezoek.object_id,
            normsleutel=bezoek.normsleutel,
            verplicht=bezoek.visit.required,
            reden=reden,
        )
        for reden, bezoeken in ((AANGEHOUDEN, vraag.aangehouden), (BUITEN_SEIZOEN, vraag.buiten_seizoen))
        for bezoek in bezoeken
    ]
    found += [
        Planrest(planronde_id=ronde_id, object_id=place.id, verplicht=True, reden=ZONDER_PLEK)
        for place in vraag.zonder_plek
    ]
    found += [
        Planrest(planronde_id=ronde_id, object_id=fixed.object_id, normsleutel=fixed.normsleutel, reden=LOSGERAAKT)
        for fixed in vraag.losgeraakt
    ]
    return found


def _leftover(ronde_id: UUID, bezoek: Bezoek, left: LeftOut) -> Planrest:
    visit = bezoek.visit
    reason = Reason(visit.norm_clause, DateRange(visit.earliest, visit.latest), None, left.terms, locked=False)
    return Planrest(
        planronde_id=ronde_id,
        object_id=bezoek.object_id,
        normsleutel=bezoek.normsleutel,
        verplicht=left.required,
        # Its sentence would name the first date after a hold, and that date tells of the hold (PLN-17).
        reden=left.reason if bezoek.eerste is None else AANGEHOUDEN,
        redenen=reasons_of(reason, gap_of(visit), bezoek.eerste),
        aanleiding=bezoek.aanleiding.value,
    )


def _readable(text: str, namen: Mapping[str, str]) -> str:
    """Puts names in the place of keys."""
    return _KENMERK.sub(lambda found: namen.get(found[0][:36], "een object"), text)


def _summary(uitkomst: Planuitkomst, planned: Sequence[Planactie], asked: int) -> str:
    """The proposal in a sentence or three: what is in it, what did not fit, whether it was broken off."""
    visits = "1 bezoek" if uitkomst.bezoeken == 1 else f"{uitkomst.bezoeken} bezoeken"
    acties = "1 integrale actie" if uitkomst.acties == 1 else f"{uitkomst.acties} integrale acties"
    years = sorted(Counter(actie.datum.year for actie in planned).items())
    if len(years) > 1:
        acties += f" ({', '.join(f'{number} in {year}' for year, number in years)})"
    if not (uitkomst.bezoeken or uitkomst.weggelaten or asked):
        return "Er is niets te plannen: geen object vraagt in deze periode een bezoek, binnen de gebieden en normen van de planronde."
    text = f"Het voorstel is klaar: {visits} en {acties}." if uitkomst.acties else f"Het voorstel is klaar: {visits}."
    if uitkomst.verzet:
        taken = "1 bezoek daarvan stond" if uitkomst.verzet == 1 else f"{uitkomst.verzet} bezoeken daarvan stonden"
        text += f" {taken} anders in een andere planronde; zie de redenen."
    if uitkomst.verplicht_weggelaten:
        left = uitkomst.verplicht_weggelaten
        which = "1 verplicht bezoek staat" if left == 1 else f"{left} verplichte bezoeken staan"
        text += f" Niet alles past: {which} er niet in; zie de redenen."
    if uitkomst.acties < asked:
        fits = f"Er passen {uitkomst.acties} van de {asked} integrale acties"
        text += f" {fits if asked > 1 else 'De integrale actie past niet'}; bij de oorzaken staat waarom en wat helpt."
    if uitkomst.afgebroken:
        text += " De berekening is afgebroken omdat zij te lang duurde; er kan een beter plan zijn."
    return text
