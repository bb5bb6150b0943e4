"""Search by address, name, permit number or KvK number; never by reason or use (REG-05)."""

import re

from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork
from app.objecten.repository import objecten as repository
from app.objecten.rules.adressen import parse_huisnummer, split_address_line
from app.objecten.rules.nummers import parse_postcode
from app.objecten.schemas.filters import Objectfilter, Zoekwoorden
from app.objecten.schemas.objecten import ObjectRead, Zoekvraag
from app.objecten.service.objecten import show_objects
from geo.crs import Crs

_POSTCODE = re.compile(r"(?P<postcode>\d{4} ?[A-Za-z]{2})(?:[ ,]+(?P<huisnummer>\d.*))?", re.ASCII)


def search_objects(uow: UnitOfWork, data: Zoekvraag, page: Paging, crs: Crs) -> list[ObjectRead]:
    """One object more than a page that fits the words, in the order of municipality and number."""
    filters = Objectfilter(gemeentecode=data.gemeentecode)
    found = repository.list_objects(uow.session, uow.caller, filters, page, read_words(data.tekst))
    return show_objects(found, crs)


def read_words(text: str) -> Zoekwoorden:
    """Understands `1234 AB 12`, `Voorbeeldkade 27`, a number, or a part of a name or street."""
    words = " ".join(text.split())
    found = _POSTCODE.fullmatch(words)
    try:
        if found is not None:
            number = found["huisnummer"]
            return Zoekwoorden(
                heel=words,
                postcode=parse_postcode(found["postcode"]),
                huisnummer=None if number is None else parse_huisnummer(number).nummer,
            )
        street, at = split_address_line(words)
        return Zoekwoorden(heel=words, straat=street, huisnummer=at.nummer)
    except ValueError:
        # No address after all: digits make it a number or a name, letters alone may be a street.
        has_digit = any(letter.isdigit() for letter in words)
        return Zoekwoorden(heel=words, straat=None if has_digit else words)
