"""The BAG API of Kadaster (individuele bevragingen, version 2): addresses with what is registered of the place behind them (B1 to B6)."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, Field
from shapely.geometry import shape

from app.objecten.adapters.uitgaand import Antwoord, BronOnbegrijpelijk, Params, Uitgang, read_as
from app.objecten.rules.bronadres import Adresvraag, Baggegevens, Bronadres
from geo.crs import Punt, check_rd
from geo.faults import GeoFault

HEADERS = {"accept": "application/hal+json", "accept-crs": "epsg:28992"}
_PAGE_SIZE = 100
_PAGES = 5
_LETTER = re.compile(r"[A-Za-z]?")
_ADDITION = re.compile(r"[0-9A-Za-z]{0,4}")
_ID = r"^\d{16}$"


class _Geometrie(BaseModel):
    punt: dict[str, Any] | None = None
    vlak: dict[str, Any] | None = None


class _Adres(BaseModel):
    openbare_ruimte_naam: str = Field(alias="openbareRuimteNaam", max_length=200)
    korte_naam: str | None = Field(default=None, alias="korteNaam", max_length=200)
    huisnummer: int
    huisletter: str | None = Field(default=None, max_length=10)
    huisnummertoevoeging: str | None = Field(default=None, max_length=10)
    postcode: str | None = Field(default=None, max_length=7)
    woonplaats_naam: str = Field(default="", alias="woonplaatsNaam", max_length=200)
    nummeraanduiding: str = Field(alias="nummeraanduidingIdentificatie", pattern=_ID)
    adresseerbaar_object: str | None = Field(default=None, alias="adresseerbaarObjectIdentificatie", pattern=_ID)
    panden: list[str] = Field(default=[], alias="pandIdentificaties", max_length=1000)
    geometrie: _Geometrie | None = Field(default=None, alias="adresseerbaarObjectGeometrie")
    status: str | None = Field(default=None, alias="adresseerbaarObjectStatus", max_length=100)
    gebruiksdoelen: list[str] = Field(default=[], max_length=20)
    oppervlakte: int | None = Field(default=None, ge=0, le=1_000_000)
    nevenadres: bool = Field(default=False, alias="indicatieNevenadres")
    inonderzoek: dict[str, Any] | None = None


class _Embedded(BaseModel):
    adressen: list[_Adres] = []


class _Links(BaseModel):
    next: dict[str, Any] | None = None


class _Hal(BaseModel):
    embedded: _Embedded = Field(default=_Embedded(), alias="_embedded")
    links: _Links = Field(default=_Links(), alias="_links")


class _Fout(BaseModel):
    status: int
    title: str | None = None


class BagApi:
    """Asks the BAG API."""

    def __init__(self, uitgang: Uitgang) -> None:
        self.uitgang = uitgang

    @property
    def naam(self) -> str:
        """The name for a screen."""
        return self.uitgang.toegang.naam

    def exact_addresses(self, asked: Adresvraag) -> list[Bronadres]:
        """The addresses with exactly this postcode, number, letter and addition; mostly one.

        Raises:
            Bronfout: the source did not answer.
        """
        if not (_LETTER.fullmatch(asked.huisletter) and _ADDITION.fullmatch(asked.toevoeging)):
            return []  # the BAG has no such letter or addition, so that the question would be refused
        parts = [("huisletter", asked.huisletter), ("huisnummertoevoeging", asked.toevoeging)]
        return self._find(
            [
                ("postcode", asked.postcode),
                ("huisnummer", asked.huisnummer),
                *[(name, value) for name, value in parts if value],
                ("exacteMatch", "true"),
            ]
        )

    def addresses_at(self, postcode: str, huisnummer: int) -> list[Bronadres]:
        """All addresses with this postcode and house number, whatever their letter and addition.

        Raises:
            Bronfout: the source did not answer.
        """
        return self._find([("postcode", postcode), ("huisnummer", huisnummer)])

    def address_with_id(self, bag_id: str) -> Bronadres | None:
        """The address with this identification of a nummeraanduiding; None when it does not exist (any more).

        Raises:
            Bronfout: the source did not answer.
        """
        answer = self.uitgang.ask(f"/adressenuitgebreid/{bag_id}")
        if self._is_missing(answer):
            return None
        return self._address(read_as(_Adres, answer.document, self.naam))

    def _find(self, asked: Params) -> list[Bronadres]:
        found: list[Bronadres] = []
        for page in range(1, _PAGES + 1):
            answer = self.uitgang.ask("/adressenuitgebreid", [*asked, ("page", page), ("pageSize", _PAGE_SIZE)])
            if self._is_missing(answer):
                break
            hal = read_as(_Hal, answer.document, self.naam)
            found += [self._address(one) for one in hal.embedded.adressen]
            if hal.links.next is None:
                break
        return found

    def _is_missing(self, answer: Antwoord) -> bool:
        """Whether the source itself says that there is no such address; a stray 404 of a wrong web address says nothing."""
        if answer.status == 200:
            return False
        if answer.status == 404 and read_as(_Fout, answer.document, self.naam).status == 404:
            return True
        raise BronOnbegrijpelijk(f"{self.naam} begreep onze vraag niet.")

    def _address(self, one: _Adres) -> Bronadres:
        return Bronadres(
            straat=one.openbare_ruimte_naam,
            straat_kort=one.korte_naam,
            huisnummer=one.huisnummer,
            huisletter=(one.huisletter or "").upper(),
            toevoeging=(one.huisnummertoevoeging or "").upper(),
            postcode=one.postcode or "",
            woonplaats=one.woonplaats_naam,
            bag_id=one.nummeraanduiding,
            adresseerbaar_object_id=one.adresseerbaar_object,
            punt=self._point(one.geometrie),
            bag=Baggegevens(
                status=one.status,
                gebruiksdoelen=tuple(sorted(one.gebruiksdoelen)),
                oppervlakte=one.oppervlakte,
                pand_id=one.panden[0] if one.panden else None,
                in_onderzoek=any(value is True for value in (one.inonderzoek or {}).values()),
                nevenadres=one.nevenadres,
            ),
        )

    def _point(self, geometry: _Geometrie | None) -> Punt | None:
        if geometry is None:
            return None
        try:
            if geometry.punt is not None:
                place = _first_two(geometry.punt.get("coordinates"))
            elif geometry.vlak is not None:
                inside = shape(geometry.vlak).representative_point()
                place = (float(inside.x), float(inside.y))
            else:
                return None
            check_rd(*place)
        except (GeoFault, ValueError, TypeError, AttributeError, KeyError, IndexError):
            raise BronOnbegrijpelijk(f"{self.naam} gaf een punt dat niet te lezen is.") from None
        return Punt(*place)


def _first_two(coordinates: object) -> tuple[float, float]:
    if not isinstance(coordinates, Sequence) or isinstance(coordinates, str | Mapping):
        raise TypeError
    return float(coordinates[0]), float(coordinates[1])
