"""F25: two tablets work on one control while requests and answers are lost, doubled, reordered and cut, clocks jump and tablets crash.

A model of what was entered is held against what the service has: every event exactly once, every answer that stands, every
difference between the tablets kept and told to the team leader, one signal where one must be. In one run of four a tablet is copied, outbox
and all, and both go on under one id. Then defects are planted in the service; each must be found.
"""

import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import UUID

import httpx
from sqlmodel import col, select

from app.controles.repository import gebeurtenissen
from app.controles.rules.ontvangstbewijs import digest
from app.controles.rules.samenvoegen import Stand, Stempel
from app.controles.service import beoordeling, kopieen, synchronisatie, werkset
from app.controles.service.toegang import sender
from app.controles.tables import Controlegebeurtenis, Quarantaine
from app.core.identifiers import new_id
from app.core.migrate import migrate
from app.core.runtime import Runtime
from app.gemeenten.tables import Taak
from app.signalen.tables import Signaal
from bench.intake import store_controls
from tests.support.databases import settings_for
from tests.support.issuer import Issuer
from tests.support.service import running
from tools.postgres import private_server

RUNS, STEPS, PLANTED_RUNS = 2_000, 40, 60
ITEMS: dict[str, tuple[Any, ...]] = {
    "BEV-02": ("ja", "nee"),
    "ENT-01": (1.0, 4.0, 9.0),
    "ARB-04": ("ja", "nee"),
    "ARB-12": (0.0, 3.0, 6.0),
    "IDE-01": (2.0, 5.0),
    "ENT-13": ("nee", "niet vastgesteld"),
}
VERSCHIL = "antwoorden-verschillen"
COPIED = 0.25
"""Share of the runs in which a tablet is copied."""
RED = ("IDE-03", "bij werkgever, bureau, verhuurder of exploitant")
Register = tuple[datetime, int, str, Any]
"""What one tablet says of one item: corrected moment, number, tablet, value."""


@dataclass
class Tablet:
    """A client that keeps every event until the service proved that it has it."""

    apparaat: str
    clock: datetime
    outbox: list[dict[str, Any]] = field(default_factory=list)
    sent: dict[str, dict[str, Any]] = field(default_factory=dict)
    proved: set[str] = field(default_factory=set)
    volgnummer: int = 0
    ahead: int = 0
    naam: str = ""

    def copy(self) -> "Tablet":
        """Another tablet with all that this one holds, its id and what it still has to send too."""
        return replace(
            self,
            clock=self.clock + timedelta(seconds=3),
            naam="kopie",
            outbox=list(self.outbox),
            sent=dict(self.sent),
            proved=set(self.proved),
        )

    def enter(self, controle_id: UUID, soort: str, inhoud: dict[str, Any]) -> dict[str, Any]:
        """Makes an event and keeps it."""
        self.volgnummer += 1
        self.clock += timedelta(seconds=7)
        key = str(new_id())
        event: dict[str, Any] = {
            "gebeurtenisId": key,
            "controleId": str(controle_id),
            "soort": soort,
            "apparaatId": self.apparaat,
            "volgnummer": self.volgnummer,
            "apparaatTijd": (self.clock + timedelta(seconds=self.ahead)).isoformat(),
            "klokVerschil": self.ahead,
            "inhoud": inhoud,
        }
        self.outbox.append(event)
        self.sent[key] = event
        return event

    def take(self, events: list[dict[str, Any]], results: list[dict[str, Any]]) -> None:
        """Drops what the service proved to have."""
        for event, result in zip(events, results, strict=True):
            kept = result["status"] in {"verwerkt", "verwerkt-met-fouten", "al-verwerkt"}
            if kept and result["ontvangst"]["sha256"] == digest(event):
                self.proved.add(event["gebeurtenisId"])
        self.outbox = [event for event in self.outbox if event["gebeurtenisId"] not in self.proved]


@dataclass
class Run:
    """One control with two tablets, and the model of what was entered."""

    controle_id: UUID
    chance: random.Random
    client: httpx.Client
    tablets: list[Tablet] = field(default_factory=list)
    model: dict[str, dict[str, Register]] = field(default_factory=dict)
    must_signal: bool = False
    copied_at: int | None = None
    copied: str | None = None

    def __post_init__(self) -> None:
        start = datetime.now(UTC) - timedelta(hours=3)
        self.tablets = [Tablet(str(new_id()), start + timedelta(seconds=n), naam=str(n)) for n in range(2)]
        if self.chance.random() < COPIED:
            self.copied_at = self.chance.randrange(STEPS // 2)
        for tablet in self.tablets:
            tablet.enter(self.controle_id, "controle-gestart", {})

    def step(self, number: int) -> None:
        """One thing that happens."""
        if number == self.copied_at:
            self.copied = self.tablets[0].apparaat
            self.tablets.append(self.tablets[0].copy())
            for registers in self.model.values():
                if "0" in registers:
                    registers["samen"] = registers.pop("0")  # both have it, and either may correct it
        tablet, what = self.chance.choice(self.tablets), self.chance.random()
        if what < 0.55:
            code = self.chance.choice(sorted(ITEMS))
            self._answer(tablet, code, self.chance.choice((*ITEMS[code], *ITEMS[code], None)))
        elif what < 0.57:
            self.must_signal = True
            self._answer(tablet, *RED)
        elif what < 0.58:
            self.must_signal = True
            tablet.enter(self.controle_id, "acuut", {})
        elif what < 0.60:
            tablet.enter(self.controle_id, "controle-afgerond", {})
        elif what < 0.64:
            tablet.ahead = self.chance.choice((0, 3600, -3600, 90))  # its clock was set; the difference is known
        else:
            self._send(tablet)

    def _answer(self, tablet: Tablet, code: str, value: Any) -> None:  # noqa: ANN401 - any answer
        event = tablet.enter(self.controle_id, "antwoorden", {"antwoorden": {code: value}})
        moment = datetime.fromisoformat(event["apparaatTijd"]) - timedelta(seconds=event["klokVerschil"])
        entered = (moment, event["volgnummer"], tablet.apparaat, value)
        registers = self.model.setdefault(code, {})
        registers[tablet.naam] = entered  # made in its own order: the last is the last
        if tablet.apparaat == self.copied:
            registers.pop("samen", None)

    def expected(self) -> tuple[dict[str, Any], dict[str, list[Any]]]:
        """The answers that must stand, and per item the values that differ from it."""
        stands, differ = {}, {}
        for code, registers in self.model.items():
            given = sorted(
                (register for register in registers.values() if register[3] is not None), key=lambda r: r[:3]
            )
            if given:
                stands[code] = given[-1][3]
                other = [register[3] for register in given if register[3] != given[-1][3]]
                if other:
                    differ[code] = other
        return stands, differ

    def _send(self, tablet: Tablet) -> None:
        """Some of what waits, in any order, with whatever the network does to it."""
        waiting = list(tablet.outbox)
        self.chance.shuffle(waiting)
        batch = waiting[: self.chance.randint(1, 12)]
        fate = self.chance.random()
        if not batch or fate < 0.15:
            return  # the request never came
        if fate < 0.30:
            batch = [*batch, self.chance.choice(batch)]  # doubled within a batch
        results = self._post(batch)
        if fate > 0.85:
            results = self._post(batch)  # doubled on the way
        if not 0.30 <= fate < 0.50:  # else the answer was lost, or the tablet crashed before it wrote it down
            tablet.take(batch, results)

    def _post(self, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
        answer = self.client.post("/synchronisaties", json={"gebeurtenissen": events})
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["resultaten"]
        return found

    def deliver(self) -> list[str]:
        """The network is back: everything is sent until the service proved to have it."""
        for tablet in self.tablets:
            for _ in range(3):
                if tablet.outbox:
                    batch = list(tablet.outbox)
                    tablet.take(batch, self._post(batch))
        return [f"{len(t.outbox)} events never proved" for t in self.tablets if t.outbox]

    def faults(self, runtime: Runtime) -> list[str]:
        """Where the service differs from the model."""
        with runtime.system_unit("bench", write=False) as uow:
            rows = uow.session.exec(
                select(Controlegebeurtenis.id).where(Controlegebeurtenis.controle_id == self.controle_id)
            ).all()
            signals = uow.session.exec(
                select(Signaal.id).where(col(Signaal.automatisch_voor) == self.controle_id)
            ).all()
            waiting = uow.session.exec(select(Quarantaine.id).where(Quarantaine.controle_id == self.controle_id)).all()
            tasks = uow.session.exec(
                select(Taak.id).where(Taak.onderwerp_id == self.controle_id, Taak.soort == VERSCHIL)
            ).all()
            copies = uow.session.exec(
                select(Taak.id).where(Taak.onderwerp_id == UUID(self.tablets[0].apparaat), Taak.soort == kopieen.SOORT)
            ).all()
            stand = werkset.load(uow, sender(uow), [self.controle_id]).gevallen[self.controle_id].stand
        entered = {event for tablet in self.tablets for event in tablet.sent}
        here = {str(row) for row in rows}
        found = []
        if entered - here:
            found.append(f"{len(entered - here)} events lost")
        if here - entered or len(rows) != len(here):
            found.append("events twice or from nowhere")
        stands, differ = self.expected()
        exact = {code for code in ITEMS_AND_RED if not self._by_copies(code)}
        if _only(stand.values(), exact) != _only(stands, exact):
            found.append("another answer stands")
        if _only(stand.conflicts(), exact) != _only(differ, exact):
            found.append("a difference between the tablets is not kept")
        found += self._copy_faults(stand, exact)
        if len(copies) != bool(self._used_twice()):
            found.append(f"{len(copies)} tasks about a copied tablet")
        if waiting:
            found.append(f"{len(waiting)} events wait that were sent as they were entered")
        if len(tasks) > 1 or (differ and not tasks):
            found.append(f"{len(tasks)} tasks about a difference for the team leader")
        if len(signals) > 1 or (self.must_signal and not signals):
            found.append(f"{len(signals)} signals")
        return found

    def _used_twice(self) -> set[int]:
        """The numbers that both copies used."""
        used: dict[int, set[str]] = {}
        for tablet in self.tablets:
            if tablet.apparaat == self.copied:
                for key, event in tablet.sent.items():
                    used.setdefault(event["volgnummer"], set()).add(key)
        return {number for number, keys in used.items() if len(keys) > 1}

    def _by_copies(self, code: str) -> bool:
        """Whether a tablet of which there are two answered this: more may be told as different than is, never less."""
        return self.copied is not None and bool(self.model.get(code, {}).keys() & {"0", "kopie"})

    def _copy_faults(self, stand: Stand, exact: set[str]) -> list[str]:
        """What each copy said last is kept, and what stands otherwise than it must is told."""
        stands, differ = self.expected()
        found, values, told = [], stand.values(), stand.conflicts()
        for code in self.model.keys() - exact:
            kept = [values.get(code), *told.get(code, [])]
            last = [stands[code], *differ.get(code, [])] if code in stands else []
            if any(value not in kept for value in last):
                found.append("an answer of one of two copies is replaced silently")
            if values.get(code) != stands.get(code) and code not in told:
                found.append("two copies: another answer stands, and nobody is told")
        return found


ITEMS_AND_RED = {*ITEMS, RED[0]}


def _only(found: dict[str, Any], codes: set[str]) -> dict[str, Any]:
    return {code: value for code, value in found.items() if code in codes}


def _no_order(self: Stand, stempel: Stempel, antwoorden: Any) -> None:  # noqa: ANN401 - as the original
    for code, waarde in antwoorden.items():
        self.antwoorden.setdefault(code, {})[stempel.apparaat] = (stempel, waarde)


def _one_register(self: Stand, stempel: Stempel, antwoorden: Any) -> None:  # noqa: ANN401 - as the original
    for code, waarde in antwoorden.items():
        self.antwoorden[code] = {stempel.apparaat: (stempel, waarde)}


def _by_arrival(self: Stand) -> dict[str, Any]:
    return {
        code: given[-1]
        for code, registers in self.antwoorden.items()
        if (given := [value for _, value in registers.values() if value is not None])
    }


_add_events = gebeurtenissen.add_events


def _drop_some(session: Any, rows: Any) -> None:  # noqa: ANN401 - as the original
    _add_events(session, rows[:-1] if len(rows) > 6 else rows)


PLANTED: dict[str, tuple[object, str, Any]] = {
    "the last to arrive overwrites": (Stand, "answer", _no_order),
    "one tablet overwrites the other silently": (Stand, "answer", _one_register),
    "the order of arrival decides between tablets": (Stand, "values", _by_arrival),
    "an event is acknowledged and not stored": (gebeurtenissen, "add_events", _drop_some),
    "a copied tablet is not noticed": (synchronisatie, "note_copies", lambda *_args: set()),
    "a copied tablet is told, and its answers replaced": (kopieen, "_merge_anew", lambda *_args: None),
    "no signal follows": (beoordeling, "raise_what_follows", lambda *_args, **_more: None),
}


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'bench.db'}"
        return
    with private_server(durable=False) as url:
        yield url


def play(runtime: Runtime, client: httpx.Client, controls: Iterator[UUID], runs: int, seed: int) -> list[str]:
    """Plays runs of `STEPS` steps; answers the faults that were found, with their run."""
    faults = []
    for number in range(runs):
        run = Run(next(controls), random.Random(f"{seed}/{number}"), client)
        for step in range(STEPS):
            run.step(step)
        found = [*run.deliver(), *run.faults(runtime)]
        faults += [f"run {number}: {fault}" for fault in found]
    return faults


def measure(kind: str, runs: int) -> bool:
    """One database: the service as it is, and then with each planted defect."""
    with tempfile.TemporaryDirectory() as name, _database(kind, Path(name)) as url:
        issuer = Issuer()
        settings = settings_for(url, Path(name), oidc_issuer=issuer.url, account_cache_seconds=30, log_level="CRITICAL")
        migrate(settings)
        controls = iter(store_controls(settings, runs + PLANTED_RUNS * len(PLANTED)))
        runtime = Runtime.start(settings)
        with running(settings, issuer) as service:
            client, started = service.as_("toezichthouder"), time.monotonic()
            faults = play(runtime, client, controls, runs, 25)
            took = time.monotonic() - started
            missed = []
            for defect, (target, attribute, broken) in PLANTED.items():
                with patch.object(target, attribute, broken):
                    if not play(runtime, client, controls, PLANTED_RUNS, 26):
                        missed.append(defect)
        runtime.stop()
        issuer.stop()
    print(
        f"{kind:<11} {runs} runs of {STEPS} steps in {took:.0f} s: {len(faults)} faults (goal 0); "
        f"{len(PLANTED) - len(missed)} of {len(PLANTED)} planted defects found{' without ' + ', '.join(missed) if missed else ''}"
    )
    for fault in faults[:10]:
        print(f"            {fault}")
    return not faults and not missed


def main() -> None:
    """Prints the faults per database; a number sets how many runs."""
    runs = next((int(word) for word in sys.argv[1:] if word.isdigit()), RUNS)
    kinds = [word for word in sys.argv[1:] if not word.isdigit()] or ["postgresql", "sqlite"]
    sound = [measure(kind, runs) for kind in kinds]  # both are told, also when the first has faults
    sys.exit(not all(sound))


if __name__ == "__main__":
    main()
