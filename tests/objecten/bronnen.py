"""Answers of the sources for addresses of Voorbeeldstad, in the recorded shapes, and what the tests of the adapters share."""

import json
from pathlib import Path
from typing import Any

from app.core.runtime import Runtime
from app.core.settings import Settings
from app.objecten.service.bronnen import Bronnen
from tests.support.bronserver import Bronserver

RECORDED = Path(__file__).parent / "data" / "opgenomen"
KEY = "proefsleutel-7f3a"
FAST = {
    "outside_seconds": 4,
    "outside_attempts": 2,
    "outside_rest_seconds": 60,
    "outside_failures": 3,
    "outside_max_bytes": 256 * 1024,
    "locatieserver_per_second": 50,
    "bag_api_per_second": 50,
    "kvk_api_per_second": 50,
}


def recorded(name: str) -> dict[str, Any]:
    """An answer as it came once."""
    document: dict[str, Any] = json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))
    return document


def at(settings: Settings, server: Bronserver, **changes: object) -> Settings:
    """Settings with which the sources are asked at this server, with keys and little patience."""
    places = {f"{source}_url": server.url for source in ("locatieserver", "bag_api", "kvk_api")}
    return Settings.model_validate({**settings.model_dump(), **places, **FAST, "kvk_api_key": KEY, **changes})


def sources(runtime: Runtime, settings: Settings) -> Bronnen:
    """The sources as the worker has them."""
    return Bronnen.of(settings, runtime.system_unit)


def envelope(*docs: dict[str, Any], found: int | None = None) -> dict[str, Any]:
    """An answer of the Locatieserver."""
    return {"response": {"numFound": len(docs) if found is None else found, "start": 0, "docs": list(docs)}}


def doc(number: int = 1, x: float = 155100.0, y: float = 463000.0, **changes: object) -> dict[str, Any]:
    """A document of the Locatieserver: Voorbeeldkade in Voorbeeldstad."""
    return {
        **recorded("locatieserver-amstel-1")["response"]["docs"][0],
        "straatnaam": "Voorbeeldkade",
        "straatnaam_verkort": "Voorbeeldkd",
        "huisnummer": number,
        "postcode": "9901AB",
        "woonplaatsnaam": "Voorbeeldstad",
        "gemeentecode": "9901",
        "nummeraanduiding_id": f"990120{number:010}",
        "adresseerbaarobject_id": f"990101{number:010}",
        "centroide_rd": f"POINT({x} {y})",
        **changes,
    }


def hal(*addresses: dict[str, Any]) -> dict[str, Any]:
    """An answer of the BAG API."""
    return {"_embedded": {"adressen": list(addresses)}, "_links": {"self": {"href": "https://bag.example/"}}}


def bag_address(number: int = 1, **changes: object) -> dict[str, Any]:
    """An `adresuitgebreid` of the BAG API: Voorbeeldkade in Voorbeeldstad."""
    plain = recorded("bag-keizersgracht-117")["_embedded"]["adressen"][0]
    place = recorded("bag-verblijfsobject")["verblijfsobject"]
    return {
        **{name: value for name, value in plain.items() if name != "huisletter"},
        "openbareRuimteNaam": "Voorbeeldkade",
        "korteNaam": "Voorbeeldkd",
        "huisnummer": number,
        "postcode": "9901AB",
        "woonplaatsNaam": "Voorbeeldstad",
        "nummeraanduidingIdentificatie": f"990120{number:010}",
        "adresseerbaarObjectIdentificatie": f"990101{number:010}",
        "adresseerbaarObjectGeometrie": {"punt": {"type": "Point", "coordinates": [155200.0, 463000.0, 0]}},
        "adresseerbaarObjectStatus": place["status"],
        "gebruiksdoelen": place["gebruiksdoelen"],
        "oppervlakte": place["oppervlakte"],
        "indicatieNevenadres": False,
        **changes,
    }
