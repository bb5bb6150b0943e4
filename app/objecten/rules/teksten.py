"""Text as it comes out of files and forms: double-encoded UTF-8, and words that may not stand with a dwelling."""

import re

_TRACES = re.compile(r"[ÃÂâ]")
_SEKSWERK = re.compile(
    r"seks|\bsex|prostit|escort|bordeel|\bhoer|thuisontvangst|raamexploit|thuiswerkster|woongebruik|HUI-21",
    re.IGNORECASE,
)


def repair_double_encoding(text: str) -> str:
    """Mends UTF-8 that was read as cp1252 and stored again (`CafÃ©`), as permit registers publish it (B13)."""
    for _ in range(2):
        if not _TRACES.search(text):
            return text
        try:
            text = _as_bytes(text).decode("utf-8")
        except ValueError:
            return text
    return text


def _as_bytes(text: str) -> bytes:
    """The bytes that were read as cp1252; its five holes are read as latin-1 by most programs."""
    return b"".join(
        letter.encode("latin-1") if "\x80" <= letter <= "\x9f" else letter.encode("cp1252") for letter in text
    )


def names_sex_work(text: str) -> bool:
    """Whether a text would make a list of dwellings by sex work possible (REG-05): it may not stand with a dwelling."""
    return _SEKSWERK.search(text) is not None


def join_once(known: str, added: str, limit: int) -> str:
    """Adds a text to what is known; saying the same again changes nothing."""
    if added in known.split(" | "):
        return known
    joined = f"{known} | {added}"
    return joined if len(joined) <= limit else known
