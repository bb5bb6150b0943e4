"""Whether one answer is possible for its item (design section 5: nothing invalid counts or scores).

The reasons are shown to the inspector and never repeat what was sent.
"""

import math
from dataclasses import dataclass

from app.checklists.rules.cel import Waarde
from app.checklists.rules.content import NIET_VASTGESTELD, Antwoordtype, Item, Rekenregel


@dataclass(frozen=True, slots=True)
class Antwoord:
    """A read answer: its value, or why it is impossible."""

    waarde: Waarde = None
    fout: str | None = None


def read_answer(item: Item, ruw: object, rekenregel: Rekenregel) -> Antwoord:
    """Read an answer as a tablet sent it; anything may come in, nothing is raised.

    Args:
        item: the item that it answers.
        ruw: a string, a list of strings, a number or None; anything else is a fault.
        rekenregel: units and limits.

    Returns:
        The value in the form that counts: a number as a double, a multiple choice as a list, an empty text or
        list as None (not answered).
    """
    if ruw is None or ruw in ("", []):
        return Antwoord()
    match item.antwoordtype:
        case Antwoordtype.GETAL:
            return _read_number(item, ruw, rekenregel)
        case Antwoordtype.TEKST:
            return _read_text(ruw, rekenregel.tekst_maximum)
        case Antwoordtype.FOTO:
            return _read_photos(ruw, rekenregel.foto_maximum)
        case Antwoordtype.TAAK:
            return Antwoord(fout="Dit is een taak voor kantoor, geen vraag.")
        case _:
            return _read_choices(item, ruw) if item.meervoudig else _read_choice(item, ruw)


def _read_choice(item: Item, ruw: object) -> Antwoord:
    if isinstance(ruw, str) and (ruw == NIET_VASTGESTELD or ruw in item.keuzes):
        return Antwoord(ruw)
    return Antwoord(fout="Dit antwoord is geen keuze bij deze vraag.")


def _read_choices(item: Item, ruw: object) -> Antwoord:
    gekozen = [ruw] if isinstance(ruw, str) else ruw
    if not isinstance(gekozen, list) or not all(isinstance(keuze, str) for keuze in gekozen):
        return Antwoord(fout="Hier hoort een lijst met keuzes.")
    uniek = list(dict.fromkeys(gekozen))
    if not set(uniek) <= {*item.keuzes, NIET_VASTGESTELD}:
        return Antwoord(fout="Een van de antwoorden is geen keuze bij deze vraag.")
    alleen = {NIET_VASTGESTELD, item.alleen_optie} & set(uniek)
    if alleen and len(uniek) > 1:
        return Antwoord(fout="Deze keuzes spreken elkaar tegen.")
    return Antwoord(NIET_VASTGESTELD if uniek == [NIET_VASTGESTELD] else uniek)


def _read_number(item: Item, ruw: object, rekenregel: Rekenregel) -> Antwoord:
    if ruw == NIET_VASTGESTELD:
        return Antwoord(NIET_VASTGESTELD)
    if isinstance(ruw, bool) or not isinstance(ruw, int | float):
        return Antwoord(fout="Hier hoort een getal.")
    if isinstance(ruw, float) and not math.isfinite(ruw):
        return Antwoord(fout="Dit is geen bruikbaar getal.")
    eenheid = rekenregel.eenheden[item.eenheid or ""]
    if not 0 <= ruw <= eenheid.maximum:
        return Antwoord(fout=f"Het getal moet tussen 0 en {eenheid.maximum:.0f} liggen.")
    if eenheid.heel and ruw != int(ruw):
        return Antwoord(fout="Een aantal is een heel getal.")
    return Antwoord(float(ruw))


def _read_text(ruw: object, maximum: int) -> Antwoord:
    if not isinstance(ruw, str):
        return Antwoord(fout="Hier hoort tekst.")
    if len(ruw) > maximum:
        return Antwoord(fout=f"De tekst is langer dan {maximum} tekens.")
    return Antwoord(ruw) if _readable(ruw) else Antwoord(fout="De tekst bevat onleesbare tekens.")


def _read_photos(ruw: object, maximum: int) -> Antwoord:
    """Photos are named by their identifier; the files travel apart."""
    namen = [ruw] if isinstance(ruw, str) else ruw
    if not isinstance(namen, list) or not all(isinstance(n, str) and _readable(n) for n in namen):
        return Antwoord(fout="Hier horen verwijzingen naar foto's.")
    if len(namen) > maximum:
        return Antwoord(fout=f"Ten hoogste {maximum} foto's.")
    return Antwoord(list(namen))


def _readable(tekst: str) -> bool:
    """Half of a surrogate pair cannot be stored."""
    return not any("\ud800" <= teken <= "\udfff" for teken in tekst)
