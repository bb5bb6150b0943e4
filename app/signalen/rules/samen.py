"""What two accounts of one case ask together: nothing that either of them says is lost (tables A, B and C)."""

from dataclasses import dataclass

from app.signalen.rules.urgentie import highest, least_for
from app.signalen.status import JaNeeOnbekend, Urgentie, Vorm, VtKlasse

_VT_FROM_LIGHT = (None, VtKlasse.GEEN, VtKlasse.RISICO, VtKlasse.MOGELIJK, VtKlasse.SPRAKE)


@dataclass(frozen=True)
class Oordeel:
    """What of a signal decides on its urgency, its recipients and how it may be closed."""

    vormen: tuple[Vorm, ...]
    urgentie: Urgentie
    minderjarig: JaNeeOnbekend = JaNeeOnbekend.ONBEKEND
    slachtoffer: JaNeeOnbekend = JaNeeOnbekend.ONBEKEND
    binnenlands: JaNeeOnbekend | None = None
    ondermijning: bool = False
    vt_klasse: VtKlasse | None = None


def together(stands: Oordeel, other: Oordeel) -> Oordeel:
    """The union of two: each 'ja' stays, the graver class of Veilig Thuis, and the highest of both urgencies and of what they ask together."""
    forms = tuple(dict.fromkeys([*stands.vormen, *other.vormen]))
    minor = _yes_wins(stands.minderjarig, other.minderjarig)
    domestic = JaNeeOnbekend.JA if JaNeeOnbekend.JA in {stands.binnenlands, other.binnenlands} else stands.binnenlands
    return Oordeel(
        vormen=forms,
        urgentie=highest(stands.urgentie, other.urgentie, least_for(forms, minor)),
        minderjarig=minor,
        slachtoffer=_yes_wins(stands.slachtoffer, other.slachtoffer),
        binnenlands=domestic,
        ondermijning=stands.ondermijning or other.ondermijning,
        vt_klasse=max(stands.vt_klasse, other.vt_klasse, key=_VT_FROM_LIGHT.index),
    )


def brought(before: Oordeel, after: Oordeel) -> list[str]:
    """What came in addition, in Dutch, one line each; an unknown form beside a known one adds nothing."""
    forms = [form for form in after.vormen if form not in before.vormen and (form is not Vorm.ONBEKEND)]
    answers = (
        ("Mogelijk minderjarig.", before.minderjarig, after.minderjarig),
        ("Mogelijk een slachtoffer.", before.slachtoffer, after.slachtoffer),
        ("Mogelijk binnenlandse mensenhandel.", before.binnenlands, after.binnenlands),
    )
    lines = [f"Vorm erbij: {', '.join(forms)}."] if forms else []
    lines += [line for line, was, now in answers if now is JaNeeOnbekend.JA and was is not now]
    if after.ondermijning and not before.ondermijning:
        lines.append("Er speelt ondermijning.")
    if after.vt_klasse is not None and after.vt_klasse is not before.vt_klasse:
        lines.append(f"Antwoord van Veilig Thuis: {after.vt_klasse}.")
    if after.urgentie is not before.urgentie:
        lines.append(f"Urgentie verhoogd van {before.urgentie} naar {after.urgentie}.")
    return lines


def _yes_wins(stands: JaNeeOnbekend, other: JaNeeOnbekend) -> JaNeeOnbekend:
    return JaNeeOnbekend.JA if JaNeeOnbekend.JA in {stands, other} else stands
