"""Alignment with police and OM: ask, answer, read the cause; what it means for release stands in `vrijgave.py` (PLN-01).

No answer changes a version, a list or an event that others see, except that a visit is up to the planner again: exactly what a
planner's own hold does.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from app.controles.errors import AfstemmingNotFound
from app.controles.repository import afstemmingen as repository
from app.controles.rules.afstemming import Antwoord, agreed_until, latest_answers, needs_release
from app.controles.rules.levensloop import OVERGANGEN
from app.controles.status import Afstemantwoord, Afstemmer
from app.controles.tables import Afstemming, Controle
from app.core.errors import Forbidden
from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.normsleutels import Normsleutel
from app.gemeenten.rules.rollen import AFSTEMMERS, Rol
from app.gemeenten.service.accounts import accounts_with_role
from app.gemeenten.service.berichten import notify
from app.gemeenten.service.normen import norm_value
from app.objecten.service.objecten import objects_by_ids
from app.objecten.status import Objecttype

VELD = "antwoorden"
ROL_VAN = {Rol.AFSTEMMER_POLITIE: Afstemmer.POLITIE, Rol.AFSTEMMER_OM: Afstemmer.OM}


def ask(uow: UnitOfWork, gemeentecode: str, bezoeken: Iterable[tuple[UUID, date]]) -> None:
    """Asks police and OM about visits to objects on dates; what was asked before stands as it is.

    Another date is another question. They hear only that there is something to look at.
    """
    rows = [
        Afstemming(
            gemeentecode=gemeentecode,
            object_id=object_id,
            datum=datum,
            gevraagd_op=uow.now,
            gevraagd_door=uow.caller.account_id,
        )
        for object_id, datum in sorted(set(bezoeken))
    ]
    new = repository.add_new(uow.session, rows)
    if not new:
        return
    for rol in sorted(AFSTEMMERS):
        accounts = [account.id for account in accounts_with_role(uow, gemeentecode, rol, uow.today)]
        if accounts:
            notify(uow, gemeentecode, accounts, min(new), "afstemmen")


def ask_if_needed(uow: UnitOfWork, controle: Controle, objecttype: Objecttype) -> None:
    """Asks about one control when it may go out only after release, such as that of a risk address between rounds (CAD-06)."""
    if waits_for_release(controle, objecttype, seks_apart=stands_alone(uow, controle.gemeentecode)):
        ask(uow, controle.gemeentecode, [(controle.object_id, controle.datum)])


def list_questions(uow: UnitOfWork, paging: Paging) -> Sequence[Afstemming]:
    """Questions to the caller's service: visits from today on that an answer now still covers; one more than a page."""
    days = norm_value(uow, uow.caller.gemeentecode, Normsleutel.AFSTEMMING_GELDIG_DAGEN, uow.today)
    last = None if days is None else uow.today + timedelta(days=int(days))
    return repository.page(uow.session, uow.caller, paging, uow.today, last)


def own_answers(uow: UnitOfWork, rows: Sequence[Afstemming]) -> dict[UUID, Antwoord | None]:
    """What the caller's own service answered last, per question."""
    wie = caller_speaks_for(uow)
    uow.load_data_keys(row.id for row in rows if row.antwoorden is not None)
    return {row.id: latest_answers(answers_of(uow, row)).get(wie) for row in rows}


def list_agreements(uow: UnitOfWork, paging: Paging, van: date | None, tot: date | None) -> Sequence[Afstemming]:
    """Questions as planners see them, by date; one more than a page."""
    return repository.page(uow.session, uow.caller, paging, van or uow.today, tot)


def answer_question(uow: UnitOfWork, afstemming_id: UUID, antwoord: Afstemantwoord) -> Afstemming:
    """Answers for the caller's service; a later answer goes before an earlier one.

    Raises:
        AfstemmingNotFound: unknown or not visible.
    """
    return _answer(uow, afstemming_id, caller_speaks_for(uow), antwoord)


def record_answer(uow: UnitOfWork, afstemming_id: UUID, wie: Afstemmer, antwoord: Afstemantwoord) -> Afstemming:
    """Records an answer at a desk: a planner his own hold, the lead planner also what police or OM said.

    Raises:
        AfstemmingNotFound: unknown or not visible.
        Forbidden: a planner speaks for himself only.
    """
    if wie is not Afstemmer.PLANNER and not uow.caller.has(Rol.HOOFDPLANNER):
        raise Forbidden("Alleen de hoofdplanner legt een antwoord van politie of OM vast.")
    return _answer(uow, afstemming_id, wie, antwoord)


def read_cause(uow: UnitOfWork, afstemming_id: UUID) -> list[Antwoord]:
    """Who answered what, oldest first; reading it is logged, whatever it says.

    Raises:
        AfstemmingNotFound: unknown or not visible.
    """
    row = _require(uow, afstemming_id)
    uow.audit("afstemming", row.id, row.gemeentecode)
    return answers_of(uow, row)


def answers_of(uow: UnitOfWork, row: Afstemming) -> list[Antwoord]:
    """The sealed answers of a question, oldest first."""
    if row.antwoorden is None:
        return []
    return [
        Antwoord(Afstemmer(wie), Afstemantwoord(antwoord), datetime.fromisoformat(op), account)
        for wie, antwoord, op, account in json.loads(uow.unseal(row.id, VELD, row.antwoorden))
    ]


def caller_speaks_for(uow: UnitOfWork) -> Afstemmer:
    """The service whose account this is.

    Raises:
        Forbidden: the account is of no service that answers.
    """
    for rol, wie in ROL_VAN.items():
        if uow.caller.has(rol):
            return wie
    raise Forbidden("Uw account hoort niet bij een dienst die deze vraag beantwoordt.")


def stands_alone(uow: UnitOfWork, gemeentecode: str) -> bool:
    """Whether regular controls of licensed establishments need release as well: there is no standing agreement today."""
    return bool(norm_value(uow, gemeentecode, Normsleutel.AFSTEMMING_SEKS_APART, uow.today))


def waits_for_release(controle: Controle, objecttype: Objecttype, *, seks_apart: bool) -> bool:
    """Whether this control may go out only after release."""
    return needs_release(controle.aanleiding, objecttype, in_actie=controle.actie_id is not None, seks_apart=seks_apart)


def _answer(uow: UnitOfWork, afstemming_id: UUID, wie: Afstemmer, antwoord: Afstemantwoord) -> Afstemming:
    row = _require(uow, afstemming_id, lock=True)
    answers = [*answers_of(uow, row), Antwoord(wie, antwoord, uow.now, str(uow.caller.account_id))]
    text = json.dumps([[one.wie, one.antwoord, one.op.isoformat(), one.account] for one in answers])
    days = norm_value(uow, row.gemeentecode, Normsleutel.AFSTEMMING_GELDIG_DAGEN, uow.today)
    row.antwoorden = uow.seal(row.id, VELD, text)
    row.akkoord_tot = agreed_until(answers, days)
    _hold_back(uow, row)
    uow.session.flush()
    uow.audit("afstemming", row.id, row.gemeentecode)
    return row


def _hold_back(uow: UnitOfWork, row: Afstemming) -> None:
    """Takes back the release of a visit that not everybody agrees with any more; nothing that started already."""
    if row.akkoord_tot is not None and row.akkoord_tot >= row.datum:
        return
    seks_apart = stands_alone(uow, row.gemeentecode)
    overgang = OVERGANGEN["aanhouden"]
    visits = repository.released_visits(uow.session, row.object_id, row.datum)
    plekken = objects_by_ids(uow, {row.object_id}) if visits else {}
    for controle in visits:
        plek = plekken.get(controle.object_id)
        if plek is not None and waits_for_release(controle, plek.type, seks_apart=seks_apart):
            controle.status = overgang.naar
            controle.versie += 1


def _require(uow: UnitOfWork, afstemming_id: UUID, *, lock: bool = False) -> Afstemming:
    row = repository.find(uow.session, uow.caller, afstemming_id, lock=lock)
    if row is None:
        raise AfstemmingNotFound
    return row
