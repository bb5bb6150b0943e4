"""Formulas in the Common Expression Language, with one meaning on server and tablet (design section 5).

All numbers are doubles and every literal has a decimal point, because neither library adds a double to an
int. An unanswered item is null. A formula that applies an operator to null yields 'niet vastgesteld', which
never scores. The tablet has the same in `web/src/regels/cel.mjs`; `checklists/vectoren.yaml` holds for both.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import cel

from app.checklists.rules.content import NIET_VASTGESTELD

Waarde = str | float | bool | list[str] | None

OPERATORS: Final = frozenset(
    {
        *("_&&_", "_||_", "!_", "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "@in"),
        *("-_", "_+_", "_-_", "_*_", "_/_", "_?_:_", "size", "double", "dyn"),
    }
)
"""What a formula may use; all of it means the same in both libraries. Macros and methods are left out."""

_TOKENS: Final = re.compile(
    r"""(?P<tekst>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")|(?P<naam>[A-Za-z_]\w*)"""
    r"""|(?P<double>(?:\d+\.\d+|\.\d+)(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+)|(?P<heel>\d\w*)"""
)
_SIZE: Final = re.compile(r"\bsize\s*\(")
_DOUBLE_SIZE: Final = re.compile(r"\bdouble\s*\(\s*size\s*\(")


class FormuleError(ValueError):
    """A formula that is wrong by itself: syntax, type or unknown name; never for an unanswered item."""


@dataclass(frozen=True, slots=True)
class Formule:
    """A compiled formula; compile once, evaluate often."""

    bron: str
    variabelen: frozenset[str]
    programma: cel.Program

    def evaluate(self, omgeving: "Omgeving") -> Waarde:
        """Evaluate; see `Omgeving.evaluate`."""
        return omgeving.evaluate(self)


def compile_formula(bron: str) -> Formule:
    """Compile a formula.

    Raises:
        FormuleError: it does not parse, holds an integer literal, or uses what is not in `OPERATORS`.
    """
    try:
        programma = cel.compile(bron)
    except ValueError as fout:
        raise FormuleError(f"de formule '{bron}' is geen geldige CEL") from fout
    for token in _TOKENS.finditer(bron):
        if token.lastgroup == "heel":
            raise FormuleError(f"het getal {token.group()} in '{bron}' heeft geen decimale punt")
    if len(_SIZE.findall(bron)) != len(_DOUBLE_SIZE.findall(bron)):
        raise FormuleError(f"schrijf in '{bron}' double(size(...)); de talen vergelijken een aantal anders")
    namen = programma.references()
    vreemd = sorted(set(namen["functions"]) - OPERATORS)
    if vreemd:
        raise FormuleError(f"'{bron}' gebruikt wat niet is toegestaan: {', '.join(vreemd)}")
    return Formule(bron, frozenset(namen["variables"]), programma)


class Omgeving:
    """The values during one evaluation; not for more than one thread, as the library's context."""

    def __init__(self, waarden: Mapping[str, Waarde]) -> None:
        self._namen = frozenset(waarden)
        self._leeg = {naam for naam, waarde in waarden.items() if waarde is None}
        self._context = cel.Context(dict(waarden))

    def set(self, naam: str, waarde: Waarde) -> None:
        """Change one value; the names that were given at the start are the only ones."""
        (self._leeg.add if waarde is None else self._leeg.discard)(naam)
        self._context.add_variable(naam, waarde)

    def evaluate(self, formule: Formule) -> Waarde:
        """Evaluate; 'niet vastgesteld' when it touches null or a division has no finite result.

        Raises:
            FormuleError: a type error while no value is null, or a name without a value.
        """
        try:
            uitkomst = formule.programma.execute(self._context)
        except (TypeError, RuntimeError) as fout:
            # The library reports both size(null) and an unknown name as a RuntimeError.
            if formule.variabelen <= self._namen and formule.variabelen & self._leeg:
                return NIET_VASTGESTELD
            raise FormuleError(f"'{formule.bron}' past niet bij de waarden") from fout
        if isinstance(uitkomst, float) and not math.isfinite(uitkomst):
            return NIET_VASTGESTELD
        return uitkomst  # type: ignore[no-any-return]  # the library has no types for results


def calculate(formule: Formule, waarden: Mapping[str, float | None]) -> float | None:
    """Calculate a number from named numbers; a missing name is null.

    Returns:
        The number, or None when it cannot be calculated.
    """
    omgeving = Omgeving({naam: waarden.get(naam) for naam in formule.variabelen})
    uitkomst = formule.evaluate(omgeving)
    return uitkomst if isinstance(uitkomst, float) else None
