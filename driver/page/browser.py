"""The system's Chromium, Chrome or Edge, in a thread of its own."""

import asyncio
import shutil
import threading
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, Self, TypeVar

from driver.errors import DriverError

if TYPE_CHECKING:
    from playwright.async_api import Browser as Chromium
    from playwright.async_api import BrowserContext, Playwright

T = TypeVar("T")

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
_CHANNELS = ("chrome", "msedge")
_ARGUMENTS = ["--disable-gpu", "--disable-quic", "--disable-background-networking"]
_SECONDS = 60.0


class NoBrowser(DriverError):
    """There is no browser to drive, or nothing to drive it with."""


class Browser:
    """Drives one browser from any thread: its coroutines run in an event loop of its own."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._playwright: Playwright | None = None
        self._chromium: Chromium | None = None

    @classmethod
    def launch(cls, port: int = 0) -> Self:
        """Starts a browser, which others may join at that port of loopback, if one is given.

        Raises NoBrowser, which says what to install.
        """
        return cls._having(lambda browser: browser._launch(port))

    @classmethod
    def join(cls, port: int) -> Self:
        """Drives the browser that another process has started with this port."""
        return cls._having(lambda browser: browser._join(port))

    @classmethod
    def _having(cls, begin: Any) -> Self:
        browser = cls()
        try:
            browser.run(begin(browser), _SECONDS)
        except NoBrowser:
            browser.close()
            raise
        return browser

    def run(self, work: Coroutine[Any, Any, T], seconds: float) -> T:
        """Runs a coroutine in the browser's thread. Raises TimeoutError after so many seconds."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(seconds)

    async def context(self) -> "BrowserContext":
        """A visitor of their own, with no memory of others."""
        assert self._chromium is not None, "launched or joined"
        return await self._chromium.new_context(viewport={"width": 1400, "height": 900})

    def close(self) -> None:
        """Ends the browser, or leaves it to the one who started it, and ends the thread."""
        self.run(self._close(), _SECONDS)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _launch(self, port: int) -> None:
        playwright = await self._start_driver()
        arguments = [*_ARGUMENTS, *([f"--remote-debugging-port={port}"] if port else [])]
        self._chromium = await _first_that_starts(playwright, arguments)

    async def _join(self, port: int) -> None:
        playwright = await self._start_driver()
        self._chromium = await playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")

    async def _start_driver(self) -> "Playwright":
        try:
            from playwright.async_api import async_playwright  # noqa: PLC0415 - it is optional
        except ModuleNotFoundError:
            raise NoBrowser(
                "The page is driven by Playwright, which is not installed: "
                "pip install -r requirements-page.txt"
            ) from None
        try:
            self._playwright = await async_playwright().start()
        except Exception as error:  # noqa: BLE001 - Playwright has no narrower one for this
            raise NoBrowser(
                f"The program that Playwright drives browsers with does not start ({error}). "
                "What it says when it is started alone: python -m playwright --version"
            ) from None
        return self._playwright

    async def _close(self) -> None:
        if self._chromium is not None:
            await self._chromium.close()
        if self._playwright is not None:
            await self._playwright.stop()
        elif left := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(left, timeout=_SECONDS)  # a driver that did not start takes leave


async def _first_that_starts(playwright: "Playwright", arguments: list[str]) -> "Chromium":
    """A browser of the system, or else the one that Playwright can install."""
    from playwright.async_api import Error  # noqa: PLC0415 - it is optional

    programs = [path for name in _PROGRAMS if (path := shutil.which(name))]
    ways: list[dict[str, Any]] = [{"executable_path": path} for path in programs]
    ways += [{"channel": name} for name in _CHANNELS]
    for way in (*ways, {}):
        try:
            return await playwright.chromium.launch(args=arguments, **way)
        except Error:
            continue
    raise NoBrowser(
        "There is no browser to drive the page with: install Chromium, Chrome or Edge, or let "
        "Playwright install one of its own: python -m playwright install chromium"
    )
