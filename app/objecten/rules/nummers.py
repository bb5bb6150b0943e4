"""Numbers by which a place is known: KvK, BAG, postcode.

No library of ours knows the KvK number. It has eight digits and no check digit, so that its form is all that can be checked.
"""

import re

from stdnum.exceptions import ValidationError
from stdnum.nl import postcode as dutch_postcode

from app.objecten.status import Objecttype

_KVK = re.compile(r"\d{8}", re.ASCII)
_BAG = re.compile(r"\d{16}", re.ASCII)
_DECIMALS = re.compile(r"(?<=\d{7})[.,]0{1,2}$", re.ASCII)  # a number that went through a spreadsheet or a data frame
_ADDRESS = "20"  # the object type of a nummeraanduiding in a BAG identification (Catalogus BAG 2018, 7.1.1)


def parse_kvk(text: str) -> str:
    """Returns a KvK number of eight digits; spaces and dots are read over.

    Raises:
        ValueError: anything else; the Dutch text is fit for a screen.
    """
    number = re.sub(r"[ .]", "", _DECIMALS.sub("", text.strip()))
    if re.fullmatch(r"\d{5,7}", number, re.ASCII):
        raise ValueError(
            "is geen KvK-nummer; dat heeft acht cijfers. Is vooraan een nul weggevallen, zet die dan terug"
        )
    if not _KVK.fullmatch(number):
        raise ValueError("is geen KvK-nummer; dat heeft acht cijfers")
    return number


def parse_bag_id(text: str) -> str:
    """Returns the identification of a nummeraanduiding: 16 digits as text, leading zeros included (B6).

    Raises:
        ValueError: anything else.
    """
    number = text.strip()
    if not _BAG.fullmatch(number):
        raise ValueError("is geen BAG-kenmerk; dat heeft zestien cijfers")
    if number[4:6] != _ADDRESS:
        raise ValueError("is geen nummeraanduiding; het vijfde en zesde cijfer van een nummeraanduiding zijn 20")
    return number


def parse_postcode(text: str) -> str:
    """Returns a Dutch postcode as it is stored: four digits and two capitals without a space.

    Raises:
        ValueError: no Dutch postcode.
    """
    try:
        number: str = dutch_postcode.validate(text)
    except ValidationError:
        if re.fullmatch(r"\d{4}(?:[.,]0)?", text.strip(), re.ASCII):
            raise ValueError("mist de twee letters; vul de volledige postcode in, bijvoorbeeld 1234 AB") from None
        raise ValueError("is geen Nederlandse postcode, bijvoorbeeld 1234 AB") from None
    return number.replace(" ", "")


# How long a number is by rule, for numbers that a spreadsheet stores as a quantity and so without their leading zeros.
_LENGTHS = {"kvknummer": (8, 1), "vestigingsnummer": (12, 6)}


def restore_zeros(column: str, digits: str) -> str:
    """Puts back the leading zeros of a number that a file holds as a quantity, where its length makes that certain.

    A KvK number may have lost one zero, the number of a branch (`0000...`) more. Text is never completed: a digit may be missing anywhere.

    Args:
        column: The plain name of the column, such as `kvknummer`.
        digits: The digits of the quantity.
    """
    length, most = _LENGTHS.get(column, (0, 0))
    return digits.zfill(length) if length - most <= len(digits) < length else digits


def may_have_kvk(soort: Objecttype) -> bool:
    """Whether an object of this type may carry a KvK number: a dwelling never (REG-05, REG-19)."""
    return soort is not Objecttype.WON


def may_have_sector(soort: Objecttype) -> bool:
    """Whether an object of this type may carry a sector: a dwelling never, it would list dwellings by what is done there (REG-05)."""
    return soort is not Objecttype.WON
