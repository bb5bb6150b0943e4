"""The accounts that the demo's sign-in page shows."""

from collections.abc import Callable, Sequence

from app.core.auth.demo_idp.provider import DemoAccount
from app.core.db import Database
from app.gemeenten.accounts import active_functions
from demo.gemeente import CODE


def demo_account_list(database: Database) -> Callable[[], Sequence[DemoAccount]]:
    """The accounts of the database, for the sign-in page of the demo."""

    def current() -> list[DemoAccount]:
        found = active_functions(database, CODE)
        return [DemoAccount(sub=one.sub, naam=one.functie, rol=", ".join(one.rollen)) for one in found]

    return current
