"""The unit of work of a request: signed in, allowed, one transaction, committed before the answer leaves.

FastAPI closes a `yield` dependency after the answer by default; `scope="function"` closes it before (ADR 0005).
`max_concurrency` makes requests wait without holding a thread, so that waiting ones never starve those at work.
"""

from collections.abc import Iterator
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
    operation = operation_of(request)
    try:
        with runtime.unit(caller, operation, request.state.request_id, write=write) as uow:
            yield uow
            if (write or recht.gevoelig) and not uow.audited:
                uow.audit(operation.split("_")[-1], next(iter(request.path_params.values()), None))
    except (Forbidden, NotFound, Conflict) as refusal:
        # A signal that is not his to see looks as if it were not there; whoever asked for it is noted all the same.
        if recht.gevoelig or isinstance(refusal, Forbidden):
            audit_denial(runtime, caller, request, operation)
        raise


Work = Annotated[UnitOfWork, Depends(unit_of_work, scope="function", max_concurrency=get_settings().database_pool)]
