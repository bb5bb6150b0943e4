"""A flood of sealed deliveries: slowed down and told, danger and signals go on, nothing is filled by who proves nothing (ADR 0023)."""

import asyncio
from collections.abc import Sequence
from typing import Any

import httpx
from sqlmodel import SQLModel, col, func, select

from app.controles.rules.bezorgmaat import ACCOUNT, DAG, RESERVE, TEKENS, Besluit, Bezorgmaat
from app.controles.schemas.bezorging import Verzegeld
from app.controles.service import bezorging
from app.controles.tables import Controlegebeurtenis, Quarantaine
from app.core.columns import SealedText
from app.core.http.turns import Turns
from app.core.runtime import Runtime
from app.core.settings import Settings
from app.core.tables import Auditregel
from app.gemeenten.tables import Taak
from tests.controles.conftest import Field, Tablet, signals
from tests.controles.test_bezorging import Sealer
from tests.support.issuer import Issuer
from tests.support.service import Service, running


def count(runtime: Runtime, table: type[SQLModel], *conditions: Any) -> int:  # noqa: ANN401 - any condition
    with runtime.system_unit("test", write=False) as uow:
        return uow.session.exec(select(func.count()).select_from(table).where(*conditions)).one()


def send(service: Service, sealed: Sequence[dict[str, str]]) -> httpx.Response:
    return service.anonymous().post("/v1/synchronisaties/_verzegeld", json={"zendingen": list(sealed)})


def test_a_day_of_one_tablet_then_a_pace_and_a_reserve_for_danger() -> None:
    now = 0.0
    maat = Bezorgmaat(100, lambda: now)
    mine: dict[str, float] = {"tablet a": 1, "account a": ACCOUNT}
    assert maat.take(mine, 100, 100, dringend=False) == Besluit(0)
    first = maat.take(mine, 10, 100, dringend=False)
    assert (first.wacht > 0, first.melden) == (True, True)
    assert not maat.take(mine, 10, 100, dringend=False).melden  # told once a day
    assert maat.take({"tablet b": 1}, 1, 100, dringend=False) == Besluit(0)  # another notices nothing
    assert maat.take(mine, round(100 * RESERVE), 100, dringend=True).wacht == 0
    assert maat.take(mine, 1, 100, dringend=True).wacht > 0  # the ceiling
    now += DAG / 2
    assert maat.take(mine, 25, 100, dringend=False).wacht == 0
    assert maat.take({"tablet c": 1}, 1, 101 * TEKENS, dringend=False).wacht > 0  # by length as well
    others = [maat.take({f"tablet {nr}": 1, "account d": ACCOUNT}, 100, 1, dringend=False) for nr in range(4)]
    assert [one.wacht > 0 for one in others] == [False] * 3 + [True]  # an account with a proof for many ids


def test_a_tablet_that_floods_is_slowed_down_and_danger_goes_through(
    veld: Field, service: Service, settings: Settings, issuer: Issuer, runtime: Runtime
) -> None:
    controle = veld.plan("SEKS")
    with running(settings.model_copy(update={"sealed_per_day": 4}), issuer) as bounded:
        tablet, other = Tablet(bounded.as_("toezichthouder")), Tablet(bounded.as_("toezichthouder-2"))
        mine, theirs = Sealer(tablet.client, tablet.apparaat), Sealer(other.client, other.apparaat)
        start = mine.seal(tablet.event("controle-gestart", controle))
        assert [send(bounded, [start]).status_code for _ in range(5)] == [200] * 4 + [429]
        refused = send(bounded, [mine.seal(tablet.answers(controle, {"ARB-04": "ja"}))])
        assert (refused.status_code, int(refused.headers["Retry-After"]) > 0) == (429, True)
        assert refused.headers["Content-Type"] == "application/problem+json"
        assert count(runtime, Controlegebeurtenis) == 1
        assert send(bounded, [mine.seal(tablet.event("acuut", controle))]).status_code == 200
        assert send(bounded, [mine.seal(tablet.event("acuut", controle))]).status_code == 429  # the ceiling
        assert send(bounded, [theirs.seal(other.answers(controle, {"ARB-04": "ja"}))]).status_code == 200
    assert [row["urgentie"] for row in signals(runtime)] == ["acuut"]
    told = service.as_("teamleider").get("/taken").json()["resultaten"]
    assert [row["onderwerpId"] for row in told if row["soort"] == "tablet-bezorgt-te-veel"] == [str(tablet.apparaat)]
    assert count(runtime, Taak, col(Taak.soort) == "tablet-bezorgt-te-veel") == 1


def test_what_names_no_key_of_ours_fills_nothing(
    veld: Field, tablet: Tablet, service: Service, runtime: Runtime
) -> None:
    sealer = Sealer(tablet.client, tablet.apparaat)
    sealer.kid = "0199aaaa-0000-7000-8000-000000000000"
    rubbish = sealer.seal(tablet.event("controle-gestart", veld.plan("SEKS")))
    before = count(runtime, Auditregel)
    answer = send(service, [rubbish] * 20)
    assert [row["ontvangst"] for row in answer.json()["resultaten"]] == [None] * 20
    assert (count(runtime, Quarantaine), count(runtime, Auditregel)) == (0, before)


def test_what_cannot_be_opened_is_kept_up_to_a_size(
    veld: Field, tablet: Tablet, service: Service, runtime: Runtime
) -> None:
    sealer = Sealer(tablet.client, tablet.apparaat)
    start = tablet.event("controle-gestart", veld.plan("SEKS"))
    broken = sealer.seal(start)
    head, _, rest = broken["jwe"].partition("..")
    sent = [{**broken, "jwe": f"{head}..{nr}{'A' * 390_000}{rest}"} for nr in range(3)]
    with runtime.system_unit("test") as uow:  # the share of a day, but for half a million
        bezorging._keep_unopened(uow, [Verzegeld.model_validate(broken)])
        uow.session.flush()
        row = uow.session.exec(select(Quarantaine)).one()
        row.inhoud = SealedText(bytes(bezorging.UNOPENED_BYTES_PER_DAY - 500_000))
    assert send(service, sent).status_code == 200
    assert count(runtime, Quarantaine) == 2
    assert send(service, [sealer.seal(start)]).json()["resultaten"][0]["status"] == "verwerkt"


def test_one_address_leaves_places_to_the_others() -> None:
    async def play() -> list[str]:
        turns, done, go = Turns(at_once=2), [], asyncio.Event()

        async def ask(address: str, name: str) -> None:
            async with turns.turn(address):
                done.append(name)
                if address == "a":
                    await go.wait()

        flood = [asyncio.create_task(ask("a", f"a{nr}")) for nr in range(50)]
        await asyncio.sleep(0)
        await asyncio.wait_for(ask("b", "b"), 5)
        seen = list(done)
        go.set()
        await asyncio.gather(*flood)
        assert turns._lanes == {}
        assert len(done) == 51
        return seen

    assert asyncio.run(play()) == ["a0", "a1", "b"]
