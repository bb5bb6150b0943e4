"""The life cycle of a control as data: named transitions with guards; the diagram is drawn from the same table.

A closed door or a refusal is an attempt and never a control (PLN-15). Acute danger goes before release (PLN-01).
"""

from collections.abc import Callable
from dataclasses import dataclass

from app.controles.rules.afstemming import needs_release
from app.controles.rules.uitvoering import NIET_BEGONNEN
from app.controles.status import Aanleiding, Controlestatus, Toegangsgrond
from app.objecten.status import Objecttype

INTEGRALE_BEDRIJFSTYPEN = frozenset({Objecttype.BEDR, Objecttype.HOR, Objecttype.MASS, Objecttype.HOT, Objecttype.LOG})


@dataclass(frozen=True, slots=True, kw_only=True)
class Feiten:
    """What a guard may look at.

    Attributes:
        status: the present state; None for a control that does not exist yet.
        arbeid_ingevuld: the labour core of the object type is filled in; 'niet vastgesteld' is an answer too (CAD-03).
        gestopt: the list was closed at the suspicion of an offence; nothing more may be asked (RPT-02).
        aangewezen: the caller has a designation for this municipality and a law that fits the type (REG-17).
        acuut: there is acute danger; it goes before everything.
        seks_apart: there is no standing agreement for the regular controls of establishments (PLN-01).
        bezetting: least number of designated inspectors at a start; 0 where the municipality set none (PLN-02).
        aanwezig: how many are there.
        grond: on what ground a dwelling is entered; None when nobody said so yet.
        gemachtigd: an authorisation covers this address, this moment and who goes in (PLN-13).
    """

    status: Controlestatus | None
    objecttype: Objecttype
    aanleiding: Aanleiding
    in_actie: bool = False
    integraal: bool = False
    aangekondigd: bool = False
    aangekondigd_reden: str | None = None
    arbeid_ingevuld: bool = False
    gestopt: bool = False
    aangewezen: bool = True
    acuut: bool = False
    reden: str | None = None
    seks_apart: bool = False
    bezetting: int = 0
    aanwezig: int = 0
    grond: Toegangsgrond | None = None
    gemachtigd: bool = False


Guard = Callable[[Feiten], str | None]


@dataclass(frozen=True, slots=True)
class Overgang:
    """A named transition: from which states, to which, and what must hold."""

    naam: str
    van: frozenset[Controlestatus | None]
    naar: Controlestatus
    guards: tuple[Guard, ...] = ()


def _announced_with_reason(feiten: Feiten) -> str | None:
    if feiten.aangekondigd and not (feiten.aangekondigd_reden or "").strip():
        return "Geef de reden waarom deze controle is aangekondigd."
    return None


def _designated(feiten: Feiten) -> str | None:
    if not feiten.aangewezen:
        return "U bent in deze gemeente niet aangewezen voor dit soort object. Vraag de teamleider om een aanwijzing."
    return None


def _released(feiten: Feiten) -> str | None:
    waits = feiten.status is Controlestatus.GEPLAND and needs_release(
        feiten.aanleiding, feiten.objecttype, in_actie=feiten.in_actie, seks_apart=feiten.seks_apart
    )
    if waits and not feiten.acuut:
        return "Deze controle is nog niet vrijgegeven. Vraag de planner."
    return None


def _enough_inspectors(feiten: Feiten) -> str | None:
    """PLN-02: nobody controls alone; who is alone in front of acute danger is never held up."""
    if feiten.acuut or feiten.aanwezig >= feiten.bezetting:
        return None
    return (
        f"Een controle begint met minstens {feiten.bezetting} toezichthouders die zijn aangewezen; "
        f"nu {_are(feiten.aanwezig)}. Meld uw collega aan."
    )


def _are(aantal: int) -> str:
    return "is er 1" if aantal == 1 else f"zijn er {aantal}"


def _may_enter(feiten: Feiten) -> str | None:
    """PLN-13: a dwelling is entered with consent, with an authorisation that holds, or in danger.

    That consent was not free shows inside (BEV-04); then what was seen is sealed, and the control stays on record.
    """
    if feiten.objecttype is not Objecttype.WON or feiten.acuut:
        return None
    match feiten.grond:
        case None:
            return "Leg eerst vast op welke grond u de woning binnengaat: toestemming, machtiging of direct gevaar."
        case Toegangsgrond.MACHTIGING if not feiten.gemachtigd:
            return "Er is geen machtiging die nu geldt voor dit adres en voor wie meegaat. Vraag de teamleider."
        case _:
            return None


def _labour_core(feiten: Feiten) -> str | None:
    """CAD-03: an integral business control stays open until the labour core is filled in.

    Except where the list was closed at the suspicion of an offence: nobody may ask those questions any more (RPT-02), so the
    control would stay open for ever. It closes and counts for no norm.
    """
    if feiten.gestopt or not feiten.integraal or feiten.objecttype not in INTEGRALE_BEDRIJFSTYPEN:
        return None
    if feiten.arbeid_ingevuld:
        return None
    return (
        "Beantwoord eerst de kernvragen over arbeid; bij een integrale bedrijfscontrole zijn die verplicht. "
        "'Niet vastgesteld' mag ook."
    )


def _reason(feiten: Feiten) -> str | None:
    return None if (feiten.reden or "").strip() else "Geef een reden."


_NOG_TE_DOEN: frozenset[Controlestatus | None] = NIET_BEGONNEN

OVERGANGEN: dict[str, Overgang] = {
    overgang.naam: overgang
    for overgang in (
        Overgang("plannen", frozenset({None}), Controlestatus.GEPLAND, (_announced_with_reason,)),
        Overgang("vrijgeven", frozenset({Controlestatus.GEPLAND}), Controlestatus.VRIJGEGEVEN),
        Overgang("aanhouden", frozenset({Controlestatus.VRIJGEGEVEN}), Controlestatus.GEPLAND),
        Overgang(
            "starten", _NOG_TE_DOEN, Controlestatus.BEZIG, (_designated, _released, _enough_inspectors, _may_enter)
        ),
        Overgang("afronden", frozenset({Controlestatus.BEZIG}), Controlestatus.AFGEROND, (_labour_core,)),
        Overgang("poging", _NOG_TE_DOEN | {Controlestatus.BEZIG}, Controlestatus.POGING, (_designated, _reason)),
        Overgang("vervallen", _NOG_TE_DOEN, Controlestatus.VERVALLEN, (_reason,)),
    )
}

WAT_KAN: dict[Controlestatus | None, str] = {
    None: "Deze controle bestaat nog niet.",
    Controlestatus.GEPLAND: "Deze controle is gepland.",
    Controlestatus.VRIJGEGEVEN: "Deze controle is vrijgegeven.",
    Controlestatus.BEZIG: "Deze controle is bezig.",
    Controlestatus.AFGEROND: "Deze controle is al afgerond.",
    Controlestatus.POGING: "Deze controle is al als poging vastgelegd.",
    Controlestatus.VERVALLEN: "Deze controle is vervallen.",
}


def refusals(naam: str, feiten: Feiten) -> list[str]:
    """Why this transition cannot be made now, in Dutch; empty when it can."""
    overgang = OVERGANGEN[naam]
    if feiten.status not in overgang.van:
        return [f"{WAT_KAN[feiten.status]} '{naam.capitalize()}' kan dan niet."]
    return [reden for guard in overgang.guards if (reden := guard(feiten)) is not None]


def draw() -> str:
    """The life cycle as a Mermaid state diagram, from the table above."""
    lines = ["stateDiagram-v2"]
    for overgang in OVERGANGEN.values():
        sources = sorted(overgang.van, key=lambda status: status or "")
        lines += [f"    {van or '[*]'} --> {overgang.naar}: {overgang.naam}" for van in sources]
    leaving = {van for overgang in OVERGANGEN.values() for van in overgang.van}
    lines += [f"    {status} --> [*]" for status in Controlestatus if status not in leaving]
    return "\n".join(lines) + "\n"


def _names(guards: tuple[Guard, ...]) -> str:
    return ", ".join(f"`{guard.__name__.lstrip('_')}`" for guard in guards) or "-"


def document() -> str:
    """The section of `docs/statusdiagrammen.md` on controls."""
    rows = "\n".join(
        f"| {overgang.naam} | {', '.join(sorted(van or '(nieuw)' for van in overgang.van))} | {overgang.naar} | "
        f"{_names(overgang.guards)} |"
        for overgang in OVERGANGEN.values()
    )
    return (
        "\n## Controle\n\n"
        "The same rules hold at a desk and for what a tablet sends; they stand in `app/controles/rules/levensloop.py`.\n\n"
        f"```mermaid\n{draw()}```\n\n| overgang | van | naar | voorwaarden |\n|---|---|---|---|\n{rows}\n"
    )
