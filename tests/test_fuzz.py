"""Schema-driven fuzz of every operation over real HTTP: no answer of 500 and up, nothing the description does not know (F22).

The normal run tries a bounded number of cases per operation; `./run bench F22` goes on to 20,000 on each database.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import CheckFunction
from schemathesis.core.result import Ok
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.gemeenten.rules.rechten import RECHTEN
from tests.support.databases import KINDS, Templates, settings_for
from tests.support.description import description
from tests.support.issuer import Issuer
from tests.support.municipality import ACCOUNTS
from tests.support.service import Service, running

CASES = int(os.environ.get("VELDWACHT_FUZZ_CASES", "12"))
CHECKS: list[CheckFunction] = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")


@cache
def _schema() -> BaseSchema:
    return schemathesis.openapi.from_dict(description())


@cache
def _operations() -> dict[str, Any]:
    found: list[Any] = [result.ok() for result in _schema().get_all_operations() if isinstance(result, Ok)]
    return {operation.definition.raw["operationId"]: operation for operation in found}


@pytest.fixture(scope="module")
def fuzzed(
    templates: Templates, issuer: Issuer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Service]]:
    """One service on each kind of database for all cases, with the small municipality in it."""
    with ExitStack() as stack:
        services = {}
        for kind in KINDS:
            url = stack.enter_context(templates.database(kind, filled=True))
            folder = tmp_path_factory.mktemp("fuzz")
            chosen = settings_for(url, folder, oidc_issuer=issuer.url, account_cache_seconds=30, log_level="ERROR")
            services[kind] = stack.enter_context(running(chosen, issuer))
        yield services


def _caller_for(operation_id: str) -> str:
    rollen = RECHTEN[operation_id].rollen
    return next(sub for sub, (_, has, _) in ACCOUNTS.items() if not rollen or rollen & set(has))


@pytest.mark.parametrize("operation_id", sorted(RECHTEN))
def test_no_case_breaks_the_service(fuzzed: dict[str, Service], operation_id: str) -> None:
    """Each case goes to the service on each kind of database.

    Making a case costs more than sending it, and making the first ones of all operations takes twenty seconds. That is why each
    operation is prepared where its test runs, and not, as `schema.parametrize` does, in every process that lists the tests.
    """
    session = requests.Session()
    session.trust_env = False  # it would look through the environment for a proxy at each request
    session.headers.clear()

    @settings(
        max_examples=CASES,
        deadline=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def try_case(case: schemathesis.Case[Any]) -> None:
        for kind, service in fuzzed.items():
            try:
                response = case.call(base_url=f"{service.url}/v1", headers=headers, session=session)
                session.cookies.clear()
                case.validate_response(response, checks=CHECKS)
            except Exception as failure:
                failure.add_note(f"The service stood on {kind}.")
                raise

    token = next(iter(fuzzed.values())).issuer.token(_caller_for(operation_id))
    headers = {"Authorization": f"Bearer {token}"}
    run = build_operation_test(
        config=_schema().config,
        operation=_operations()[operation_id],
        test_func=try_case,
        given_kwargs={},
        feedback=FeedbackSources(),
    )
    with session:
        run()
