"""The accounts that the demo's sign-in page shows."""

from collections.abc import Callable, Sequence

from app.core.auth.demo_idp.provider import DemoAccount
from app.core.db import Database
from app.gemeenten.accounts import active_functions
from demo.buurgemeente import BUREN
from demo.buurgemeente import CODE as BUUR
from demo.gemeente import CODE, ROLLEN

ORDER = {row[0]: place for place, row in enumerate((*ROLLEN, *BUREN))}
TASK = {row[0]: row[-1] for row in (*ROLLEN, *BUREN)}
"""What each invented account is for; says more than the name of its role, which the account's own name gives already."""


def demo_account_list(database: Database) -> Callable[[], Sequence[DemoAccount]]:
    """The accounts of the database, for the sign-in page of the demo."""

    def current() -> list[DemoAccount]:
        everybody = [one for code in (CODE, BUUR) for one in active_functions(database, code)]
        found = sorted(everybody, key=lambda one: ORDER.get(one.sub, len(ORDER)))
        return [
            DemoAccount(sub=one.sub, naam=one.functie, rol=TASK.get(one.sub, ", ".join(one.rollen))) for one in found
        ]

    return current
