"""Rows of the stock as exports take them: plain values in columns, no record behind them, so that many cost little. Ids are text."""

from datetime import date
from typing import NamedTuple

from app.objecten.rules.openingstijden import Openingstijden
from app.objecten.status import Objectstatus, Objecttype, Risicostatus, Vergunningsoort, Vergunningstatus


class ObjectRij(NamedTuple):
    """An object with its address; `x` and `y` in RD."""

    id: str
    gemeentecode: str
    nummer: str
    type: Objecttype
    naam: str
    straat: str
    huisnummer: int
    huisletter: str
    toevoeging: str
    postcode: str
    woonplaats: str
    bag_id: str | None
    x: float | None
    y: float | None
    wijkcode: str | None
    buurtcode: str | None
    kvk_nummer: str | None
    sector: str | None
    capaciteit: int | None
    openingstijden: Openingstijden | None
    status: Objectstatus
    bron: str


class VergunningRij(NamedTuple):
    """A permit; its place is asked for by `object_id`."""

    id: str
    gemeentecode: str
    object_id: str
    soort: Vergunningsoort
    nummer: str
    status: Vergunningstatus
    geldig_vanaf: date
    geldig_tot: date | None
    leidinggevendenbijlage: str | None
    bron: str
    verdwenen_op: date | None


class RisicoRij(NamedTuple):
    """A risk address as it stands today: an expired one is `vervallen`; its place is asked for by `object_id`."""

    id: str
    gemeentecode: str
    object_id: str
    reden: str
    bron: str
    in_beeld_op: date
    herzien_op: date
    vervalt_op: date | None
    controle_voor: date
    status: Risicostatus
    bezocht_op: date | None
    te_laat: bool


class Vergunningstand(NamedTuple):
    """What an export tells of the permits, business plan and Bibob test of one object: the latest of each."""

    soort: Vergunningsoort | None = None
    nummer: str | None = None
    geldig_vanaf: date | None = None
    geldig_tot: date | None = None
    planversie: str | None = None
    plan_goedgekeurd_op: date | None = None
    getoetst_op: date | None = None
