"""The sealed answer to a question about a measure."""

import json
from dataclasses import dataclass

from app.core.unit_of_work import UnitOfWork
from app.maatregelen.status import Afstemreden
from app.maatregelen.tables import Maatregelafstemming

VELD = "antwoord"


@dataclass(frozen=True)
class Antwoord:
    """What was known and said when the AF answered."""

    redenen: list[Afstemreden]
    toelichting: str | None


def read_answer(uow: UnitOfWork, asked: Maatregelafstemming) -> Antwoord:
    """The answer; empty when there is none. Who calls answers for who sees it."""
    if asked.antwoord is None:
        return Antwoord([], None)
    told = json.loads(uow.unseal(asked.id, VELD, asked.antwoord))
    return Antwoord([Afstemreden(one) for one in told["redenen"]], told["toelichting"])


def seal_answer(uow: UnitOfWork, asked: Maatregelafstemming, antwoord: Antwoord) -> None:
    """Stores the answer in place of an earlier one; the events of the measure keep when each was given."""
    told = {"redenen": sorted(antwoord.redenen), "toelichting": antwoord.toelichting, "op": uow.now.isoformat()}
    told["account"] = str(uow.caller.account_id)
    asked.antwoord = uow.seal(asked.id, VELD, json.dumps(told, ensure_ascii=False))
