"""The register of processing as people read it, and as `docs/verwerkingen.md`."""

from collections.abc import Mapping

from app.gemeenten.rules.verwerkingen import VERWERKINGEN


def value_text(value: float | None, unit: str) -> str:
    """A term as people read it."""
    return "geen termijn: wordt niet verwijderd" if value is None else f"{value:g} {unit}".strip()


def document(first: Mapping[str, tuple[float | None, str]]) -> str:
    """`docs/verwerkingen.md`: the register with the first values of its terms.

    Args:
        first: per norm its first value and unit.
    """
    lines = [
        "# Verwerkingen",
        "",
        "Made from `app/gemeenten/rules/verwerkingen.py` and the first values in `checklists/`; a test fails when this file is not current.",
        "`GET /verwerkingen` answers the same with the terms that hold in a municipality today. Terms are a proposal, to be decided with the",
        "archivist and the FG.",
    ]
    for row in VERWERKINGEN:
        lines += ["", f"## {row.gegevens}", "", f"- **Waarvoor:** {row.doel}", f"- **Grondslag:** {row.grondslag}"]
        lines += [f"- **Wie ziet het:** {row.wie}", f"- **Bewaren, vanaf:** {row.vanaf}"]
        for what, key in row.termijnen:
            told = value_text(*first.get(key.value, (None, "")))
            lines.append(f"  - {what + ': ' if what else ''}{told} (`{key.value}`)")
        if row.tabellen:
            lines.append(f"- **Tabellen:** {', '.join(row.tabellen)}")
    return "\n".join(lines) + "\n"
