"""Function and team data only: no number that follows a person (DAT-08)."""

import re

# 06, +31 6 or 0031 6 and eight digits, with or without blanks, dots and hyphens.
_MOBILE = re.compile(r"(?<!\d)(?:(?:\+|00)31[ .-]?(?:\(0\)[ .-]?)?6|06)(?:[ .-]?\d){8}(?!\d)")

_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z]{2,24}")


def holds_mobile_number(text: str) -> bool:
    """Whether a Dutch mobile number stands in the text."""
    return _MOBILE.search(text) is not None


def search_text(*names: str) -> str:
    """Names folded for search, one per line, each once (ROL-11, DEF-10)."""
    return "\n".join(dict.fromkeys(name.casefold().strip() for name in names if name.strip()))


def mail_address(kanaal: str) -> str | None:
    """The first mail address in the description of a channel, or None."""
    found = _MAIL.search(kanaal)
    return None if found is None else found.group(0)
