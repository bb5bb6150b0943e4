"""Turns the raw columns of a file of addresses into rows that are right, or that say what is wrong.

Written for hundreds of thousands of rows: what repeats (streets, postcodes, purposes) is read once and remembered.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, cast

from app.objecten.rules.adressen import Huisnummer, clean_part, parse_huisnummer
from app.objecten.rules.bag import (
    ADRESSEERBAAR,
    NUMMERAANDUIDING,
    PAND,
    is_withdrawn,
    parse_gebruiksdoelen,
    parse_oppervlakte,
    restore_id,
)
from app.objecten.rules.gemeentekolom import Vergelijking, compare
from app.objecten.rules.nummers import parse_postcode

T = TypeVar("T")
Faults = list[tuple[str, str]]
LEEG = "\\N"
"""How a line tells that nothing is known."""
_TARGETS = {NUMMERAANDUIDING: 0, PAND: 2, **dict.fromkeys(ADRESSEERBAAR, 1)}
_DOUBLE = ("rij", "is hetzelfde adres als een eerdere rij van dit bestand")
_REMEMBERED = 200_000
_IN_OBJECT = re.compile(r"\d{13,16}", re.ASCII)


class Onleesbaar(str):
    """Why a value cannot be read."""

    __slots__ = ()


class Gelezen(dict[Any, T | Onleesbaar], Generic[T]):
    """Remembers what `parse` made of a value."""

    def __init__(self, parse: Callable[[str], T]) -> None:
        super().__init__()
        self._parse = parse
        self.bad = False

    def __missing__(self, value: Any) -> T | Onleesbaar:  # noqa: ANN401 - a cell of any file
        try:
            parsed: T | Onleesbaar = self._parse(cell(value))
        except ValueError as fault:
            parsed = Onleesbaar(fault)
            self.bad = True
        if len(self) < _REMEMBERED:
            self[value] = parsed
        return parsed


@dataclass(frozen=True)
class Blok:
    """Consecutive rows of a file, in columns.

    Attributes:
        regels: the line, or the place in the file from 1.
        kolommen: per field its values; None, text or number.
        xs: RD metres, None without a point.
        puntfouten: why the point of a row cannot be used, by place in the block.
        fouten: rows that are none, by place in the block.
    """

    regels: Sequence[int]
    kolommen: Mapping[str, Sequence[Any]]
    xs: Sequence[float | None]
    ys: Sequence[float | None]
    puntfouten: Mapping[int, str] = field(default_factory=dict)
    fouten: Mapping[int, str] = field(default_factory=dict)


@dataclass
class Uitkomst:
    """What came of a block.

    Attributes:
        tekst: the good rows as lines: straat, postcode, huisnummer, huisletter, toevoeging, woonplaats, bag_id, adresseerbaar_object_id,
            pand_id, gebruiksdoelen, oppervlakte, status_bag, x and y, in the text form of COPY: tabs between them, and `LEEG`.
        plaatsen: their places in the block.
        ingetrokken: which of `tekst` the BAG withdrew.
        afgewezen: the others with their faults, their point and what was read of them.
    """

    tekst: list[str]
    plaatsen: Sequence[int]
    ingetrokken: list[int]
    afgewezen: list[tuple[int, Faults, float | None, float | None, dict[str, str]]] = field(default_factory=list)


class Rijenlezer:
    """Reads the blocks of one file.

    Args:
        gemeentecode: the importing municipality.
        alleen_eigen: leave out what the BAG keeps for another municipality: its bronhouder, or else the first four digits. Without it
            that is done for rows that have no point only (`eigen_zonder_punt`).
        eigen_zonder_punt: see above; for the BAG, never for a list of the municipality itself.
    """

    def __init__(self, gemeentecode: str, *, alleen_eigen: bool, eigen_zonder_punt: bool) -> None:
        self.gemeentecode, self._digits = gemeentecode, gemeentecode.removeprefix("GM")
        self._alleen_eigen, self._eigen_zonder_punt = alleen_eigen, eigen_zonder_punt
        self._seen: set[str] = set()
        self.weggelaten: Counter[str] = Counter()
        self._straat, self._woonplaats = Gelezen(_name), Gelezen(_name)
        self._postcode = Gelezen(_postcode)
        self._nummer = Gelezen(parse_huisnummer)
        self._deel = Gelezen(_part)
        self._status = Gelezen(_status)
        self._doelen = Gelezen(_doelen)
        self._oppervlakte = Gelezen(_oppervlakte)

    def lees(self, blok: Blok) -> Uitkomst:
        """Reads one block, column by column: so each step is one pass over values that lie together."""
        number = len(blok.regels)
        faults: dict[int, Faults] = {place: [("rij", wrong)] for place, wrong in blok.fouten.items()}
        ids = self._ids(blok, number, faults)
        huis = self._column(blok, "huisnummer", self._nummer, faults, Huisnummer(0))
        nummers = [str(one.nummer) for one in huis]
        # 12A in one column is number and letter.
        letters = [
            told or one.letter
            for told, one in zip(self._column(blok, "huisletter", self._deel, faults, ""), huis, strict=True)
        ]
        toevoegingen = [
            told or one.toevoeging
            for told, one in zip(self._column(blok, "toevoeging", self._deel, faults, ""), huis, strict=True)
        ]
        straten = self._column(blok, "straat", self._straat, faults, "")
        postcodes = self._column(blok, "postcode", self._postcode, faults, "")
        plaatsen = self._column(blok, "woonplaats", self._woonplaats, faults, "")
        doelen = self._loose_column(blok, "gebruiksdoel", self._doelen, (LEEG, 0))
        status = self._loose_column(blok, "status", self._status, (LEEG, False))
        for place, wrong in blok.puntfouten.items():
            faults.setdefault(place, []).append(("punt", wrong))
        keys = list(map(" ".join, zip(postcodes, nummers, letters, toevoegingen, strict=True)))
        withdrawn = {place for place, told in enumerate(status) if told[1]}
        good = self._good(keys, faults, self._passed_over(blok, ids[0], ids[1]), withdrawn)
        lines = list(
            map(
                "\t".join,
                zip(
                    straten, postcodes, nummers, letters, toevoegingen, plaatsen,
                    *([value or LEEG for value in column] for column in ids),
                    [told[0] for told in doelen],
                    self._loose_column(blok, "oppervlakte", self._oppervlakte, LEEG),
                    [told[0] for told in status],
                    *([LEEG if value is None else repr(value) for value in column] for column in (blok.xs, blok.ys)),
                    strict=True,
                ),
            )
        )  # fmt: skip
        self.weggelaten["gebruiksdoel"] += sum(told[1] for told in doelen)
        result = Uitkomst(
            [lines[place] for place in good],
            good,
            [at for at, place in enumerate(good) if place in withdrawn] if withdrawn else [],
        )
        for place in sorted(faults):
            result.afgewezen.append(
                (blok.regels[place], faults[place], blok.xs[place], blok.ys[place], _kept(blok, place))
            )
        return result

    def _good(
        self, keys: Sequence[str], faults: dict[int, Faults], passed: set[int], withdrawn: set[int]
    ) -> Sequence[int]:
        """The places of rows that can land; a second row with the same address is a fault, a withdrawn one gives way.

        What is passed over has no faults either.
        """
        for place in passed:
            faults.pop(place, None)
        fresh = set(keys)
        if not faults and not passed and not withdrawn and len(fresh) == len(keys) and self._seen.isdisjoint(fresh):
            self._seen |= fresh
            return range(len(keys))
        good = []
        for place, key in enumerate(keys):
            if place in passed or place in faults:
                continue
            if place not in withdrawn:
                if key in self._seen:
                    faults[place] = [_DOUBLE]
                    continue
                self._seen.add(key)
            good.append(place)
        return good

    def _column(self, blok: Blok, name: str, parse: "Gelezen[T]", faults: dict[int, Faults], otherwise: T) -> list[T]:
        """A column as it was read; what cannot be read is a fault of its row."""
        parsed = [parse[value] for value in blok.kolommen.get(name) or [None] * len(blok.regels)]
        if parse.bad:
            for place, value in enumerate(parsed):
                if type(value) is Onleesbaar:
                    parsed[place] = otherwise
                    if place not in blok.fouten:
                        faults.setdefault(place, []).append((name, str(value)))
        return cast("list[T]", parsed)

    def _loose_column(self, blok: Blok, name: str, parse: "Gelezen[T]", otherwise: T) -> list[T]:
        """A column of which a value that cannot be read is left out, and the row lands all the same."""
        parsed = [parse[value] for value in blok.kolommen.get(name) or [None] * len(blok.regels)]
        if parse.bad:
            self.weggelaten[name] += sum(type(value) is Onleesbaar for value in parsed)
            parsed = [otherwise if type(value) is Onleesbaar else value for value in parsed]
        return cast("list[T]", parsed)

    def _passed_over(self, blok: Blok, bag_ids: Sequence[str | None], object_ids: Sequence[str | None]) -> set[int]:
        """Rows that are history, that name another municipality, or that the BAG keeps for one."""
        passed: set[int] = set()
        if "einde" in blok.kolommen:
            passed |= {place for place, value in enumerate(blok.kolommen["einde"]) if value is not None and cell(value)}
        for place, value in enumerate(blok.kolommen.get("gemeente", ())):
            if compare(cell(value), self.gemeentecode, "") is Vergelijking.ANDERE_CODE:
                passed.add(place)
        if not (self._alleen_eigen or self._eigen_zonder_punt):
            return passed
        keepers = blok.kolommen.get("bronhouder")
        for place, x in enumerate(blok.xs):
            if x is not None and not self._alleen_eigen:
                continue
            keeper = cell(keepers[place]).zfill(4) if keepers else (bag_ids[place] or object_ids[place] or "")[:4]
            if keeper != self._digits:
                passed.add(place)
        return passed

    def _ids(
        self, blok: Blok, number: int, faults: dict[int, Faults]
    ) -> tuple[list[str | None], list[str | None], list[str | None]]:
        """The three identifications; one in the wrong column is put where its digits say that it belongs."""
        found: tuple[list[str | None], ...] = ([None] * number, [None] * number, [None] * number)
        for column in ("bagId", "adresseerbaar", "identificatie", "pand"):
            values = blok.kolommen.get(column, ())
            kind = _only_kind(values)
            if kind is not None and found[_TARGETS[kind]].count(None) == number:
                found[_TARGETS[kind]][:] = values
                continue
            for place, value in enumerate(values):
                if value is None or place in blok.fouten:
                    continue
                if type(value) is not str or len(value) != 16 or not value.isascii() or not value.isdigit():
                    try:
                        value = self._id(value)  # noqa: PLW2901 - mended
                    except ValueError as fault:
                        faults.setdefault(place, []).append((column, str(fault)))
                        continue
                    if not value:
                        continue
                target = _TARGETS.get(value[4:6])
                if target is None:
                    faults.setdefault(place, []).append(
                        (column, "is geen kenmerk van een adres, verblijfsobject, standplaats, ligplaats of pand")
                    )
                elif found[target][place] is None:
                    found[target][place] = value
        return found[0], found[1], found[2]

    def _id(self, value: Any) -> str:  # noqa: ANN401 - a cell of any file
        """An identification that needs a mend, or the first one of a list or relation; empty when there is none."""
        text = cell(value)
        if not text:
            return ""
        if text[:1] in {"{", "["} or "," in text or "|" in text:
            found = _IN_OBJECT.search(text)
            if found is None:
                return ""
            text = found.group()
        return restore_id(text, self.gemeentecode)


def _only_kind(values: Sequence[Any]) -> str | None:
    """The object type of a column that holds nothing but whole identifications of one type: told by a few looks at all of it."""
    try:
        joined = "".join(values)
    except TypeError:
        return None
    if not (joined.isascii() and joined.isdigit()) or set(map(len, values)) != {16}:
        return None
    kinds = {value[4:6] for value in values}
    return kinds.pop() if len(kinds) == 1 and kinds <= _TARGETS.keys() else None


def _kept(blok: Blok, place: int) -> dict[str, str]:
    """The columns of a rejected row as they were read, with its point, so that it can be mended and sent again."""
    kept = {name: text for name, column in blok.kolommen.items() if (text := cell(column[place]))}
    return kept | {
        name: str(value) for name, value in (("x", blok.xs[place]), ("y", blok.ys[place])) if value is not None
    }


def cell(value: object) -> str:
    """A cell as text: nothing is empty, 12.0 is 12."""
    if value is None or value != value:  # noqa: PLR0124 - NaN is not itself
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    return str(value).strip()


def _name(text: str) -> str:
    if text.startswith("{"):
        try:
            told = json.loads(text)
        except ValueError:
            told = {}
        text = str(told.get("naam") or told.get("korteNaam") or "") if isinstance(told, dict) else ""
    if not text.isascii():
        from app.objecten.rules.teksten import repair_double_encoding  # noqa: PLC0415 - a third of the start-up time, and seldom needed

        text = repair_double_encoding(text)
    text = " ".join(text.replace("\u200b", "").split())
    if not text:
        raise ValueError("ontbreekt")
    if len(text) > 200 or not text.isprintable():
        raise ValueError("is te lang of bevat tekens die niet bewaard kunnen worden")
    return _wire(text)


def _postcode(text: str) -> str:
    if not text:
        raise ValueError("ontbreekt; een adres zonder postcode kan niet worden bewaard")
    return parse_postcode(text)


def _part(text: str) -> str:
    if len(text) > 10 or not re.fullmatch(r"[A-Za-z0-9 .\-/]*", text, re.ASCII):
        raise ValueError("heeft hoogstens tien letters en cijfers")
    return clean_part(text)


def _status(text: str) -> tuple[str, bool]:
    if len(text) > 80 or not text.isprintable():
        raise ValueError("is geen status")
    return _wire(text) or LEEG, is_withdrawn(text)


def _doelen(text: str) -> tuple[str, int]:
    """The purposes as JSON, written as the database layer writes it, and how many were none."""
    if not text:
        return LEEG, 0
    known, unknown = parse_gebruiksdoelen(text)
    return json.dumps(known) if known else LEEG, unknown


def _oppervlakte(text: str) -> str:
    metres = parse_oppervlakte(text) if text else None
    return LEEG if metres is None else str(metres)


def _wire(text: str) -> str:
    """A text in a line; it holds no tabs and line ends any more."""
    return text.replace("\\", "\\\\")
