"""The number under which a report names an inspector; never a name (RPT-01, DAT-08)."""

import re
from uuid import UUID

_NUMBER = re.compile(r"\d{1,8}", re.ASCII)


def inspector_number(functie: str, account_id: UUID) -> str:
    """The number in the name of a function account ("Toezichthouder 12" is 12), or else a short reference of the account.

    Only digits of the function go into a report, so that a name that somebody wrote there all the same stays out of it.
    """
    found = _NUMBER.findall(functie)
    return found[-1] if found else account_id.hex[-6:].upper()
