"""The PDOK Locatieserver: where an address lies; needs no key (B7).

A query parameter that it does not know is answered with 400, so only those of its own description are sent.
"""

import re
from typing import Any

from pydantic import BaseModel, Field

from app.objecten.adapters.uitgaand import Antwoord, BronOnbegrijpelijk, Uitgang, read_as
from app.objecten.rules.bronadres import Bronadres
from geo.crs import Punt, check_rd, wgs84_to_rd
from geo.faults import GeoFault

_FIELDS = (
    "type,straatnaam,straatnaam_verkort,huisnummer,huisletter,huisnummertoevoeging,postcode,woonplaatsnaam,gemeentecode,"
    "nummeraanduiding_id,adresseerbaarobject_id,centroide_rd,centroide_ll"
)
_ROWS = 100
_PAGES = 5
_POINT = re.compile(r"\s*POINT\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)\s*")
_SEARCH = re.compile(r"[^\w\s'.,-]+")  # anything else is an instruction to the search engine behind it


class _Doc(BaseModel):
    type: str | None = None
    straatnaam: str | None = Field(default=None, max_length=200)
    straatnaam_verkort: str | None = Field(default=None, max_length=200)
    huisnummer: int | None = None
    huisletter: str | None = Field(default=None, max_length=10)
    huisnummertoevoeging: str | None = Field(default=None, max_length=10)
    postcode: str | None = Field(default=None, max_length=7)
    woonplaatsnaam: str | None = Field(default=None, max_length=200)
    gemeentecode: str | None = Field(default=None, pattern=r"^\d{4}$")
    nummeraanduiding_id: str | None = Field(default=None, pattern=r"^\d{16}$")
    adresseerbaarobject_id: str | None = Field(default=None, pattern=r"^\d{16}$")
    centroide_rd: str | None = Field(default=None, max_length=100)
    centroide_ll: str | None = Field(default=None, max_length=100)


class _Response(BaseModel):
    num_found: int = Field(alias="numFound", ge=0)
    docs: list[_Doc]


class _Envelope(BaseModel):
    response: _Response


class Locatieserver:
    """Asks the Locatieserver."""

    def __init__(self, uitgang: Uitgang) -> None:
        self.uitgang = uitgang

    @property
    def naam(self) -> str:
        """The name for a screen."""
        return self.uitgang.toegang.naam

    def addresses_at(self, postcode: str, huisnummer: int) -> list[Bronadres]:
        """All addresses with this postcode and house number, whatever their letter and addition.

        Raises:
            Bronfout: the source did not answer.
        """
        found: list[Bronadres] = []
        filters = [("fq", f"postcode:{postcode}"), ("fq", f"huisnummer:{huisnummer}")]
        for page in range(_PAGES):
            answer = self._free(f"{postcode} {huisnummer}", filters, _ROWS, page * _ROWS)
            found += self._addresses(answer)
            if not answer.docs or answer.num_found <= (page + 1) * _ROWS:
                break
        return found

    def search(self, words: str, rows: int) -> list[Bronadres]:
        """The addresses that fit these words best.

        Raises:
            Bronfout: the source did not answer.
        """
        return self._addresses(self._free(" ".join(_SEARCH.sub(" ", words).split()), [], rows, 0))

    def _free(self, words: str, filters: list[tuple[str, str]], rows: int, start: int) -> _Response:
        answer = self.uitgang.ask(
            "/free",
            [("q", words), ("fq", "type:adres"), *filters, ("fl", _FIELDS), ("rows", rows), ("start", start)],
        )
        return read_as(_Envelope, self._right(answer), self.naam).response

    def _right(self, answer: Antwoord) -> dict[str, Any]:
        if answer.status != 200:
            raise BronOnbegrijpelijk(f"{self.naam} begreep onze vraag niet.")
        return answer.document

    def _addresses(self, answer: _Response) -> list[Bronadres]:
        return [self._address(doc) for doc in answer.docs if doc.type == "adres" and doc.huisnummer is not None]

    def _address(self, doc: _Doc) -> Bronadres:
        return Bronadres(
            straat=doc.straatnaam or "",
            straat_kort=doc.straatnaam_verkort,
            huisnummer=doc.huisnummer or 0,
            huisletter=(doc.huisletter or "").upper(),
            toevoeging=(doc.huisnummertoevoeging or "").upper(),
            postcode=(doc.postcode or "").replace(" ", ""),
            woonplaats=doc.woonplaatsnaam or "",
            gemeentecode=None if doc.gemeentecode is None else f"GM{doc.gemeentecode}",
            bag_id=doc.nummeraanduiding_id,
            adresseerbaar_object_id=doc.adresseerbaarobject_id,
            punt=self._point(doc),
        )

    def _point(self, doc: _Doc) -> Punt | None:
        rd, degrees = (_numbers(text) for text in (doc.centroide_rd, doc.centroide_ll))
        try:
            if rd is not None:
                check_rd(*rd)
                return Punt(*rd)
            return None if degrees is None else Punt(*wgs84_to_rd(*degrees))
        except GeoFault:
            raise BronOnbegrijpelijk(f"{self.naam} gaf een punt buiten Nederland.") from None


def _numbers(text: str | None) -> tuple[float, float] | None:
    found = _POINT.fullmatch(text or "")
    try:
        return None if found is None else (float(found[1]), float(found[2]))
    except ValueError:
        return None
