import asyncio

import pytest

from perf.watch import Phase, Progress, Watch

FOR_EVER = 60.0


def test_it_ends_when_all_is_done() -> None:
    async def three_things() -> bool:
        done: list[int] = []
        watch = Watch(FOR_EVER, None)

        def one_more() -> None:
            done.append(1)
            watch.notice()

        for _ in range(3):
            asyncio.get_running_loop().call_soon(one_more)
        return await watch.until(Phase.ANSWERED, lambda: len(done), 3)

    assert asyncio.run(three_things())


def test_it_gives_up_when_nothing_happens() -> None:
    assert not asyncio.run(Watch(0.01, None).until(Phase.ANSWERED, lambda: 2, 3))


def test_what_is_done_already_needs_no_patience() -> None:
    assert asyncio.run(Watch(0.01, None).until(Phase.EXECUTED, lambda: 3, 3))


def test_every_event_renews_its_patience() -> None:
    patience, interval, events = 1.0, 0.4, 3

    async def events_before_patience_ends() -> bool:
        done: list[int] = []
        watch = Watch(patience, None)

        async def drip() -> None:
            for _ in range(events):
                await asyncio.sleep(interval)
                done.append(1)
                watch.notice()

        dripping = asyncio.create_task(drip())
        came = await watch.until(Phase.EXECUTED, lambda: len(done), events)
        await dripping
        return came

    assert asyncio.run(events_before_patience_ends())


def test_progress_says_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perf.watch._SECONDS_BETWEEN_REPORTS", 0)
    heard: list[Progress] = []
    asyncio.run(Watch(0.01, heard.append).until(Phase.CONNECTED, lambda: 2, 3))
    assert heard == [Progress(Phase.CONNECTED, 2, 3)]


def test_what_came_before_the_first_wait_is_no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    now, heard = [100.0], list[Progress]()
    monkeypatch.setattr("perf.watch.time.perf_counter", lambda: now[0])
    watch = Watch(0.01, heard.append)
    now[0] += 60
    asyncio.run(watch.until(Phase.CONNECTED, lambda: 2, 3))
    assert not heard
