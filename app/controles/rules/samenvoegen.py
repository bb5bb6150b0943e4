"""Merges what tablets sent about one control, item by item; the order of arrival does not matter (design section 5).

Per item each device has one register: its own last value, by sequence number. One device that corrects itself
overwrites itself; two devices that differ keep both values, and the last one by time counts until a person looks.

A number that one device used twice was used by two copies of it (a profile that was copied, or put back from a backup). What has such a
number has a register of its own, since nobody can tell whose correction it is.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

KOPIE = "~"
"""Between a device and an event of it that stands apart."""


@dataclass(frozen=True, slots=True)
class Stempel:
    """Where and when something was entered.

    Attributes:
        apparaat: the device; with the event behind it when the number was used twice.
        volgnummer: counts up on that device; decides between two entries of one device, since a clock may jump.
        tijd: device time corrected by the difference with the server, ISO 8601 in UTC; decides between devices.
    """

    apparaat: str
    volgnummer: int
    tijd: str

    @property
    def tablet(self) -> str:
        """The device, also of an entry that stands apart."""
        return self.apparaat.partition(KOPIE)[0]

    @property
    def is_apart(self) -> bool:
        """Whether its number was used twice, so that it replaces nothing and nothing replaces it."""
        return KOPIE in self.apparaat

    def apart(self, gebeurtenis_id: object) -> "Stempel":
        """The stamp of an entry of which the number was used twice."""
        return Stempel(f"{self.tablet}{KOPIE}{gebeurtenis_id}", self.volgnummer, self.tijd)

    @property
    def eigen(self) -> tuple[int, str]:
        """Order within one device."""
        return (self.volgnummer, self.tijd)

    @property
    def onderling(self) -> tuple[str, int, str]:
        """Order between devices."""
        return (self.tijd, self.volgnummer, self.apparaat)


@dataclass(slots=True)
class Stand:
    """All that was entered about one control, mergeable.

    Attributes:
        antwoorden: per item and device the stamp and the value; None means that the answer was taken back.
        momenten: per kind of event (gestart, afgerond, poging, keuze) the last stamp and its content.
        acuut: moment of the first acute call.
        sfeerovergang: stamp of the first 'possible offence seen'; the fact itself is not kept (RPT-02).
    """

    antwoorden: dict[str, dict[str, tuple[Stempel, Any]]] = field(default_factory=dict)
    momenten: dict[str, tuple[Stempel, dict[str, Any]]] = field(default_factory=dict)
    acuut: str | None = None
    sfeerovergang: Stempel | None = None

    def answer(self, stempel: Stempel, antwoorden: Mapping[str, Any]) -> None:
        """Takes over answers, unless this device sent a later value for the item."""
        for code, waarde in antwoorden.items():
            registers = self.antwoorden.setdefault(code, {})
            vorige = registers.get(stempel.apparaat)
            if vorige is None or vorige[0].eigen <= stempel.eigen:
                registers[stempel.apparaat] = (stempel, waarde)

    def forget_device(self, apparaat: str) -> None:
        """Takes out the answers of one device, before they are taken over anew."""
        for registers in self.antwoorden.values():
            for naam in [naam for naam, (stempel, _) in registers.items() if stempel.tablet == apparaat]:
                del registers[naam]

    def note(self, soort: str, stempel: Stempel, inhoud: dict[str, Any]) -> None:
        """Takes over a moment, unless a later one of its kind is known."""
        vorige = self.momenten.get(soort)
        if vorige is None or _goes_after(stempel, vorige[0]):
            self.momenten[soort] = (stempel, inhoud)

    def values(self) -> dict[str, Any]:
        """The answers that stand: per item the last one by time, without those taken back."""
        gevonden: dict[str, Any] = {}
        for code, registers in self.antwoorden.items():
            gegeven = [register for register in registers.values() if register[1] is not None]
            if gegeven:
                gevonden[code] = max(gegeven, key=lambda register: register[0].onderling)[1]
        return gevonden

    def conflicts(self) -> dict[str, list[Any]]:
        """Items on which devices differ, with the values that do not stand.

        None, as the last, is an answer that one of two copies of a device took back.
        """
        staand = self.values()
        gevonden: dict[str, list[Any]] = {}
        for code, waarde in staand.items():
            registers = self.antwoorden[code]
            if len(registers) > 1:
                anders = [w for _, w in registers.values() if w is not None and not same(w, waarde)]
                copied = {stempel.tablet for stempel, _ in registers.values() if stempel.is_apart}
                if any(w is None and stempel.tablet in copied for stempel, w in registers.values()):
                    anders.append(None)
                if anders:
                    gevonden[code] = anders
        return gevonden

    def stands(self, stempel: Stempel, code: str) -> bool:
        """Whether what this stamp brought is still the answer that stands."""
        registers = self.antwoorden.get(code, {})
        return bool(registers) and max((s for s, _ in registers.values()), key=lambda s: s.onderling) == stempel

    def dump(self) -> str:
        """The state as JSON; each stamp is written once."""
        stempels: dict[Stempel, int] = {}

        def index(stempel: Stempel) -> int:
            return stempels.setdefault(stempel, len(stempels))

        antwoorden = {
            code: [[index(stempel), waarde] for stempel, waarde in registers.values()]
            for code, registers in self.antwoorden.items()
        }
        momenten = {soort: [index(stempel), inhoud] for soort, (stempel, inhoud) in self.momenten.items()}
        sfeer = None if self.sfeerovergang is None else index(self.sfeerovergang)
        return json.dumps(
            {
                "antwoorden": antwoorden,
                "momenten": momenten,
                "acuut": self.acuut,
                "sfeerovergang": sfeer,
                "stempels": [[s.apparaat, s.volgnummer, s.tijd] for s in stempels],
            },
            separators=(",", ":"),
        )

    @classmethod
    def load(cls, text: str) -> "Stand":
        """The state that `dump` wrote."""
        stored = json.loads(text)
        stempels = [Stempel(*delen) for delen in stored["stempels"]]
        sfeer = stored["sfeerovergang"]
        return cls(
            antwoorden={
                code: {stempels[nr].apparaat: (stempels[nr], waarde) for nr, waarde in registers}
                for code, registers in stored["antwoorden"].items()
            },
            momenten={soort: (stempels[nr], inhoud) for soort, (nr, inhoud) in stored["momenten"].items()},
            acuut=stored["acuut"],
            sfeerovergang=None if sfeer is None else stempels[sfeer],
        )


def same(een: object, ander: object) -> bool:
    """Whether two JSON values are the same; unlike Python, true is not 1 here."""
    return json.dumps(een, sort_keys=True) == json.dumps(ander, sort_keys=True)


def _goes_after(stempel: Stempel, vorige: Stempel) -> bool:
    if stempel.apparaat == vorige.apparaat:
        return stempel.eigen >= vorige.eigen
    return stempel.onderling >= vorige.onderling
