"""How smooth the page is with many orders: `python -m perf.page`.

Starts a server, places the orders, opens the page in a browser, loads all of them, and counts the
frames that it draws while further orders arrive and while somebody scrolls. The baseline is an
empty page in the same browser: its frames are what the machine can draw at all.
"""

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from cluster.replicas import SERVER
from driver import TRADING
from driver.page import Browser, NoBrowser
from driver.server_process import ServerDidNotStart, ServerProcess
from perf.exchange import exchange
from perf.placing import client_session, different_drafts
from perf.steady import place_steadily

if TYPE_CHECKING:
    from playwright.async_api import CDPSession, Page

_DELAYS = {"DELAY_MIN": "0", "DELAY_MAX": "0.2"}
_EVENTS_OF_AN_ORDER = 2
_CONNECTIONS = 100
_EVENTS = 2 * 100  # in a second; not as one number, which would read as a status code
_PATIENCE = 30.0
_MOST_SECONDS = 600.0
_LOAD = 120_000.0  # milliseconds
_HEAD = (
    "| | frames/s | against an empty page | longest frame (ms) | events/s | script memory (MB) "
    "| elements |\n|---|---:|---:|---:|---:|---:|---:|"
)
_FRAMES = """([seconds, scrolls]) => new Promise(done => {
    const rows = document.getElementById("rows");
    const [stamps, begun] = [[], performance.now()];
    requestAnimationFrame(function frame(now) {
        stamps.push(now);
        const passed = (now - begun) / 1000 / seconds;
        if (scrolls) rows.scrollTop = passed * rows.scrollHeight;
        if (passed < 1) requestAnimationFrame(frame);
        else done(stamps);
    });
})"""
_LAST = """() => Number(document.querySelector("#tape .number")?.textContent ?? 0)"""
_ELEMENTS = "() => document.querySelectorAll('*').length"


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was drawn in a time: frames in a second, the longest frame in ms; events in a second.

    `memory` is what scripts hold after a collection, in MB; `elements` are those of the document.
    """

    what: str
    frames: float
    longest: float
    events: float
    memory: float
    elements: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints a table in Markdown; 1 and a sentence if there is no browser."""
    options = _parser().parse_args(arguments)
    try:
        browser = Browser.launch()
    except NoBrowser as lack:
        print(lack, file=sys.stderr)
        return 1
    try:
        with TemporaryDirectory() as folder, _server(Path(folder, "server.log")) as server:
            drawn = _measure(browser, server, options)
    except (ServerDidNotStart, OSError) as error:
        print(f"ERROR: {error}", file=sys.stderr)
        return 1
    finally:
        browser.close()
    print(_HEAD, *_lines(drawn), sep="\n")
    return 0


def _server(log: Path) -> ServerProcess:
    return ServerProcess(SERVER, _DELAYS, log)


def _measure(browser: Browser, server: ServerProcess, options: argparse.Namespace) -> list[Drawn]:
    address = server.await_address()
    seconds, events, orders = options.seconds, options.events, options.orders
    bare = browser.run(_few(browser, address, seconds), _MOST_SECONDS)
    _say(f"placing {orders:,} orders")
    if findings := place_steadily(address, TRADING, orders, _CONNECTIONS, patience=_PATIENCE):
        raise OSError(f"The server answered wrongly: {findings[0]}")
    many = browser.run(_many(browser, address, orders, events, seconds), _MOST_SECONDS)
    return [*bare, *many]


async def _few(browser: Browser, address: str, seconds: float) -> list[Drawn]:
    """An empty page, and ours without any order."""
    context = await browser.context()
    page = await context.new_page()
    empty = await _drawn("an empty page", page, seconds)
    await _open(page, address)
    ours = await _drawn("the page, no orders", page, seconds)
    await context.close()
    return [empty, ours]


async def _many(
    browser: Browser, address: str, orders: int, events: int, seconds: float
) -> list[Drawn]:
    """Our page with all orders loaded: in peace, with events, and scrolled meanwhile."""
    context = await browser.context()
    page = await context.new_page()
    await _open(page, address)
    await _load_all(page, orders)
    name = f"{orders:,} orders"
    found = [await _drawn(name, page, seconds)]
    async with _orders_arriving(address, events / _EVENTS_OF_AN_ORDER, seconds):
        found.append(await _drawn(f"{name}, {events} events/s", page, seconds))
    async with _orders_arriving(address, events / _EVENTS_OF_AN_ORDER, seconds):
        scrolled = f"{name}, {events} events/s, scrolled from end to end"
        found.append(await _drawn(scrolled, page, seconds, scrolls=True))
    await context.close()
    return found


async def _open(page: "Page", address: str) -> None:
    await page.goto(f"{address}/")
    await page.locator("#connection[data-state=live]").wait_for()


async def _load_all(page: "Page", orders: int) -> None:
    """Pages into the past to its end."""
    _say("loading them on the page")
    loaded = page.locator("#blotter-state", has_text=f"{orders:,} loaded")
    older = page.get_by_role("button", name="Load older orders")
    while not await loaded.count():
        with suppress(_too_late()):  # it goes when all are loaded
            await older.click(timeout=1000)
    await loaded.wait_for(timeout=_LOAD)


def _too_late() -> type[Exception]:
    from playwright.async_api import TimeoutError as TooLate  # noqa: PLC0415 - it is optional

    return TooLate


async def _drawn(what: str, page: "Page", seconds: float, *, scrolls: bool = False) -> Drawn:
    _say(what)
    before = await page.evaluate(_LAST)
    stamps: list[float] = await page.evaluate(_FRAMES, [seconds, scrolls])
    events = await page.evaluate(_LAST) - before
    lengths = [end - begin for begin, end in pairwise(stamps)]
    passed = (stamps[-1] - stamps[0]) / 1000
    return Drawn(
        what,
        frames=len(lengths) / passed,
        longest=max(lengths),
        events=events / passed,
        memory=await _memory(page),
        elements=await page.evaluate(_ELEMENTS),
    )


async def _memory(page: "Page") -> float:
    session: CDPSession = await page.context.new_cdp_session(page)
    await session.send("HeapProfiler.collectGarbage")
    usage: dict[str, Any] = await session.send("Runtime.getHeapUsage")
    await session.detach()
    return float(usage["usedSize"]) / 1e6


@asynccontextmanager
async def _orders_arriving(address: str, rate: float, seconds: float) -> AsyncIterator[None]:
    """So many further orders in each second, as of somebody else, from now on."""
    async with client_session() as session, asyncio.TaskGroup() as arriving:
        arriving.create_task(_place_evenly(arriving, session, address, rate, seconds))
        yield


async def _place_evenly(
    arriving: asyncio.TaskGroup, session: Any, address: str, rate: float, seconds: float
) -> None:
    clock = asyncio.get_running_loop().time
    begun = clock()
    for number, draft in enumerate(different_drafts(TRADING, round(rate * seconds))):
        await asyncio.sleep(begun + number / rate - clock())  # until its turn comes
        request = TRADING.requests.place(draft)
        arriving.create_task(exchange(session, address, request, request.body))


def _lines(drawn: Sequence[Drawn]) -> Iterator[str]:
    baseline = drawn[0].frames
    for each in drawn:
        yield (
            f"| {each.what} | {each.frames:.1f} | {each.frames / baseline:.2f} "
            f"| {each.longest:.0f} | {each.events:.0f} | {each.memory:.1f} | {each.elements:,} |"
        )


def _say(what: str) -> None:
    print(f"  {what}", file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m perf.page", description=__doc__)
    add = parser.add_argument
    add("--orders", type=int, default=10_000, help="that the page has loaded (%(default)s)")
    add("--events", type=int, default=_EVENTS, help="that arrive in a second (%(default)s)")
    add("--seconds", type=float, default=5.0, help="of each measurement (%(default)s)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
