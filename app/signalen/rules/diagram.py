"""The state diagram as text, made from the table of transitions so that the two cannot differ."""

from app.signalen.rules.overgangen import OVERGANGEN
from app.signalen.status import Signaalstatus

_HEAD = """# Statusdiagrammen

Made from the tables of transitions in the code; a test fails when this file is not current.

## Signaal

Who may do a step, and what must be true first, stands in `app/signalen/rules/overgangen.py`. Each step is an event; no state is
ever overwritten.

"""


def mermaid() -> str:
    """The states of a signal as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {Signaalstatus.CONCEPT}"]
    for row in (row for row in OVERGANGEN if not row.blijft):
        naar = "[*]" if row.naar is None else str(row.naar)
        lines += [f"    {van} --> {naar}: {row.actie}" for van in Signaalstatus if van in row.van and van != row.naar]
    return "\n".join(lines)


def guards_table() -> str:
    """The transitions as a Markdown table with who and guards."""
    lines = ["| actie | van | naar | wie | voorwaarden |", "|---|---|---|---|---|"]
    for row in OVERGANGEN:
        van = ", ".join(van for van in Signaalstatus if van in row.van)
        wie = ", ".join(sorted(row.wie))
        guards = ", ".join(f"`{wachter.__name__}`" for wachter in row.wachters) or "-"
        lines.append(
            f"| {row.actie} | {van} | {'(blijft)' if row.blijft else row.naar or '(weg)'} | {wie} | {guards} |"
        )
    return "\n".join(lines)


def document() -> str:
    """The whole of `docs/statusdiagrammen.md`."""
    return f"{_HEAD}```mermaid\n{mermaid()}\n```\n\n{guards_table()}\n"
