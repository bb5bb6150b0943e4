"""The outside sources as they are set up: which are on, how often they may be asked (ADR 0014)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from app.core.jobs import UnitFactory
from app.core.settings import Settings
from app.core.sources import Gate, Limits
from app.objecten.adapters import bag_api
from app.objecten.adapters.bag_api import BagApi
from app.objecten.adapters.kvk_api import KvkApi
from app.objecten.adapters.locatieserver import Locatieserver
from app.objecten.adapters.uitgaand import Bronfout, BronOnbegrijpelijk, Toegang, Uitgang
from app.objecten.schemas.adressen import BronRead
from app.objecten.status import Bronantwoord

LOCATIESERVER, BAG, KVK = "locatieserver", "bag", "kvk"
NAMES = {LOCATIESERVER: "De PDOK Locatieserver", BAG: "De BAG van het Kadaster", KVK: "Het Handelsregister van KVK"}


@dataclass
class Bronnen:
    """The sources that are on; None is off. For one thread at a time; close it when done."""

    locatieserver: Locatieserver | None = None
    bag: BagApi | None = None
    kvk: KvkApi | None = None
    _ways: list[Uitgang] = field(default_factory=list, repr=False)

    @classmethod
    def of(cls, settings: Settings, units: UnitFactory, attempts: int | None = None) -> Self:
        """The sources by the settings.

        Args:
            settings: addresses, keys and limits.
            units: opens the short transactions in which calls are counted; of the service itself.
            attempts: calls before giving up; somebody who waits at a screen gets one.
        """
        made = cls()

        def way(code: str, url: str, headers: Mapping[str, str], per_second: float, per_day: int | None) -> Uitgang:
            proxy = settings.outside_proxy.get_secret_value() or None
            reach = Toegang(
                naam=NAMES[code],
                url=url,
                headers=headers,
                seconds=settings.outside_seconds,
                attempts=attempts or settings.outside_attempts,
                max_bytes=settings.outside_max_bytes,
                proxy=proxy,
            )
            limits = Limits(per_second, per_day, settings.outside_failures, settings.outside_rest_seconds)
            made._ways.append(Uitgang(reach, Gate(units, code, limits)))
            return made._ways[-1]

        if settings.locatieserver_enabled:
            made.locatieserver = Locatieserver(
                way(LOCATIESERVER, settings.locatieserver_url, {}, settings.locatieserver_per_second, None)
            )
        if key := settings.bag_api_key.get_secret_value():
            headers = {**bag_api.HEADERS, "x-api-key": key}
            made.bag = BagApi(
                way(BAG, settings.bag_api_url, headers, settings.bag_api_per_second, settings.bag_api_per_day)
            )
        if key := settings.kvk_api_key.get_secret_value():
            made.kvk = KvkApi(way(KVK, settings.kvk_api_url, {"apikey": key}, settings.kvk_api_per_second, None))
        return made

    def close(self) -> None:
        """Closes all connections."""
        for way in self._ways:
            way.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def asked(code: str) -> BronRead:
    """The source answered."""
    return BronRead(bron=code, stand=Bronantwoord.GEVRAAGD, melding=None)


def not_asked(code: str, why: str) -> BronRead:
    """There was no need or no way to ask."""
    return BronRead(bron=code, stand=Bronantwoord.NIET_GEVRAAGD, melding=why)


def switched_off(code: str) -> BronRead:
    """The source is not set up here."""
    return BronRead(bron=code, stand=Bronantwoord.UIT, melding=f"{NAMES[code]} is hier niet ingesteld.")


def failed(code: str, fault: Bronfout) -> BronRead:
    """The source did not give what was asked."""
    kind = Bronantwoord.ONBEGRIJPELIJK if isinstance(fault, BronOnbegrijpelijk) else Bronantwoord.ONBEREIKBAAR
    return BronRead(bron=code, stand=kind, melding=fault.melding)
