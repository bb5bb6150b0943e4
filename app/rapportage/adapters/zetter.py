"""Typesets one file: a process of its own that reads data and writes a PDF, so that the API process never loads the typesetter.

It has no settings, no database and no network. The same data give the same bytes: only the fonts inside the typesetter are used,
and the moment in the file is the day of its data. PDF/A-2a: fit to keep, and readable for who cannot see.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import typst

SJABLONEN = Path(__file__).parents[1] / "sjablonen"


def typeset(sjabloon: str, datum: str, gegevens: object) -> bytes:
    """The PDF of a template.

    Args:
        sjabloon: name of the template, without extension.
        datum: day of the data, ISO 8601; it becomes the moment in the file.
        gegevens: what the template prints, as JSON has it; text in it is never read as markup.
    """
    made: bytes = typst.compile(
        str(SJABLONEN / f"{sjabloon}.typ"),
        root=str(SJABLONEN),
        ignore_system_fonts=True,
        sys_inputs={"gegevens": json.dumps(gegevens), "datum": datum},
        pdf_standards="a-2a",
        timestamp=int(datetime.fromisoformat(datum).replace(tzinfo=UTC).timestamp()),
    )
    return made


if __name__ == "__main__":
    sys.stdout.buffer.write(typeset(**json.load(sys.stdin)))
