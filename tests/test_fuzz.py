"""Schema-driven fuzz of every operation over real HTTP: no answer of 500 and up, nothing the description does not know (F22).

The normal run tries a bounded number of cases per operation; `./run bench F22` goes on to 20,000 on each database.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import CheckFunction
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.core.runtime import Runtime
from app.gemeenten.rules.rechten import RECHTEN
from app.main import create_api
from tests.support.databases import KINDS, Templates, settings_for
from tests.support.issuer import Issuer
from tests.support.municipality import ACCOUNTS, store_municipality
from tests.support.service import Service, running

CASES = int(os.environ.get("VELDWACHT_FUZZ_CASES", "12"))
CHECKS: list[CheckFunction] = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")
schema = schemathesis.openapi.from_dict(create_api().state.describe())


@pytest.fixture(scope="module", params=KINDS)
def fuzzed(
    request: pytest.FixtureRequest, templates: Templates, issuer: Issuer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    """One service for all cases, with the small municipality in it."""
    folder: Path = tmp_path_factory.mktemp("fuzz")
    with templates.database(request.param) as url:
        chosen = settings_for(url, folder, oidc_issuer=issuer.url, account_cache_seconds=30, log_level="ERROR")
        runtime = Runtime.start(chosen)
        with runtime.system_unit("test") as uow:
            store_municipality(uow)
        runtime.stop()
        with running(chosen, issuer) as service:
            yield service


def _caller_for(operation_id: str) -> str:
    rollen = RECHTEN[operation_id].rollen
    return next(sub for sub, (_, has, _) in ACCOUNTS.items() if not rollen or rollen & set(has))


@schema.parametrize()
@settings(
    max_examples=CASES,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_case_breaks_the_service(case: schemathesis.Case[Any], fuzzed: Service) -> None:
    operation = case.operation.definition.raw["operationId"]
    token = fuzzed.issuer.token(_caller_for(operation))
    response = case.call(base_url=f"{fuzzed.url}/v1", headers={"Authorization": f"Bearer {token}"})
    case.validate_response(response, checks=CHECKS)
