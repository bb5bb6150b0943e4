"""Retention of what controls hold, per kind with its dated term (DAT-15, meldroute section 12).

Each batch is one transaction with its report. What stands behind a signal with content follows the term, and the hold, of that
signal; what a measure rests on stays with the measure.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.bevindingen.service.bewaren import (
    controls_with_photos,
    finding_ids_of,
    municipalities_with_photos,
    remove_photos,
)
from app.controles.repository import bewaren as repository
from app.controles.service.vergeten import forget_all_answers, forget_choice, forget_confidential_answers
from app.controles.tables import Controle
from app.core.clock import start_of_day
from app.core.jobs import UnitFactory
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.normsleutels import Normsleutel
from app.gemeenten.rules.verwerkingen import Recordsoort
from app.gemeenten.service.bewaarklok import retention_day
from app.gemeenten.service.vernietiging import passed_before, report_removal
from app.maatregelen.service.bewaren import measures_rest_on
from app.signalen.service.bewaren import behind_signal, controls_to_clean, let_go_control

ACTIE = "controles_bewaren"
BIJ_SIGNAAL = "met de inhoud van het signaal"


@dataclass(frozen=True)
class Bewaarsoort:
    """One kind of what a control holds.

    Attributes:
        norm: its term in months, counted from the day of the control.
        merk: the column that says when it was removed.
        werk: removes it from a locked control.
        verzegeld: only of controls at which no resident consented freely (BEV-04).
        maatregel: a measure keeps it.
    """

    soort: Recordsoort
    norm: Normsleutel
    merk: str
    werk: Callable[[UnitOfWork, Controle], None]
    verzegeld: bool = False
    maatregel: bool = False


def _all(uow: UnitOfWork, controle: Controle) -> None:
    forget_all_answers(uow, controle)
    remove_photos(uow, controle.id)


SOORTEN = (
    Bewaarsoort(
        Recordsoort.VERTROUWELIJK,
        Normsleutel.VERTROUWELIJK_BEWAREN_MAANDEN,
        "vertrouwelijk_verwijderd_op",
        forget_confidential_answers,
    ),
    Bewaarsoort(
        Recordsoort.GEEN_SIGNAAL, Normsleutel.GEEN_SIGNAAL_BEWAREN_MAANDEN, "keuze_verwijderd_op", forget_choice
    ),
    Bewaarsoort(
        Recordsoort.VERZEGELD,
        Normsleutel.VERZEGELD_BEWAREN_MAANDEN,
        "inhoud_verwijderd_op",
        _all,
        verzegeld=True,
        maatregel=True,
    ),
    Bewaarsoort(
        Recordsoort.CONTROLE, Normsleutel.CONTROLE_BEWAREN_MAANDEN, "inhoud_verwijderd_op", _all, maatregel=True
    ),
)


def clean_controls(unit: UnitFactory) -> None:
    """Removes what controls may not keep any longer, batch by batch."""
    _page(unit, _with_their_signals)
    with unit(ACTIE, write=False) as uow:
        codes = repository.all_municipalities(uow.session)
    for code in codes:
        for soort in SOORTEN:
            _page(unit, lambda uow, after, soort=soort, code=code: _clean(uow, soort, code, after))  # type: ignore[misc]  # mypy knows no defaults of a lambda


def clean_photos(unit: UnitFactory) -> None:
    """Erases photos whose term has passed; behind a signal or a measure they stay as long as that."""
    with unit(ACTIE, write=False) as uow:
        codes = municipalities_with_photos(uow)
    for code in codes:
        _page(unit, lambda uow, after, code=code: _photos(uow, code, after))  # type: ignore[misc]  # as above


def _page(unit: UnitFactory, part: Callable[[UnitOfWork, UUID | None], UUID | None]) -> None:
    after: UUID | None = None
    while True:
        with unit(ACTIE) as uow:
            after = part(uow, after)
        if after is None:
            return


def _with_their_signals(uow: UnitOfWork, after: UUID | None) -> UUID | None:
    """Confidential answers go with the content of the signal that they stood behind."""
    day = retention_day(uow)
    found = [] if day is None else controls_to_clean(uow, after, repository.REWRITTEN)
    if day is None or not found:
        return None
    still = behind_signal(uow, [controle_id for _, controle_id in found])
    gone: dict[str, set[UUID]] = {}
    for _, controle_id in found:
        controle = None if controle_id in still else repository.locked(uow.session, controle_id)
        if controle is not None and controle.vertrouwelijk_verwijderd_op is None:
            forget_confidential_answers(uow, controle)
            controle.vertrouwelijk_verwijderd_op = day
            gone.setdefault(controle.gemeentecode, set()).add(controle.id)
    let_go_control(uow, [signaal_id for signaal_id, _ in found])
    for code, ids in gone.items():
        report_removal(uow, code, Recordsoort.VERTROUWELIJK, BIJ_SIGNAAL, ids, day)
    return found[-1][0]


def _clean(uow: UnitOfWork, soort: Bewaarsoort, gemeentecode: str, after: UUID | None) -> UUID | None:
    day = retention_day(uow)
    if day is None:
        return None
    limit, term = passed_before(uow, gemeentecode, soort.norm, day)
    if limit is None:
        return None
    rows = repository.due(uow.session, gemeentecode, soort.merk, limit, after, sealed=soort.verzegeld)
    if not rows:
        return None
    kept = _kept(uow, [row.id for row in rows], maatregel=soort.maatregel)
    gone = []
    for controle in rows:
        if controle.id not in kept:
            soort.werk(uow, controle)
            setattr(controle, soort.merk, day)
            gone.append(controle.id)
    report_removal(uow, gemeentecode, soort.soort, term, gone, day)
    return rows[-1].id


def _photos(uow: UnitOfWork, gemeentecode: str, after: UUID | None) -> UUID | None:
    day = retention_day(uow)
    if day is None:
        return None
    limit, term = passed_before(uow, gemeentecode, Normsleutel.FOTO_BEWAREN_MAANDEN, day)
    if limit is None:
        return None
    moment = start_of_day(limit)
    found = controls_with_photos(uow, gemeentecode, moment, after, repository.REWRITTEN)
    if not found:
        return None
    kept = _kept(uow, found, maatregel=True)
    gone = [nr for controle_id in found if controle_id not in kept for nr in remove_photos(uow, controle_id, moment)]
    report_removal(uow, gemeentecode, Recordsoort.FOTO, term, gone, day)
    return found[-1]


def _kept(uow: UnitOfWork, controles: Sequence[UUID], *, maatregel: bool) -> set[UUID]:
    """Controls that a signal, or where it counts a measure, keeps."""
    kept = behind_signal(uow, controles)
    if maatregel:
        kept |= _under_measure(uow, set(controles) - kept)
    return kept


def _under_measure(uow: UnitOfWork, controles: Collection[UUID]) -> set[UUID]:
    of_control = finding_ids_of(uow, controles)
    resting = measures_rest_on(uow, [nr for found in of_control.values() for nr in found])
    return {controle_id for controle_id, found in of_control.items() if found & resting}
