"""The page as somebody looks at it, and as it is cut off from the server."""

from typing import TYPE_CHECKING

from driver.errors import AnswerOverdue, ContractViolation, Part, ServerUnreachable
from driver.page.shown import DETAILS, REJECTION, Texts

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page


class Window:
    """What a page shows; every wait ends after `seconds`. Runs in the browser's thread."""

    page: "Page"

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    async def findings(self) -> list[str]:
        """What the page showed that no event had told."""
        found: list[str] = await self.page.evaluate("watch.findings()")
        return found

    async def lose_connection(self) -> None:
        """Cuts the page off from its events until `mend_connection`; it has noticed."""
        await self.page.evaluate("watch.cutOff()")
        await self._until(self.page.locator("#connection[data-state=lost]"), "the loss")

    async def mend_connection(self) -> None:
        """Lets the page connect again."""
        await self.page.evaluate("watch.mend()")

    async def sleep(self) -> None:
        """Lets the connection die without a word, as of a machine that sleeps."""
        await self.page.evaluate("watch.sleep()")

    async def wake_up(self) -> None:
        """Wakes the machine a minute later."""
        await self.page.evaluate("watch.wake()")

    async def resumed(self) -> str:
        """What the page says of its connection once it is live again; empty if it is not."""
        live = self.page.locator("#connection[data-state=resumed]")
        try:
            await self._until(live, "that it is live again")
        except AnswerOverdue:
            return ""
        return await live.inner_text()

    async def invalid_fields(self) -> list[str]:
        """The names of the ticket's fields that are marked as invalid, with a reason each."""
        names: list[str] = await self.page.locator("#ticket .field").evaluate_all(
            """fields => fields.filter(field => field.querySelector("[aria-invalid=true]")
                && field.querySelector(".error").textContent).map(field => field.dataset.field)"""
        )
        return names

    async def counts_rows(self, count: int) -> bool:
        """Whether the blotter comes to have so many rows, in time."""
        state = self.page.locator("#blotter-state", has_text=f"{count} matching")
        try:
            await self._until(state, f"{count} rows")
        except AnswerOverdue:
            return False
        return True

    async def answer_text(self) -> str:
        """What the newest answer says that was asked for."""
        return await self.page.locator("#answers > li .wanted").first.inner_text()

    async def markup_in_answers(self) -> int:
        """How many elements there are that only text of an order can have made."""
        return await self.page.locator("#answers .wanted :is(b, i, img, script)").count()

    async def has_offered_cancel(self, order_id: str) -> bool:
        """Whether there has been a button to cancel the order."""
        return bool(await self.page.evaluate("id => watch.offeredCancel(id)", order_id))

    async def takes_back_cancel(self, order_id: str) -> bool:
        """Whether no button to cancel the order is left, in time."""
        buttons = self.page.locator(f'[data-order-id="{order_id}"] button.cancel')
        try:
            await buttons.first.wait_for(state="detached")
        except too_late():
            return False
        return True

    async def row_shows(self, order_id: str, status: str) -> bool:
        """Whether the row of an order, if it is in view, shows the status in time."""
        row = self.page.locator(f'#rows [data-order-id="{order_id}"]')
        try:
            if await row.count():
                await self._until(row.locator(".status", has_text=status), "the status")
        except AnswerOverdue:
            return not await row.count()  # it may have gone out of view
        return True

    async def _visit(self, address: str) -> None:
        from playwright.async_api import Error  # noqa: PLC0415 - it is optional

        try:
            answer = await self.page.goto(address)
        except Error as error:
            raise ServerUnreachable(address, error.message) from None
        if answer is None or not answer.ok:
            told = f"code {answer.status}" if answer else "nothing"
            raise ContractViolation("The page", (f"is not at {address}",), told, Part.PAGE)

    async def _pressed(self, buttons: "Locator") -> bool:
        """Presses the button, if it is there, and is not taken away in that moment."""
        from playwright.async_api import Error  # noqa: PLC0415 - it is optional

        for button in await buttons.element_handles():
            try:
                await button.click()
            except Error as error:
                if await button.evaluate("button => button.isConnected"):
                    what = f"the press of a button ({error.message})"
                    raise AnswerOverdue(what, self._seconds) from None
                return False
            return True
        return False

    async def _until(self, wanted: "Locator", what: str) -> None:
        try:
            await wanted.wait_for(state="attached")
        except too_late():
            raise AnswerOverdue(f"the page, which should show {what}", self._seconds) from None

    async def _read(self, place: "Locator", shown: str, *, accepted: bool) -> Texts:
        texts: Texts = await place.locator(shown).first.evaluate(DETAILS if accepted else REJECTION)
        return texts


def too_late() -> type[Exception]:
    """What Playwright raises when a deadline has passed."""
    from playwright.async_api import TimeoutError as TooLate  # noqa: PLC0415 - it is optional

    return TooLate
