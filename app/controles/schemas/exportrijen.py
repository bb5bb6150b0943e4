"""A control as exports take it: no answer, outcome, score or free text can stand in it (PLN-19, DAT-13)."""

from datetime import date, datetime
from typing import NamedTuple

from app.controles.status import Aanleiding, Controlestatus


class ControleRij(NamedTuple):
    """A control; its place is asked for by `object_id`. `reden` is a code, and only of an attempt."""

    id: str
    gemeentecode: str
    object_id: str
    team_id: str | None
    status: Controlestatus
    datum: date
    aanvang: int | None
    duur: int
    aanleiding: Aanleiding
    aangekondigd: bool
    integraal: bool
    gestart_op: datetime | None
    afgerond_op: datetime | None
    binnen: bool
    reden: str | None
