"""Typesets one file: a process of its own that reads data and writes a PDF, so that the API process never loads the typesetter.

It has no settings, no database and no network. The same data give the same bytes: only the fonts inside the typesetter are used,
and the moment in the file is the day of its data. PDF/A-2a: fit to keep, and readable for who cannot see. That standard allows no
text without a glyph; a sign that the fonts do not have (an emoji, a Chinese character in the name of a shop) is printed as `□`.
A file for one recipient is sealed here too, so that nothing readable of it leaves this process.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import typst

APP = Path(__file__).parents[2]
ONBEKEND = "□"
_PROEF = b'#set document(title: "x")\n#let t = json(bytes(sys.inputs.gegevens))\n#t #strong(t) #emph(t)'
_STANDAARD: Final = "a-2a"
_STUURTEKENS = dict.fromkeys((*range(32), 127), " ")
"""Control characters: no font has them, and in data they mean nothing."""


def typeset(sjabloon: str, datum: str, gegevens: object) -> bytes:
    """The PDF of a template.

    Args:
        sjabloon: path of the template inside `app`.
        datum: day of the data, ISO 8601; it becomes the moment in the file.
        gegevens: what the template prints, as JSON has it; text in it is never read as markup.
    """
    try:
        return _compile(sjabloon, datum, gegevens)
    except typst.TypstError:
        signs = {sign for sign in json.dumps(gegevens, ensure_ascii=False) if not sign.isascii()}
        unknown = dict.fromkeys(map(ord, _not_in_fonts(sorted(signs))), ONBEKEND)
        return _compile(sjabloon, datum, _replaced(gegevens, {**_STUURTEKENS, **unknown}))


def _compile(sjabloon: str, datum: str, gegevens: object) -> bytes:
    made: bytes = typst.compile(
        str(APP / sjabloon),
        root=str(APP),
        ignore_system_fonts=True,
        sys_inputs={"gegevens": json.dumps(gegevens), "datum": datum},
        pdf_standards=_STANDAARD,
        timestamp=int(datetime.fromisoformat(datum).replace(tzinfo=UTC).timestamp()),
    )
    return made


def _not_in_fonts(signs: Sequence[str]) -> list[str]:
    """Those of the signs that cannot be printed, found by halving."""
    if not signs:
        return []
    try:
        typst.compile(
            _PROEF,
            ignore_system_fonts=True,
            sys_inputs={"gegevens": json.dumps(" ".join(signs))},
            pdf_standards=_STANDAARD,
            timestamp=0,
        )
    except typst.TypstError:
        half = len(signs) // 2
        return [*_not_in_fonts(signs[:half]), *_not_in_fonts(signs[half:])] if half else list(signs)
    return []


def _replaced(value: object, table: Mapping[int, str]) -> object:
    if isinstance(value, str):
        return value.translate(table)
    if isinstance(value, list):
        return [_replaced(item, table) for item in value]
    if isinstance(value, dict):
        return {name: _replaced(item, table) for name, item in value.items()}
    return value


def _main() -> None:
    work = json.load(sys.stdin)
    wachtwoord = work.pop("wachtwoord")
    made = typeset(**work)
    if wachtwoord is not None:
        from app.core.printing.zegel import seal  # noqa: PLC0415 - what is not sealed needs no second PDF library

        made = seal(made, wachtwoord)
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    _main()
