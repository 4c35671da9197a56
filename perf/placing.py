"""The burst: orders placed at the same time, and what is seen of them until all is over."""

import asyncio
import contextlib
import gc
import itertools
import uuid
from collections.abc import AsyncIterator, Callable, Iterator

import aiohttp

from driver import Contract, Draft, Side
from perf.assembly import StartSignal, assemble
from perf.attempts import LineUp
from perf.limits import allow_connections
from perf.records import BurstRecord
from perf.subscriber import Subscriber
from perf.watch import Phase, Progress, Watch

_SYMBOLS = ("EURUSD", "GBPUSD", "USDJPY", "AUDUSD")


def burst(
    base_url: str,
    contract: Contract,
    orders: int,
    *,
    patience: float,
    progress: Callable[[Progress], None] | None = None,
) -> BurstRecord:
    """Places so many orders at the same time and follows them until each is executed or lost.

    Nothing is given up before `patience` seconds have passed without news. All connections are
    open and the subscription to events is confirmed before the start signal. Whatever goes wrong
    after it is told by the record; before it, this raises ServerUnreachable, ContractViolation
    (the event stream does not begin as promised) or TooFewFiles.
    """
    if orders < 1:
        raise ValueError(f"A burst has at least 1 order, not {orders}.")
    allow_connections(orders)
    with _no_garbage_collection():
        return asyncio.run(
            _burst(base_url.rstrip("/"), contract, orders, Watch(patience, progress))
        )


async def _burst(base_url: str, contract: Contract, orders: int, watch: Watch) -> BurstRecord:
    async with (
        Subscriber(base_url, contract, watch.notice) as subscriber,
        client_session() as session,
        LineUp(base_url, contract, different_drafts(contract, orders), watch) as line_up,
    ):
        await subscriber.connect(watch.patience)
        await line_up.connect(session)
        start = StartSignal.now()
        await line_up.send()
        await line_up.answers()
        await subscriber.catch_up()
        accepted = {each.order.order_id for each in line_up.attempts if each.order}
        outstanding = subscriber.outstanding(accepted)
        async with _running(subscriber):
            await watch.until(Phase.EXECUTED, lambda: orders - outstanding(), orders)
    records = assemble(line_up.attempts, subscriber.events, start)
    return BurstRecord(base_url, start.wall, records, subscriber.findings)


def different_drafts(contract: Contract, orders: int) -> list[Draft]:
    """So many orders that all differ, so that an answer to another order is noticed."""
    return list(itertools.islice(endless_drafts(contract), orders))


def endless_drafts(contract: Contract) -> Iterator[Draft]:
    """As many of them as are asked for."""
    symbols = [each for each in _SYMBOLS if contract.requests.allows(each)]
    burst_id = uuid.uuid4().hex[:8]
    for number in itertools.count(1):
        yield {
            "reference": f"burst-{burst_id}-{number:05d}",
            "symbol": symbols[number % len(symbols)],
            "side": Side.BUY if number % 2 else Side.SELL,
            "quantity": str(number),
        }


def client_session() -> aiohttp.ClientSession:
    """A session for any number of connections that waits as long as it takes."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0),
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=None),
    )


@contextlib.asynccontextmanager
async def _running(subscriber: Subscriber) -> AsyncIterator[None]:
    task = asyncio.create_task(subscriber.record())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


@contextlib.contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """A collection stops everything for tens of milliseconds when there are many objects."""
    was_enabled = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
