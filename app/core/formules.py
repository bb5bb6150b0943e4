"""Values that a spreadsheet would run as a formula, made safe for a CSV file and read back (OWASP: CSV injection).

The two are each other's inverse, so that a file can go out and come in again unchanged.
"""

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def guard(value: str) -> str:
    """The value with an apostrophe before it when a spreadsheet would run it."""
    return "'" + value if _FORMULA.match(value) else value


def unguard(value: str) -> str:
    """The value as it was before `guard`."""
    return value[1:] if value.startswith("'") and _FORMULA.match(value) else value
