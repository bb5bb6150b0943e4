"""Routes, table of rights and API description name the same operations; the role × operation matrix holds over real HTTP (ADR 0012)."""

import re
from uuid import uuid4

from app.gemeenten.rules.rechten import RECHTEN, planning, signalen, veld, voorraad
from app.gemeenten.rules.rollen import Rol
from tests.support.description import operations
from tests.support.municipality import ACCOUNTS
from tests.support.service import Service


def test_every_operation_has_a_row_and_every_row_an_operation() -> None:
    assert set(operations()) == set(RECHTEN)


def test_role_by_operation_matrix(service: Service) -> None:
    """Each role on each operation: refused exactly when its row says so, and never let in without sign-in."""
    wrong: list[str] = []
    by_role = {rollen[0]: sub for sub, (_, rollen, _) in reversed(ACCOUNTS.items())}
    for operation, (method, path) in operations().items():
        recht = RECHTEN[operation]
        url = re.sub(r"\{[^}]+\}", str(uuid4()), path)
        body: dict[str, str] | None = {} if method in {"post", "put", "patch"} else None
        anonymous = service.anonymous().request(method, f"/v1{url}", json=body).status_code
        if recht.openbaar != (anonymous not in {401, 415}):
            wrong.append(f"{operation} anonymous: {anonymous}")
        for rol in Rol:
            if rol not in by_role or recht.openbaar:
                continue
            status = service.as_(by_role[rol]).request(method, url, json=body).status_code
            allowed = not recht.rollen or rol in recht.rollen
            if (status == 403) == allowed and status != 415:
                wrong.append(f"{operation} as {rol}: {status}")
    assert wrong == []


def test_no_part_of_the_table_hides_a_row_of_another() -> None:
    parts = (voorraad.RECHTEN, signalen.RECHTEN, veld.RECHTEN, planning.RECHTEN)
    assert sum(map(len, parts)) == len(RECHTEN)
