"""The one gate through which what was established reaches a file (ADR 0016): shortcomings that may stand there, with their repair.

Whatever a file prints of a control passes here or through the answers of `controles.service.historie`. Both ask the checklist
version of the control which items may stand in a file (`Catalogus.in_dossier`); the class stored with a finding is not enough.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from app.bevindingen.schemas.bevindingen import NalevingRef
from app.bevindingen.service.bevindingen import compliance_of_controls, standing_compliance
from app.checklists.rules.catalogue import Catalogus
from app.checklists.rules.content import NIET_VASTGESTELD, Antwoordtype, Item
from app.checklists.service import get_catalogue
from app.controles.service.historie import GeweestControle, finished_at
from app.core.unit_of_work import UnitOfWork
from app.maatregelen.service.geschiedenis import history_of
from app.objecten.status import Objecttype
from app.rapportage.rules.herstel import Bezoek, repaired_on
from app.rapportage.schemas.naleving import (
    Controlestuk,
    DossierMaatregel,
    DossierTekortkoming,
    Tekortkoming,
    VraagAntwoord,
)

TEKORT = "NALEV"
"""Group of items about what the owner must do; the other compliance items are about how the inspector worked."""


def shortcomings_of(uow: UnitOfWork, controles: Sequence[GeweestControle]) -> dict[UUID, list[DossierTekortkoming]]:
    """Per control its shortcomings by item, in at most five queries for any number of controls.

    What was seen without the free consent of a resident serves no enforcement and stands in none (checklists, BEV-04).
    """
    found: dict[UUID, list[DossierTekortkoming]] = {controle.id: [] for controle in controles}
    usable = {controle.id: controle for controle in controles if not controle.verzegeld}
    visits = visits_to(uow, {c.object_id for c in controles}, min((c.datum for c in controles), default=uow.today))
    for finding in compliance_of_controls(uow, sorted(usable)):
        controle = usable[finding.controle_id]
        item = shortcoming(controle.checklistversies, finding.item)
        if item is None:
            continue
        found[controle.id].append(
            DossierTekortkoming(
                item=item.code,
                vraag=item.vraag,
                antwoord=finding.antwoord,
                grondslag=item.grondslag,
                hersteltermijn=finding.hersteltermijn,
                hersteld_op=repaired_on(item.code, controle.datum, visits.get(controle.object_id, ())),
            )
        )
    return found


def visits_to(uow: UnitOfWork, objects: Collection[UUID], since: date) -> dict[UUID, list[Bezoek]]:
    """Per object its finished controls since a day with their shortcomings, oldest first, in two queries."""
    # A night's control has the date of its evening and the moment of the morning after; a day earlier is early enough.
    start = datetime.combine(since - timedelta(days=1), time(), tzinfo=UTC)
    refs = standing_compliance(uow, start, objects=objects) if objects else []
    return look_back(finished_at(uow, objects, since), refs)


def look_back(controles: Iterable[GeweestControle], refs: Iterable[NalevingRef]) -> dict[UUID, list[Bezoek]]:
    """Per object its finished controls with their shortcomings; those that serve no enforcement tell of no repair either."""
    hits: dict[UUID, set[str]] = {}
    for ref in refs:
        hits.setdefault(ref.controle_id, set()).add(ref.item)
    visits: dict[UUID, list[Bezoek]] = {}
    for controle in controles:
        if not controle.verzegeld:
            visits.setdefault(controle.object_id, []).append(
                Bezoek(controle.datum, controle.antwoorden, frozenset(hits.get(controle.id, ())))
            )
    return visits


def shortcoming(versies: Mapping[str, int], code: str) -> Item | None:
    """The item of a shortcoming that may stand in a file; None for everything else."""
    catalogus = get_catalogue(versies) if versies else None
    if catalogus is None or code not in catalogus.in_dossier:
        return None
    item = catalogus.regels[code].item
    return item if item.groep == TEKORT else None


def answers_of(controle: GeweestControle, wanted: Collection[str] | Antwoordtype) -> list[VraagAntwoord]:
    """What was answered to questions, in the order of the lists: those named, or all of one type. Not what nobody established."""
    if not controle.checklistversies:
        return []
    catalogus: Catalogus = get_catalogue(controle.checklistversies)
    chosen = (
        regel.item
        for code, regel in catalogus.regels.items()
        if code in controle.antwoorden
        and (regel.item.antwoordtype is wanted if isinstance(wanted, Antwoordtype) else code in wanted)
    )
    return [
        VraagAntwoord(
            vraag=item.vraag, antwoord=_in_words(item, controle.antwoorden[item.code]), grondslag=item.grondslag
        )
        for item in chosen
        if controle.antwoorden[item.code] != NIET_VASTGESTELD
    ]


def pieces(
    controles: Iterable[GeweestControle], found: Mapping[UUID, Sequence[DossierTekortkoming]]
) -> list[Controlestuk]:
    """Controls as they stand in a file that leaves the municipality."""
    return [
        Controlestuk(
            datum=controle.datum,
            soort=kind_of(controle),
            reden=controle.reden,
            bedrijfsplan_versie=controle.bedrijfsplan_versie,
            tekortkomingen=without_codes(found[controle.id]),
        )
        for controle in controles
    ]


def measures_at(uow: UnitOfWork, object_id: UUID) -> list[DossierMaatregel]:
    """What was imposed at an object, newest first; an intention would warn and is not in it (REG-18)."""
    return [DossierMaatregel.model_validate(row) for row in history_of(uow, [object_id]).get(object_id, ())]


def team_told(soort: Objecttype, names: Mapping[UUID, str], team_id: UUID | None) -> str | None:
    """The team of a control as a file names it. Not at a dwelling: which team came could tell why (REG-05)."""
    return None if soort is Objecttype.WON or team_id is None else names.get(team_id)


def without_codes(found: Iterable[DossierTekortkoming]) -> list[Tekortkoming]:
    """Shortcomings without the code of the question, which outside the municipality says nothing."""
    return [Tekortkoming(**row.model_dump(exclude={"item"})) for row in found]


def kind_of(controle: GeweestControle) -> str:
    """A control, or an attempt when nobody came in (PLN-15)."""
    return "poging" if controle.poging else "controle"


def _in_words(item: Item, value: Any) -> str:  # noqa: ANN401 - an answer of any type
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    if isinstance(value, float):
        number = f"{value:g}".replace(".", ",")
        return f"{number} {item.eenheid.replace('m2', 'm²')}" if item.eenheid else number
    return str(value)
