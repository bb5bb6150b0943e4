"""Bodies and records of an invented stock, for the tests of the stock and of what builds on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from app.core.caller import system_caller
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.tables import Norm
from app.objecten.schemas.objecten import AdresInput, ObjectCreate, ObjectRead
from app.objecten.service import objecten
from app.objecten.status import Objecttype
from geo.crs import Crs
from tests.support.municipality import STAD

DOM = {"type": "Point", "coordinates": [155000.0, 463000.0]}
RD = {"Content-Crs": f"<{Crs.RD.value}>"}


def address_body(number: int = 1, **changes: object) -> dict[str, Any]:
    """An address of Voorbeeldstad, in RD."""
    return {
        "straat": "Voorbeeldkade",
        "huisnummer": number,
        "postcode": "9901 AB",
        "woonplaats": "Voorbeeldstad",
        "punt": {"type": "Point", "coordinates": [155000.0 + number, 463000.0]},
        **changes,
    }


def object_body(number: int = 1, **changes: object) -> dict[str, Any]:
    """A horeca object of Voorbeeldstad."""
    return {
        "gemeentecode": STAD,
        "nummer": f"O-{number:05d}",
        "type": "HOR",
        "naam": f"Zaak {number}",
        "adres": address_body(number),
        "bron": "register",
        **changes,
    }


def make_object(
    uow: UnitOfWork, soort: Objecttype, number: int = 1, gemeentecode: str = STAD, **changes: object
) -> ObjectRead:
    """A stored object, as `add_object` gives it."""
    data = ObjectCreate.model_validate(
        {
            "gemeentecode": gemeentecode,
            "nummer": f"{soort}-{number:05d}",
            "type": soort,
            "naam": f"Zaak {number}",
            "adres": AdresInput.model_validate(address_body(number)),
            "bron": "register",
            **changes,
        }
    )
    return objecten.add_object(uow, data, Crs.RD)


def set_norm(uow: UnitOfWork, key: str, value: float, gemeentecode: str = STAD) -> None:
    """A norm that has long held."""
    uow.session.add(
        Norm(
            id=new_id(),
            gemeentecode=gemeentecode,
            sleutel=key,
            waarde=value,
            eenheid="",
            geldig_vanaf=date(2000, 1, 1),
            bron="proef",
        )
    )
    uow.session.flush()


@contextmanager
def on_day(runtime: Runtime, day: date) -> Iterator[UnitOfWork]:
    """A unit of work of the service itself at noon of a day."""
    with runtime.unit(system_caller(), "test", str(new_id()), write=True) as uow:
        uow.now = datetime(day.year, day.month, day.day, 11, tzinfo=UTC)
        yield uow


def yesterday() -> date:
    """Yesterday in UTC; early enough for every time zone."""
    return datetime.now(UTC).date() - timedelta(days=1)
