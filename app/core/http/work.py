"""The unit of work of a request: signed in, allowed, one transaction, committed before the answer leaves.

FastAPI closes a `yield` dependency after the answer by default; `scope="function"` closes it before (ADR 0005).
`max_concurrency` makes requests wait without holding a thread, so that waiting ones never starve those at work.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from app.core.auth.identity import identify
from app.core.caller import Caller
from app.core.clock import utc_now
from app.core.errors import Conflict, Forbidden, NotFound
from app.core.rights import Recht
from app.core.runtime import Runtime
from app.core.settings import get_settings
from app.core.unit_of_work import UnitOfWork, audit_row

SAFE = {"GET", "HEAD"}


def runtime_of(request: Request) -> Runtime:
    """The runtime of the process that serves this request."""
    runtime: Runtime = request.app.state.runtime
    return runtime


def operation_of(request: Request) -> str:
    """The operation id of the route that matched."""
    operation: str = request.scope["route"].operation_id
    return operation


def authorise(request: Request, runtime: Runtime) -> tuple[Caller, Recht]:
    """The caller and the row of rights for this operation; no row means no access.

    Raises:
        NotSignedIn: no valid session or token.
        Forbidden: the role does not fit; the denial is audited in its own transaction.
    """
    operation = operation_of(request)
    recht: Recht | None = request.app.state.rechten.get(operation)
    caller = identify(request, runtime, request.app.state.accounts)
    if recht is None or (recht.rollen and recht.rollen.isdisjoint(caller.rollen)):
        audit_denial(runtime, caller, request, operation)
        raise Forbidden("Uw rol mag deze handeling niet doen. Vraag de beheerder of uw rollen kloppen.")
    return caller, recht


def audit_denial(runtime: Runtime, caller: Caller, request: Request, operation: str) -> None:
    """Writes a denial in its own transaction."""
    object_id = next(iter(request.path_params.values()), None)
    with runtime.database.session(write=True) as session:
        session.add(audit_row(caller, utc_now(), request.state.request_id, operation, "geweigerd", None, object_id))
        session.commit()


def unit_of_work(request: Request) -> Iterator[UnitOfWork]:
    """One transaction around the path operation."""
    runtime = runtime_of(request)
    caller, recht = authorise(request, runtime)
    write = request.method not in SAFE and not recht.leest
    with (
        noting_refusals(request, runtime, caller, recht),
        runtime.unit(caller, operation_of(request), request.state.request_id, write=write) as uow,
    ):
        yield uow
        if (write or recht.gevoelig) and not uow.audited:
            _audit_operation(uow, request)


Work = Annotated[UnitOfWork, Depends(unit_of_work, scope="function", max_concurrency=get_settings().database_pool)]
# Tablets that come back online deliver for minutes. Two at work keep a processor busy; more would only hold up whoever reads (figure F27).
Intake = Annotated[UnitOfWork, Depends(unit_of_work, scope="function", max_concurrency=get_settings().intake_at_once)]


@dataclass
class Stappen:
    """Units of work of one request, one after another, for a path operation that asks an outside source in between.

    No transaction, connection or write lock is held while the other side lets us wait. What an earlier step committed stays,
    also when a later one is refused.
    """

    runtime: Runtime
    caller: Caller
    request: Request
    audited: bool = False

    @contextmanager
    def __call__(self, action: str, *, write: bool = True) -> Iterator[UnitOfWork]:  # noqa: ARG002 - a `UnitFactory`; in the audit stands the operation
        """A unit of work of the caller, committed when its body ends well."""
        with self.runtime.unit(
            self.caller, operation_of(self.request), self.request.state.request_id, write=write
        ) as uow:
            yield uow
            self.audited = self.audited or bool(uow.audited)


def steps(request: Request) -> Iterator[Stappen]:
    """Signed in and allowed as in `unit_of_work`; the path operation opens its own transactions."""
    runtime = runtime_of(request)
    caller, recht = authorise(request, runtime)
    made = Stappen(runtime, caller, request)
    with noting_refusals(request, runtime, caller, recht):
        yield made
        if (recht.gevoelig or not recht.leest) and not made.audited:
            with made("audit") as uow:
                _audit_operation(uow, request)


# Few at once: each holds a thread for as long as the other side takes.
Steps = Annotated[Stappen, Depends(steps, scope="function", max_concurrency=8)]


@contextmanager
def noting_refusals(request: Request, runtime: Runtime, caller: Caller, recht: Recht) -> Iterator[None]:
    """A signal that is not his to see looks as if it were not there; whoever asked for it is noted all the same."""
    try:
        yield
    except (Forbidden, NotFound, Conflict) as refusal:
        if recht.gevoelig or isinstance(refusal, Forbidden):
            audit_denial(runtime, caller, request, operation_of(request))
        raise


def _audit_operation(uow: UnitOfWork, request: Request) -> None:
    uow.audit(operation_of(request).split("_")[-1], next(iter(request.path_params.values()), None))
