"""The yearly fairness audit, outside the planner: it reads what was done, not what was planned, and nothing of the solver (MON-13)."""

from collections import Counter
from datetime import datetime
from typing import Final

from app.bevindingen.service.bevindingen import compliance_with_term
from app.controles.service.normcontroles import Auditcontrole, controls_for_audit
from app.controles.status import Controlestatus
from app.core.clock import AMSTERDAM
from app.core.errors import Fout, InvalidInput
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.normsleutels import Normsleutel
from app.gemeenten.service.gemeenten import require_gemeente
from app.gemeenten.service.lijsten import names_in
from app.gemeenten.service.normen import norm_value
from app.gemeenten.service.teams import team_names
from app.objecten.service.normobjecten import object_facets, stock_by_facet
from app.rapportage.rules.eerlijkheid import (
    Bezoek,
    Groep,
    Herkomstaandeel,
    Telling,
    count,
    groups,
    hide_tallies,
    may_be_chance,
    team_loads,
)
from app.rapportage.schemas.eerlijkheid import AandeelRead, EerlijkheidRead, GroepRead, TeamlastRead, TellingRead

KLEINSTE_CEL: Final = 5
AVOND_UUR: Final = 18
"""Where the norm table has no value yet."""
BUITEN: Final = "buiten een wijk"
TOELICHTING: Final = (
    "Een bezoek is een afgeronde controle. Een treffer is een bezoek met een bevinding over naleving die een hersteltermijn kreeg.",
    "Signalen en vertrouwelijke antwoorden tellen nergens mee.",
    "Loting is wat het lot koos. Voorrang en normen is wat een planronde verder plande. De rest is buiten een planronde gepland.",
    "Kleine aantallen zijn weggelaten, en ook wat ze zou verraden. Woningen hebben geen sector en staan in geen enkele sector.",
    "Bij elk aandeel staat een marge. Is die breed, of overlappen twee marges, dan kan een verschil toeval zijn.",
    "Een verschil tussen loting en voorrang zegt iets over de regels van de voorrang, niet over een gebied of sector.",
)
VERSCHIL: Final[dict[bool | None, str]] = {
    None: "Er zijn te weinig bezoeken door loting of door voorrang om iets over een verschil te zeggen.",
    True: "Het verschil tussen loting en voorrang kan toeval zijn; trek er geen conclusie uit.",
    False: "Het verschil tussen loting en voorrang is groter dan toeval verklaart.",
}


def fairness_of_year(uow: UnitOfWork, gemeentecode: str, jaar: int) -> EerlijkheidRead:
    """Visits and hits by share, per area and per sector, and the evening and weekend load of the teams, in a fixed number of queries.

    Raises:
        GemeenteNotFound: the caller does not work there.
        InvalidInput: the year is not closed yet.
    """
    require_gemeente(uow, gemeentecode)
    if jaar >= uow.today.year:
        raise InvalidInput(
            "Alleen een jaar dat voorbij is, kan worden getoetst; zie 'fouten'.",
            [Fout("query.jaar", f"kies {uow.today.year - 1} of eerder")],
        )
    controls = controls_for_audit(uow, gemeentecode, jaar)
    rows = _visits(uow, gemeentecode, jaar, controls)
    smallest = int(norm_value(uow, gemeentecode, Normsleutel.RAPPORT_KLEINSTE_CEL, uow.today) or KLEINSTE_CEL)
    evening = int(norm_value(uow, gemeentecode, Normsleutel.RAPPORT_AVOND_VANAF_UUR, uow.today) or AVOND_UUR)
    areas: Counter[str] = Counter()
    sectors: Counter[str] = Counter()
    for wijk, sector, number in stock_by_facet(uow, gemeentecode):
        areas[wijk or BUITEN] += number
        if sector is not None:
            sectors[sector] += number
    names, shares = names_in(uow, "sectoren", gemeentecode), _shares(rows, smallest)
    return EerlijkheidRead(
        gemeentecode=gemeentecode,
        jaar=jaar,
        kleinste_cel=smallest,
        totaal=_read(hide_tallies([count(rows)], smallest)[0]),
        pogingen=sum(control.status is Controlestatus.POGING for control in controls),
        aandelen=shares,
        verschil=_difference(shares),
        gebieden=[_group(group, {}) for group in groups(rows, areas, lambda row: row.gebied or BUITEN, smallest)],
        sectoren=[
            _group(group, names)
            for group in groups(rows, {**dict.fromkeys(names, 0), **sectors}, lambda row: row.sector, smallest)
        ],
        teams=_teams(uow, gemeentecode, rows, evening * 60),
        toelichting=list(TOELICHTING),
    )


def _visits(uow: UnitOfWork, gemeentecode: str, jaar: int, controls: list[Auditcontrole]) -> list[Bezoek]:
    done = [control for control in controls if control.status is Controlestatus.AFGEROND]
    facets = object_facets(uow, (control.object_id for control in done))
    hits = compliance_with_term(
        uow, gemeentecode, datetime(jaar, 1, 1, tzinfo=AMSTERDAM), datetime(jaar + 1, 1, 2, tzinfo=AMSTERDAM)
    )
    return [
        Bezoek(
            *facets.get(control.object_id, (None, None)),
            aandeel=_share(control),
            treffer=control.controle_id in hits,
            team_id=control.team_id,
            datum=control.datum,
            minuut=_began(control),
        )
        for control in done
    ]


def _share(control: Auditcontrole) -> Herkomstaandeel:
    if control.geloot:
        return Herkomstaandeel.LOTING
    return Herkomstaandeel.ZONDER_RONDE if control.planronde_id is None else Herkomstaandeel.VOORRANG


def _began(control: Auditcontrole) -> int | None:
    """Minute of the day on which it began; after midnight it still belongs to the evening before."""
    if control.gestart_op is None:
        return control.aanvang
    local = control.gestart_op.astimezone(AMSTERDAM)
    return (local.date() - control.datum).days * 24 * 60 + local.hour * 60 + local.minute


def _shares(rows: list[Bezoek], smallest: int) -> list[AandeelRead]:
    counted = [count(row for row in rows if row.aandeel is share) for share in Herkomstaandeel]
    return [
        AandeelRead(aandeel=share, telling=_read(telling))
        for share, telling in zip(Herkomstaandeel, hide_tallies(counted, smallest), strict=True)
    ]


def _difference(shares: list[AandeelRead]) -> str:
    """What may be said of the difference between the lot and the priority."""
    known = {share.aandeel: Telling(share.telling.bezoeken, share.telling.treffers) for share in shares}
    drawn, ranked = known[Herkomstaandeel.LOTING], known[Herkomstaandeel.VOORRANG]
    return VERSCHIL[may_be_chance(drawn, ranked)]


def _group(group: Groep, names: dict[str, str]) -> GroepRead:
    return GroepRead(
        sleutel=group.sleutel,
        naam=names.get(group.sleutel, group.sleutel),
        objecten=group.objecten,
        totaal=_read(group.totaal),
        loting=_read(group.loting),
        voorrang=_read(group.voorrang),
    )


def _teams(uow: UnitOfWork, gemeentecode: str, rows: list[Bezoek], evening: int) -> list[TeamlastRead]:
    loads = team_loads(rows, evening)
    names = team_names(uow, gemeentecode)
    shown = []
    for team_id in sorted({*names, *loads}, key=str):
        load = loads.get(team_id)
        other = "geen team" if team_id is None else "team van een andere gemeente"
        shown.append(
            TeamlastRead(
                team_id=team_id,
                team=other if team_id is None else names.get(team_id, other),
                bezoeken=load.bezoeken if load else 0,
                dagen=load.dagen if load else 0,
                avonden=load.avonden if load else 0,
                weekenddagen=load.weekenddagen if load else 0,
            )
        )
    return shown


def _read(telling: Telling) -> TellingRead:
    return TellingRead.model_validate(telling)
