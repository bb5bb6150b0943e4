"""Those who ask the same together get one look at the database, which began after each of them asked."""

import asyncio
import threading

import pytest

from app.core.http.together import Together


def test_who_asks_during_a_look_gets_the_next_one_and_shares_it() -> None:
    seen: list[int] = []
    began, may_end = threading.Event(), threading.Event()

    def look() -> bytes:
        seen.append(len(seen))
        number = seen[-1]
        if number == 0:
            began.set()
            may_end.wait(5)
        return str(number).encode()

    async def play() -> list[bytes]:
        together = Together()
        first = asyncio.create_task(together.answer("dag", look))
        await asyncio.to_thread(began.wait, 5)
        late = [asyncio.create_task(together.answer("dag", look)) for _ in range(5)]
        other = await together.answer("andere dag", lambda: b"x")
        assert other == b"x"  # another question does not wait for this one
        late[0].cancel()
        may_end.set()
        return [await first, *await asyncio.gather(*late[1:])]

    assert asyncio.run(play()) == [b"0", b"1", b"1", b"1", b"1"]
    assert seen == [0, 1]


def test_an_error_is_that_of_all_who_share_it_and_not_of_the_next() -> None:
    def fail() -> bytes:
        raise LookupError

    async def play() -> None:
        together = Together()
        asked = await asyncio.gather(*(together.answer("dag", fail) for _ in range(3)), return_exceptions=True)
        assert [type(one) for one in asked] == [LookupError] * 3
        with pytest.raises(LookupError):
            await together.answer("dag", fail)
        assert await together.answer("dag", lambda: b"goed") == b"goed"

    asyncio.run(play())
