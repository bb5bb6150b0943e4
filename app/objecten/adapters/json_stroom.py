"""A JSON file value by value: one document, an array, or a document per line; never whole in memory.

Of a document whose `features` or `resultaten` is a list, the members of that list are given one by one; so is each document of a file
with many. The parser is that of the standard library; this file only gives it the next piece of text.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.objecten.adapters.bestand import UnreadableFile
from app.objecten.adapters.tekst_bestand import inspect_text

_PART = 1 << 18
_MAX_VALUE = 24_000_000  # letters of one value: an area with its whole border
_MAX_MEMBERS = 1_000
_LISTS = frozenset({"features", "resultaten"})
_BLANK = " \t\r\n\x1e\ufeff"  # the record separator of RFC 8142 among them
BROKEN = "Het bestand is geen volledige JSON; waarschijnlijk is het halverwege afgebroken."
TOO_LARGE = "Het bestand bevat een onderdeel dat te groot is om te lezen."


class _Text:
    """The text of a file from where the reading is."""

    def __init__(self, path: Path) -> None:
        told = inspect_text(path)
        self._file = path.open(encoding=told.codering, errors=told.fouten)
        self._text, self._at, self._whole = "", 0, False
        self._decoder = json.JSONDecoder()

    def close(self) -> None:
        self._file.close()

    def peek(self) -> str:
        """The next sign that is no blank; empty at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _BLANK:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def take(self, signs: str) -> str:
        """The next sign, which must be one of these."""
        sign = self.peek()
        if not sign or sign not in signs:
            raise UnreadableFile(BROKEN)
        self._at += 1
        return sign

    def value(self) -> Any:  # noqa: ANN401 - JSON holds any value
        """The next whole value."""
        self.peek()
        part = _PART
        while True:
            try:
                found, end = self._decoder.raw_decode(self._text, self._at)
            except RecursionError:
                raise UnreadableFile(TOO_LARGE) from None
            except ValueError:
                found, end = None, -1
            if end >= 0 and (end < len(self._text) or not self._more()):
                self._at = end
                return found
            if end < 0 and not self._more(part):
                raise UnreadableFile(BROKEN)
            part *= 2
            if len(self._text) - self._at > _MAX_VALUE:
                raise UnreadableFile(TOO_LARGE)

    def _more(self, size: int = _PART) -> bool:
        part = "" if self._whole else self._file.read(size)
        self._whole = not part
        if part:
            self._text, self._at = self._text[self._at :] + part, 0
        return bool(part)


def read_items(path: Path) -> Iterator[tuple[Any, dict[str, Any] | None]]:
    """The items of a file; after a document with a list of items, `(None, members)` with what stood beside the list.

    Raises:
        UnreadableFile: no JSON, or broken off; what came before was given.
    """
    text = _Text(path)
    try:
        while sign := text.peek():
            if sign == "[":
                yield from ((item, None) for item in _items(text))
            elif sign == "{":
                yield from _document(text)
            else:
                raise UnreadableFile(BROKEN)
    finally:
        text.close()


def _items(text: _Text) -> Iterator[Any]:
    text.take("[")
    if text.peek() == "]":
        text.take("]")
        return
    while True:
        yield text.value()
        if text.take(",]") == "]":
            return


def _document(text: _Text) -> Iterator[tuple[Any, dict[str, Any] | None]]:
    members: dict[str, Any] = {}
    listed = False
    text.take("{")
    while text.peek() != "}":
        name = text.value()
        text.take(":")
        if not isinstance(name, str) or len(members) > _MAX_MEMBERS:
            raise UnreadableFile(BROKEN)
        if name in _LISTS and text.peek() == "[":
            listed = True
            yield from ((item, None) for item in _items(text))
        else:
            members[name] = text.value()
        if text.peek() != "}":
            text.take(",")
    text.take("}")
    yield (None, members) if listed else (members, None)
