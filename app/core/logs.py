"""Structured logs: one JSON line an event, never personal data, never a value from a request."""

import logging

import structlog

ALLOWED = {
    "event",
    "level",
    "timestamp",
    "logger",
    "request_id",
    "operation",
    "status",
    "duration_ms",
    "job",
    "exc_info",
    "exception",
}


def _only_known(_logger: object, _name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    return {key: value for key, value in event.items() if key in ALLOWED or key.startswith("_")}


def _kind_and_place(_logger: object, _name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Replaces a traceback by its kinds and places: a message may hold a value somebody typed."""
    info = event.pop("exc_info", None)
    if isinstance(info, tuple) and info[1] is not None:
        places = []
        trace = info[2]
        while trace is not None:
            code = trace.tb_frame.f_code
            places.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}:{code.co_name}")
            trace = trace.tb_next
        event["exception"] = f"{info[0].__name__} at {' > '.join(places[-8:])}"
    return event


def configure(level: str) -> None:
    """Sends all logging of the process through one JSON formatter."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(allow=["request_id", "operation", "status", "duration_ms", "job"]),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _kind_and_place,
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _only_known,
            structlog.processors.JSONRenderer(),
        ],
    )
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    logging.getLogger("uvicorn.access").disabled = True  # its lines hold paths with ids
    for chatty in ("httpx", "httpcore", "dbos", "alembic"):  # their lines hold addresses or say nothing to a beheerder
        logging.getLogger(chatty).setLevel(logging.WARNING)
