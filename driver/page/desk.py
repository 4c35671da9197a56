"""One trader at the page: fills in, presses, reads. Runs in the browser's thread."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from driver.errors import ContractViolation, NotOffered, Part
from driver.page.keyboard import Keyboard
from driver.page.shown import ROW, Seen, Texts
from driver.page.window import Window
from driver.page.wording import Ticket
from driver.vocabulary import Side

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Locator, Request

_REFERENCE = "clientOrderId"
_FIELDS = {"quantity": "quantity", "symbol": "symbol", "reference": _REFERENCE}
_WATCH = Path(__file__).with_name("watch.js")
_ANSWERED = "[data-state=accepted], [data-state=rejected]"
_MILLISECONDS = 1000


class Desk(Window):
    """A trader's window on the page at `base_url`; what the tape shows goes to `take`.

    Every wait ends after `seconds`.
    """

    def __init__(
        self, context: "BrowserContext", base_url: str, seconds: float, take: Callable[[Any], None]
    ) -> None:
        self._context = context
        self._base_url = base_url
        super().__init__(seconds)
        self._take = take
        self._ticket = asyncio.Lock()
        self._lookup = asyncio.Lock()
        self._blotter = asyncio.Lock()
        self._placed = self._viewed = self._filtered = 0
        self._cancelling: set[str] = set()
        self._cancels_sent: dict[str, float] = {}
        self._filled: dict[str, str] = {}
        self._side: Side | None = None

    async def open(self, api_key: str) -> int:
        """Opens the page, with the key if it asks for one; the number its events begin after."""
        self.page = await self._context.new_page()
        self.page.set_default_timeout(self._seconds * _MILLISECONDS)
        self._keyboard = Keyboard(self.page)
        self.page.on("request", self._note_cancel)
        await self.page.expose_function("tapeShows", self._take)
        await self.page.add_init_script(path=_WATCH)
        await self._visit(f"{self._base_url}/")
        if api_key:
            await self.page.get_by_label("Key", exact=True).fill(api_key)
            await self.page.get_by_role("button", name="Connect").click()
        live = self.page.locator("#connection[data-state=live]")
        await self._until(live, "the page to be live")
        return int((await live.inner_text()).rsplit(" ", 1)[-1])

    async def place(self, ticket: Ticket) -> Seen:
        """Fills in the ticket and places it; others may be on their way."""
        async with self._ticket:
            await self._fill_in(ticket)
            self._placed += 1
            number = self._placed
            sent = time.perf_counter()
            await self.page.locator("#ticket-quantity").press("Enter")
        return await self._answered(number, sent)

    async def view(self, order_id: str) -> Seen:
        """Looks for an order by its ID."""
        async with self._lookup:
            self._viewed += 1
            await self.page.get_by_label("Order ID", exact=True).fill(order_id)
            sent = time.perf_counter()
            await self.page.get_by_role("button", name="View").click()
            found = self.page.locator(f'#found[data-number="{self._viewed}"]')
            await self._until(found, f"order {order_id}")
            accepted = await found.get_attribute("data-state") == "found"
            received = time.perf_counter()
            shown = "dl" if accepted else ".rejection"
            texts = await self._read(found, shown, accepted=accepted)
            return Seen(accepted, texts, sent, received)

    async def search(self, filters: Mapping[str, str]) -> tuple[Seen, list[Texts]]:
        """Filters the blotter and reads all of its rows, newest first."""
        async with self._blotter:
            sent = time.perf_counter()
            state = await self._filter(filters)
            accepted = await state.get_attribute("data-state") == "complete"
            received = time.perf_counter()
            texts = {} if accepted else await self._read(state, ".rejection", accepted=False)
            rows = await self._all_rows() if accepted else []
            return Seen(accepted, texts, sent, received), rows

    async def cancel(
        self, order_id: str, reference: str | None, *, by_keyboard: bool = False
    ) -> Seen:
        """Presses the cancel button of an order, in the answers or in the blotter.

        The keyboard alone is for orders that were just placed with it.
        """
        if order_id in self._cancelling:
            raise NotOffered("several cancels of one order at the same time")
        self._cancelling.add(order_id)
        try:
            line = self.page.locator(f'#answers > [data-order-id="{order_id}"]')
            if await line.count():
                answer = line.locator(".cancel-answer")
                if by_keyboard:
                    return await self._cancelled(self._keyboard.cancel(order_id), answer, order_id)
                return await self._press(line, answer, order_id)
            async with self._blotter:
                row = await self._reveal(order_id, reference)
                answer = self.page.locator(f'#blotter-answer[data-order-id="{order_id}"]')
                return await self._press(row, answer, order_id)
        finally:
            self._cancelling.discard(order_id)

    async def rows(self) -> list[Texts]:
        """All rows of the blotter as they are, newest first."""
        async with self._blotter:
            return await self._all_rows()

    async def place_by_keyboard(self, ticket: Ticket) -> Seen:
        """The same as `place`, with no other device than the keyboard."""
        async with self._ticket:
            await self._keyboard.fill_in(ticket)
            self._placed += 1
            number = self._placed
            sent = time.perf_counter()
            await self._keyboard.place()
        return await self._answered(number, sent)

    async def _answered(self, number: int, sent: float) -> Seen:
        line = self.page.locator(f'#answers > [data-number="{number}"]')
        await self._until(line.and_(self.page.locator(_ANSWERED)), "an answer")
        received = time.perf_counter()
        accepted = await line.get_attribute("data-state") == "accepted"
        texts = await self._read(line, "dl" if accepted else ".rejection", accepted=accepted)
        return Seen(accepted, texts, sent, received)

    async def _fill_in(self, ticket: Ticket) -> None:
        """Changes what is different from the order before: the ticket keeps its values."""
        for name, text in ticket.texts.items():
            if self._filled.get(name, "") != text:
                await self.page.locator(f"#ticket-{_FIELDS[name]}").fill(text)
                self._filled[name] = text
        if ticket.side is self._side:
            return
        if ticket.side is None:
            if await self.page.locator("#ticket :checked").count():
                raise NotOffered("to take back the choice of a side")
        else:
            name = str(ticket.side).capitalize()
            await self.page.get_by_role("radio", name=name).check()
            self._side = ticket.side

    def _note_cancel(self, request: "Request") -> None:
        """Notes when the page sends a cancel, which on a busy machine is later than the press."""
        if request.method == "DELETE":
            self._cancels_sent[request.url.rpartition("/")[2]] = time.perf_counter()

    async def _press(self, place: "Locator", answer: "Locator", order_id: str) -> Seen:
        pressing = self._pressed(place.get_by_role("button", name="Cancel"))
        return await self._cancelled(pressing, answer, order_id)

    async def _cancelled(
        self, pressing: Coroutine[Any, Any, bool], answer: "Locator", order_id: str
    ) -> Seen:
        if not await pressing:
            raise NotOffered("the cancel of an order that is no longer PENDING")
        await self._until(answer, "the answer to the cancel")
        received = time.perf_counter()
        if order_id not in self._cancels_sent:
            found = f"tells the answer to a cancel of order {order_id}, which it has not sent"
            raise ContractViolation("The page", (found,), await answer.inner_text(), Part.PAGE)
        sent = self._cancels_sent.pop(order_id)
        accepted = await answer.get_attribute("data-state") == "accepted"
        texts = {} if accepted else await self._read(answer, ".rejection", accepted=False)
        return Seen(accepted, texts, sent, received)

    async def _reveal(self, order_id: str, reference: str | None) -> "Locator":
        row = self.page.locator(f'#rows [data-order-id="{order_id}"]')
        if not await row.count() and reference is not None:
            await self._filter({"reference": reference})
        await self._until(row, f"the row of order {order_id}")
        return row

    async def _filter(self, filters: Mapping[str, str]) -> "Locator":
        self._filtered += 1
        await self.page.locator("#filter-status").select_option(filters.get("status", ""))
        await self.page.locator("#filter-symbol").fill(filters.get("symbol", ""))
        await self.page.locator(f"#filter-{_REFERENCE}").fill(filters.get("reference", ""))
        await self.page.get_by_role("button", name="Filter").click()
        state = self.page.locator(f'#blotter-state[data-number="{self._filtered}"]')
        await self._until(state, "the list")
        return state

    async def _all_rows(self) -> list[Texts]:
        """Scrolls through the blotter from top to bottom, as far into the past as it goes."""
        viewport = self.page.locator("#rows")
        await viewport.evaluate("rows => rows.scrollTop = 0")
        found: dict[str, Texts] = {}
        while True:
            for row in await self._rows_in_view():
                found.setdefault(row["orderId"], row)
            before = await viewport.evaluate("rows => rows.scrollTop")
            await viewport.evaluate("rows => rows.scrollBy(0, rows.clientHeight)")
            if await viewport.evaluate("rows => rows.scrollTop") == before:
                break
        await viewport.evaluate("rows => rows.scrollTop = 0")
        return sorted(found.values(), key=lambda row: str(row["createdAt"]), reverse=True)

    async def _rows_in_view(self) -> list[Texts]:
        """The rows, once what was ordered is there for each of them."""
        await self.page.evaluate("() => new Promise(requestAnimationFrame)")
        unknown = self.page.locator("#rows .symbol", has_text="…")
        await unknown.first.wait_for(state="detached")
        rows: list[Texts] = await self.page.locator("#rows .row").evaluate_all(
            f"rows => rows.map({ROW})"
        )
        return rows
