"""Text as it comes out of files and forms: double-encoded UTF-8, and what may not stand in it (REG-05, DAT-01)."""

import re
import unicodedata
from collections.abc import Mapping

from ftfy import TextFixerConfig, fix_encoding

from app.core.text_filter import Treffersoort, check_text
from app.objecten.status import Objecttype, Vergunningsoort

_TRACES = re.compile(r"[^\x00-\x7f]")
_LETTER_AND_SPACE = re.compile("Â ")
_FTFY = TextFixerConfig(replace_lossy_sequences=False)
# Not to be seen and never meant in a cell: zero-width marks, direction marks, soft hyphen, byte order mark.
_UNSEEN = re.compile("[\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc]")
_BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_GUARDED = re.compile(r"'[=+\-@\t\r]")
_SEKSWERK = re.compile(
    r"seks|\bsex|prostit|escort|bordeel|\bhoer|thuisontvangst|raamexploit|thuiswerkster|woongebruik|hui[ -]?21|"
    r"erotiek|erotisch|privehuis|call-?girl|gigolo"
)
_SPELLED_OUT = re.compile(r"(?<=\b\w)[.*_](?=\w\b)")


def repair_double_encoding(text: str) -> str:
    """Mends UTF-8 that was read in another encoding and stored again (`CafÃ©`), as permit registers publish it (B13).

    What goes back without a rest is mended here; what lost a byte on the way is for ftfy. ftfy takes `Â la carte` for a broken
    space; such a text is left as it is.
    """
    if not _TRACES.search(text):
        return text
    for _ in range(2):
        try:
            text = _as_bytes(text).decode("utf-8")
        except ValueError:
            break
    return text if _LETTER_AND_SPACE.search(text) else fix_encoding(text, config=_FTFY)


def _as_bytes(text: str) -> bytes:
    """The bytes that were read as cp1252; its five holes are read as latin-1 by most programs."""
    return b"".join(
        letter.encode("latin-1") if "\x80" <= letter <= "\x9f" else letter.encode("cp1252") for letter in text
    )


def clean_cell(text: str) -> str:
    """A cell as it may be kept: encoding mended, one line, no marks that cannot be seen, blanks at the ends gone.

    A `'` before a sign that a spreadsheet would take for a formula was put there by an export of ours and is taken off.
    """
    if text.isascii() and text.isprintable() and "  " not in text and text[:1] != "'":
        return text.strip()
    text = _BLANKS.sub(" ", _UNSEEN.sub("", repair_double_encoding(text))).strip()
    return text[1:].lstrip() if _GUARDED.match(text) else text


def names_sex_work(text: str) -> bool:
    """Whether a text would make a list of dwellings by sex work possible (REG-05): it may not stand with a dwelling."""
    plain = unicodedata.normalize("NFKD", _UNSEEN.sub("", text).casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _SEKSWERK.search(_SPELLED_OUT.sub("", letters)) is not None


NEUTRAAL = "noemt bij een woning sekswerk; beschrijf de plek neutraal, bijvoorbeeld: melding van overlast"
_STRENG = frozenset({Objecttype.WON, Objecttype.SEKS, Objecttype.MASS})


def text_faults(
    soort: Objecttype, text: str | None, *, is_name: bool = False, known: frozenset[str] = frozenset()
) -> list[str]:
    """What a text about an object may not hold, as Dutch sentences; empty when it may be stored (design section 7).

    No reason keeps a text here: a stock needs no telephone number, and the same text goes to files and plans. Only the trading
    name of a business may be a web address, except where sex is sold or a dwelling is meant.

    Args:
        soort: Type of the object.
        text: Reason, source, sector or name.
        is_name: The text is the name of the object.
        known: Numbers that the object itself is known by.
    """
    hits = check_text(text or "", known)
    if is_name and soort not in _STRENG:
        hits = [hit for hit in hits if hit.soort != Treffersoort.URL]
    found = [hit.melding for hit in hits]
    if soort is Objecttype.WON and names_sex_work(text or ""):
        found.append(NEUTRAAL)
    return found


def dwelling_faults(
    soort: Objecttype, numbers: Mapping[str, str | None], openingstijden: object = None
) -> list[tuple[str, str]]:
    """Field and fault of what would tell a dwelling by its use (REG-05): a number that names it, or hours of business.

    Args:
        soort: Type of the object.
        numbers: Numbers, versions and the like by field; no other rule for text holds for these.
        openingstijden: Opening hours; whoever lives somewhere has none.
    """
    if soort is not Objecttype.WON:
        return []
    found = [(field, NEUTRAAL) for field, text in numbers.items() if names_sex_work(text or "")]
    return [*found, ("openingstijden", TIJDEN_BIJ_WONING)] if openingstijden else found


TIJDEN_BIJ_WONING = "horen niet bij een woning; laat ze leeg"
VERGUNNING_BIJ_WONING = "hoort niet bij een woning; een vergunde seksinrichting heeft het type SEKS"


def may_have_permit(soort: Objecttype, vergunning: Vergunningsoort) -> bool:
    """Whether a permit of this kind may stand with an object: a dwelling with one for sex work would be on a list of its own (REG-05)."""
    return soort is not Objecttype.WON or vergunning is not Vergunningsoort.SEKSINRICHTING


def join_once(known: str, added: str, limit: int) -> str:
    """Adds a text to what is known; saying the same again changes nothing."""
    if added in known.split(" | "):
        return known
    joined = f"{known} | {added}"
    return joined if len(joined) <= limit else known
