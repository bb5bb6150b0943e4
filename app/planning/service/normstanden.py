"""Where the norms stand on any day, per object and for the municipality (CAD-01 to CAD-06, CAD-19, REG-02).

A day in the past is counted as of that day; on a day to come, what is planned before it counts as done and is named apart. The number
of queries is fixed: a page of objects reads that page only, the figures of a municipality read what can count and nothing else.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from app.controles.service.normcontroles import planned_objects
from app.controles.service.planning import NormControle, controles_for_norm
from app.controles.status import Controlestatus
from app.core.clock import is_working_day
from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork
from app.objecten.rules.termijnen import is_late
from app.objecten.service.bibob import bibob_werklijst
from app.objecten.service.normobjecten import has_objects, norm_objects, risk_terms
from app.objecten.status import Objecttype
from app.planning.rules.acties import Actie, Actienorm, acties_normstand
from app.planning.rules.bedrijven import BedrijfControle, Bedrijvennorm, bedrijven_normstand
from app.planning.rules.capaciteitstand import Capaciteitstand, Vraag, capacity_state
from app.planning.rules.normstand import Dienst, Normstand, not_applicable
from app.planning.rules.planinstellingen import HORECA, SEKS
from app.planning.rules.seks import seks_gemeentestand
from app.planning.rules.wachtlijst import Risicoadrestermijn, WachtendAdres, wachtende_risicoadressen
from app.planning.schemas.normstanden import (
    BibobstandRead,
    CapaciteitstandRead,
    GemeentestandRead,
    LeeftijdRead,
    NormstandRead,
    ObjectnormstandRead,
    RisicostandRead,
    SeksstandRead,
)
from app.planning.service.gegevens import NOG_TE_DOEN
from app.planning.service.normfeiten import Normfeiten, load_facts, states_of
from app.planning.status import Normstatus, Wachtstatus

BEDRIJFSTYPEN = frozenset({Objecttype.BEDR, Objecttype.HOR, Objecttype.MASS, Objecttype.HOT, Objecttype.LOG})
"""Object types that count for CAD-03 (DH; checklists section 4)."""
LEEFTIJDEN = ((0, 7), (8, 14), (15, 30), (31, None))
ALLES = Paging(limit=1_000_000, after=None)
GEMEENTE = Dienst("gemeente", van_gemeente=True)
_NORMSLEUTEL = {Objecttype.SEKS: SEKS, Objecttype.HOR: HORECA}


def object_states(
    uow: UnitOfWork, gemeentecode: str | None, peildatum: date | None, object_id: UUID | None, paging: Paging
) -> list[tuple[str, ObjectnormstandRead]]:
    """The norm of sex establishments and horeca objects by type and number, with the sort key: one page and one row more.

    Raises:
        GemeenteNotFound: the caller does not work there.
    """
    feiten = load_facts(uow, gemeentecode, peildatum)
    first = date(feiten.jaar, 1, 1)
    places = norm_objects(uow, feiten.gemeentecode, _NORMSLEUTEL, first, object_id=object_id, paging=paging)
    return [
        (
            f"{place.type}|{place.nummer}",
            ObjectnormstandRead(
                object_id=place.id,
                type=place.type,
                naam=place.naam,
                normsleutel=_NORMSLEUTEL[place.type],
                peildatum=feiten.peildatum,
                stand=_read(state),
            ),
        )
        for place, state in zip(places, states_of(uow, feiten, places), strict=True)
    ]


def municipality_state(uow: UnitOfWork, gemeentecode: str | None, peildatum: date | None) -> GemeentestandRead:
    """The norms of a municipality; figures only.

    Raises:
        GemeenteNotFound: the caller does not work there.
    """
    feiten = load_facts(uow, gemeentecode, peildatum)
    controls = controles_for_norm(uow, feiten.gemeentecode, feiten.jaar, with_services=True)
    places = norm_objects(uow, feiten.gemeentecode, {Objecttype.SEKS}, date(feiten.jaar, 1, 1))
    seks = states_of(uow, feiten, places)
    business = _business(uow, feiten, controls)
    waiting = _waiting(uow, feiten)
    capacity = capacity_state(
        feiten.ruimte,
        date(feiten.jaar, 12, 31),
        [
            Vraag(frozenset({Objecttype.SEKS}), sum(max(0, s.nog_nodig - s.gepland) for s in seks)),
            Vraag(BEDRIJFSTYPEN, max(0, business.nog_nodig - business.gepland)),
            Vraag(frozenset({Objecttype.WON}), len(waiting or ())),
        ],
    )
    return GemeentestandRead(
        gemeentecode=feiten.gemeentecode,
        peildatum=feiten.peildatum,
        seksinrichtingen=_seks(feiten, seks, capacity),
        bedrijfscontroles=_read(business),
        integrale_acties=_read(_acties(feiten, controls)),
        risicoadressen=_risks(waiting),
        bibob=_bibob(uow, feiten),
        capaciteit=CapaciteitstandRead.model_validate(capacity),
    )


def _seks(feiten: Normfeiten, states: Sequence[Normstand], capacity: Capaciteitstand) -> SeksstandRead:
    total = seks_gemeentestand(states)
    applies = total.status is not Normstatus.NIET_VAN_TOEPASSING
    done = sum(min(state.gedaan, state.norm) for state in states)
    needed = sum(state.norm for state in states)
    short = total.status is Normstatus.OP_KOERS and Objecttype.SEKS in capacity.te_weinig_voor
    return SeksstandRead(
        norm_per_jaar=feiten.normen.seks_per_jaar,
        objecten=total.objecten,
        gehaald=total.gehaald,
        in_gevaar=total.in_gevaar,
        gedaan=done,
        gepland=sum(state.gepland for state in states),
        verwacht=sum(state.verwacht for state in states),
        nodig=needed,
        breuk=f"{done}/{needed}" if applies else Normstatus.NIET_VAN_TOEPASSING.value,
        percentage=total.percentage,
        status=Normstatus.IN_GEVAAR if short else total.status,
    )


def _services(control: NormControle) -> frozenset[Dienst]:
    """The services of a control: the municipality whose control it is, and its partners (CAD-05)."""
    return frozenset({GEMEENTE, *(Dienst(soort, van_gemeente=False) for soort in control.partner_soorten)})


def _business(uow: UnitOfWork, feiten: Normfeiten, controls: Sequence[NormControle]) -> Normstand:
    """CAD-03; without any business in the stock the norm does not apply (REG-02)."""
    if not has_objects(uow, feiten.gemeentecode, BEDRIJFSTYPEN):
        return not_applicable("Er staan in deze gemeente geen bedrijven waarvoor deze norm geldt.")
    norm = Bedrijvennorm(
        per_jaar=feiten.normen.bedrijven_per_jaar,
        objecttypen=BEDRIJFSTYPEN,
        haalbaar_per_werkdag=feiten.normen.bedrijven_per_werkdag,
        is_werkdag=is_working_day,
        bekend_tot=feiten.ruimte.bekend_tot,
        bekende_ruimte=feiten.ruimte.visits(BEDRIJFSTYPEN),
    )
    seen = [
        BedrijfControle(
            datum=c.datum,
            objecttype=c.type.value,
            afgerond=c.status is Controlestatus.AFGEROND or feiten.is_expected(c.status, c.datum),
            diensten=_services(c),
            arb_kern_beantwoord=c.arbeid_beantwoord or c.status in NOG_TE_DOEN,
        )
        for c in controls
        if c.status in NOG_TE_DOEN or c.status is Controlestatus.AFGEROND
    ]
    state = bedrijven_normstand(feiten.jaar, feiten.peildatum, norm, seen)
    expected = [c for c in controls if feiten.is_expected(c.status, c.datum) and c.type in BEDRIJFSTYPEN and c.partners]
    return replace(state, verwacht=min(state.gedaan, len(expected)))


def _acties(feiten: Normfeiten, controls: Sequence[NormControle]) -> Normstand:
    """CAD-04: acties with their addresses; one is held when one of its addresses was controlled, an attempt is no address."""
    norm = Actienorm(
        per_jaar=feiten.normen.acties_per_jaar,
        min_dagen_tussen=feiten.normen.actie_tussentijd_dagen,
        voorbereiding_werkdagen=feiten.normen.actie_voorbereiding_werkdagen,
        is_werkdag=is_working_day,
        kan_op=feiten.ruimte.days_for_actie(
            1 if feiten.instellingen is None else feiten.instellingen.actie_diensten, is_working_day
        ),
    )
    grouped: dict[UUID, list[NormControle]] = {}
    for control in controls:
        if control.actie_id is not None and control.status is not Controlestatus.POGING:
            grouped.setdefault(control.actie_id, []).append(control)
    acties, expected = [], set[date]()
    for own in grouped.values():
        held = any(c.status is Controlestatus.AFGEROND for c in own)
        coming = not held and any(feiten.is_expected(c.status, c.datum) for c in own)
        services = frozenset[Dienst]().union(*(_services(control) for control in own))
        acties.append(Actie(own[0].datum, held or coming, services, len(own)))
        if coming and len(services) > 1:
            expected.add(own[0].datum)
    state = acties_normstand(feiten.jaar, feiten.peildatum, norm, acties)
    return replace(state, verwacht=min(state.gedaan, len(expected)))


def _waiting(uow: UnitOfWork, feiten: Normfeiten) -> list[WachtendAdres] | None:
    """Risk addresses that wait (CAD-06); on a later day those with a plan before it are expected to be visited."""
    day = feiten.peildatum
    known = risk_terms(uow, feiten.gemeentecode, day)
    if known is None:
        return None
    planned = planned_objects(uow, feiten.gemeentecode, feiten.vandaag, day) if day > feiten.vandaag else frozenset()
    terms = [
        Risicoadrestermijn(str(row.id), row.in_beeld_op, row.controle_voor, row.bezocht_op)
        for row in known
        if row.object_id not in planned
    ]
    return wachtende_risicoadressen(terms, day)


def _risks(waiting: Sequence[WachtendAdres] | None) -> RisicostandRead:
    ages = [address.dagen_in_beeld for address in waiting or ()]
    late = sum(address.status is Wachtstatus.TE_LAAT for address in waiting or ())
    status = Normstatus.IN_GEVAAR if late else Normstatus.OP_KOERS if ages else Normstatus.GEHAALD
    return RisicostandRead(
        wachtend=len(ages),
        te_laat=late,
        oudste_dagen=max(ages, default=None),
        leeftijden=[
            LeeftijdRead(
                vanaf_dagen=first,
                tot_en_met_dagen=last,
                aantal=sum(first <= age and (last is None or age <= last) for age in ages),
            )
            for first, last in LEEFTIJDEN
        ],
        status=Normstatus.NIET_VAN_TOEPASSING if waiting is None else status,
    )


def _bibob(uow: UnitOfWork, feiten: Normfeiten) -> BibobstandRead:
    """CAD-02: the desk worklist in figures; the rows stand at `/bibob-werklijst`."""
    permits = bibob_werklijst(uow, feiten.gemeentecode, None, ALLES)
    due = [row for row in permits if row.toetsen_voor <= feiten.peildatum]
    late = sum(is_late(row.toetsen_voor, feiten.peildatum) for row in due)
    status = Normstatus.IN_GEVAAR if late else Normstatus.OP_KOERS if due else Normstatus.GEHAALD
    return BibobstandRead(te_doen=len(due), te_laat=late, status=status if permits else Normstatus.NIET_VAN_TOEPASSING)


def _read(state: Normstand) -> NormstandRead:
    return NormstandRead.model_validate(state)
