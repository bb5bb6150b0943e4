"""Which layout a file has, and what to say when it has none of them."""

from pathlib import Path

from app.objecten.adapters.bestand import UnreadableFile
from app.objecten.adapters.indelingen import INDELINGEN, columns_of, missing_columns, recognise
from app.objecten.status import Importindeling


def recognise_or_explain(path: Path, bestandsnaam: str) -> Importindeling:
    """The layout of a file.

    Raises:
        UnreadableFile: no layout fits; the text names the layouts, the nearest one and the columns that miss for it.
    """
    found = recognise(path, bestandsnaam)
    if found is not None:
        return found
    names = columns_of(path)
    missing = {kind: missing_columns(layout, names) for kind, layout in INDELINGEN.items() if layout.needed}
    nearest = min(missing, key=lambda kind: len(missing[kind]) / len(INDELINGEN[kind].needed))
    known = ", ".join(kind.value for kind in Importindeling)
    raise UnreadableFile(
        f"De indeling van dit bestand is niet herkend. Bekende indelingen: {known}. Het meest lijkt het op "
        f"{nearest.value}; daarvoor ontbreken deze kolommen: {', '.join(missing[nearest])}."
    )
