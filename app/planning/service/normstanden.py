"""Where the norms stand on a day, per object and for the municipality (CAD-01 to CAD-06, CAD-19, REG-02)."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from app.controles.service.planning import NormControle
from app.controles.status import Controlestatus
from app.core.clock import is_working_day
from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.gemeenten import require_gemeente
from app.objecten.rules.termijnen import is_late
from app.objecten.schemas.filters import Risicofilter
from app.objecten.schemas.objecten import PlanbaarObject
from app.objecten.service.bibob import bibob_werklijst
from app.objecten.service.risicoadressen import list_risicoadressen
from app.objecten.status import Objecttype, Risicostatus
from app.planning.rules.acties import Actie, Actienorm, acties_normstand
from app.planning.rules.bedrijven import BedrijfControle, Bedrijvennorm, bedrijven_normstand
from app.planning.rules.normstand import Dienst, Normstand
from app.planning.rules.planinstellingen import HORECA, SEKS
from app.planning.rules.seks import seks_gemeentestand, seks_normstand
from app.planning.rules.wachtlijst import Risicoadrestermijn, horeca_normstand, wachtende_risicoadressen
from app.planning.schemas.normstanden import (
    BibobstandRead,
    GemeentestandRead,
    LeeftijdRead,
    NormstandRead,
    ObjectnormstandRead,
    RisicostandRead,
    SeksstandRead,
)
from app.planning.service.gegevens import (
    NOG_TE_DOEN,
    Stand,
    horeca_periods,
    load_state,
    seks_controls,
    seks_periods,
    unannounced_plans,
)
from app.planning.status import Normstatus, Wachtstatus
from geo.crs import Crs

BEDRIJFSTYPEN = frozenset({"BEDR", "HOR", "MASS", "HOT", "LOG"})
"""Object types that count for CAD-03 (DH; checklists section 4)."""
LEEFTIJDEN = ((0, 7), (8, 14), (15, 30), (31, None))
ALLES = Paging(limit=1_000_000, after=None)
GEMEENTE = Dienst("gemeente", van_gemeente=True)


def object_states(
    uow: UnitOfWork, gemeentecode: str | None, peildatum: date | None, object_id: UUID | None = None
) -> list[ObjectnormstandRead]:
    """The norm of every licensed sex establishment and horeca object, by type, name and id.

    Raises:
        GemeenteNotFound: the caller does not work there.
    """
    stand = _load(uow, gemeentecode, peildatum)
    found = []
    for place in stand.objecten:
        if object_id is not None and place.id != object_id:
            continue
        for key, state in _states_of(stand, place):
            found.append(
                ObjectnormstandRead(
                    object_id=place.id,
                    type=place.type,
                    naam=place.naam,
                    normsleutel=key,
                    peildatum=stand.peildatum,
                    stand=_read(state),
                )
            )
    return sorted(found, key=sort_key)


def sort_key(row: ObjectnormstandRead) -> tuple[str, UUID]:
    """The cursor of an object in the list."""
    return f"{row.type}|{row.naam}", row.object_id


def municipality_state(uow: UnitOfWork, gemeentecode: str | None, peildatum: date | None) -> GemeentestandRead:
    """The norms of a municipality; figures only.

    Raises:
        GemeenteNotFound: the caller does not work there.
    """
    stand = _load(uow, gemeentecode, peildatum)
    controls = stand.all_controls()
    jaar = stand.peildatum.year
    return GemeentestandRead(
        gemeentecode=stand.gemeentecode,
        peildatum=stand.peildatum,
        seksinrichtingen=_seks(stand),
        bedrijfscontroles=_read(
            bedrijven_normstand(jaar, stand.peildatum, _business_norm(stand), _business_controls(controls))
        ),
        integrale_acties=_read(acties_normstand(jaar, stand.peildatum, _action_norm(stand), _actions(controls))),
        risicoadressen=_risks(uow, stand),
        bibob=_bibob(uow, stand),
    )


def _load(uow: UnitOfWork, gemeentecode: str | None, peildatum: date | None) -> Stand:
    code = require_gemeente(uow, gemeentecode or uow.caller.gemeentecode).code
    day = peildatum or uow.today
    return load_state(uow, code, day, (day.year - 1, day.year))


def _states_of(stand: Stand, place: PlanbaarObject) -> Iterator[tuple[str, Normstand]]:
    if place.type is Objecttype.SEKS:
        yield SEKS, seks_state(stand, place)
    elif place.type is Objecttype.HOR:
        yield HORECA, horeca_state(stand, place)


def seks_state(stand: Stand, place: PlanbaarObject) -> Normstand:
    """CAD-01 of one establishment."""
    controls = stand.of_object(place.id)
    planned = unannounced_plans(controls, stand.peildatum)
    return seks_normstand(
        stand.peildatum.year,
        stand.peildatum,
        stand.seksnorm,
        seks_periods(place),
        seks_controls(controls),
        planned,
    )


def horeca_state(stand: Stand, place: PlanbaarObject) -> Normstand:
    """CAD-19 of one horeca object, by its licence."""
    return horeca_normstand(
        stand.peildatum,
        stand.normen.horeca_maanden,
        horeca_periods(place),
        stand.visited(place.id),
        stand.planned(place.id),
    )


def _seks(stand: Stand) -> SeksstandRead:
    states = [seks_state(stand, place) for place in stand.objecten if place.type is Objecttype.SEKS]
    if stand.normen.seks_per_jaar == 0:
        states = []
    total = seks_gemeentestand(states)
    applies = total.status is not Normstatus.NIET_VAN_TOEPASSING
    done = sum(min(state.gedaan, state.norm) for state in states)
    needed = sum(state.norm for state in states)
    return SeksstandRead(
        norm_per_jaar=stand.normen.seks_per_jaar,
        objecten=total.objecten,
        gehaald=total.gehaald,
        in_gevaar=total.in_gevaar,
        gedaan=done,
        nodig=needed,
        breuk=f"{done}/{needed}" if applies else Normstatus.NIET_VAN_TOEPASSING.value,
        percentage=total.percentage,
        status=total.status,
    )


def _services(control: NormControle) -> frozenset[Dienst]:
    """The services of a control: the municipality whose control it is, and its partners (CAD-05)."""
    return frozenset({GEMEENTE, *(Dienst(soort, van_gemeente=False) for soort in control.partner_soorten)})


def _business_norm(stand: Stand) -> Bedrijvennorm:
    return Bedrijvennorm(
        per_jaar=stand.normen.bedrijven_per_jaar,
        objecttypen=BEDRIJFSTYPEN,
        haalbaar_per_werkdag=stand.normen.bedrijven_per_werkdag,
        is_werkdag=is_working_day,
    )


def _business_controls(controls: Sequence[NormControle]) -> list[BedrijfControle]:
    return [
        BedrijfControle(
            datum=control.datum,
            objecttype=control.type.value,
            afgerond=control.status is Controlestatus.AFGEROND,
            diensten=_services(control),
            arb_kern_beantwoord=control.arbeid_beantwoord,
        )
        for control in controls
        if control.status in NOG_TE_DOEN or control.status is Controlestatus.AFGEROND
    ]


def _action_norm(stand: Stand) -> Actienorm:
    return Actienorm(
        per_jaar=stand.normen.acties_per_jaar,
        min_dagen_tussen=stand.normen.actie_tussentijd_dagen,
        voorbereiding_werkdagen=stand.normen.actie_voorbereiding_werkdagen,
        is_werkdag=is_working_day,
    )


def _actions(controls: Sequence[NormControle]) -> list[Actie]:
    """Acties with their addresses; one is held when one of its addresses was controlled, an attempt is no address."""
    grouped: dict[UUID, list[NormControle]] = {}
    for control in controls:
        if control.actie_id is not None and control.status is not Controlestatus.POGING:
            grouped.setdefault(control.actie_id, []).append(control)
    return [
        Actie(
            datum=own[0].datum,
            afgerond=any(control.status is Controlestatus.AFGEROND for control in own),
            diensten=frozenset[Dienst]().union(*(_services(control) for control in own)),
            adressen=len(own),
        )
        for own in grouped.values()
    ]


def _risks(uow: UnitOfWork, stand: Stand) -> RisicostandRead:
    """Risk addresses that wait, by age (CAD-06); on an earlier day also those that were visited since."""
    day = stand.peildatum
    known = list_risicoadressen(uow, Risicofilter(gemeentecode=stand.gemeentecode), ALLES, Crs.RD).rows
    waiting = wachtende_risicoadressen(
        (
            Risicoadrestermijn(str(row.id), row.in_beeld_op, row.controle_voor, row.bezocht_op)
            for row in known
            if (row.status is not Risicostatus.VERVALLEN or row.vervalt_op is not None)
            and (row.vervalt_op is None or row.vervalt_op >= day)
        ),
        day,
    )
    ages = [address.dagen_in_beeld for address in waiting]
    return RisicostandRead(
        wachtend=len(waiting),
        te_laat=sum(address.status is Wachtstatus.TE_LAAT for address in waiting),
        oudste_dagen=max(ages, default=None),
        leeftijden=[
            LeeftijdRead(
                vanaf_dagen=first,
                tot_en_met_dagen=last,
                aantal=sum(first <= age and (last is None or age <= last) for age in ages),
            )
            for first, last in LEEFTIJDEN
        ],
    )


def _bibob(uow: UnitOfWork, stand: Stand) -> BibobstandRead:
    due = bibob_werklijst(uow, stand.gemeentecode, stand.peildatum, ALLES)
    return BibobstandRead(te_doen=len(due), te_laat=sum(is_late(row.toetsen_voor, stand.peildatum) for row in due))


def _read(state: Normstand) -> NormstandRead:
    return NormstandRead.model_validate(state)
