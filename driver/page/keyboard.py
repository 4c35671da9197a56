"""A trader with no other device than the keyboard. Runs in the browser's thread."""

from typing import TYPE_CHECKING

from driver.errors import ContractViolation, Part
from driver.page.wording import Ticket

if TYPE_CHECKING:
    from playwright.async_api import Page

_MOST_TABS = 60  # more than there are places to go to on the page
_NEAR = 4  # from the ticket past the button of the newest answer: few, for orders do not wait
_SIDE = '[name="side"]'
_FIELDS = {"quantity": "quantity", "symbol": "symbol", "reference": "clientOrderId"}


class Keyboard:
    """Goes from place to place on the page with Tab."""

    def __init__(self, page: "Page") -> None:
        self._page = page

    async def fill_in(self, ticket: Ticket) -> None:
        """Fills in the ticket, which Enter then places."""
        await self._tab_to(_SIDE)
        await self._press("Space")
        if not await self._is_there(f'{_SIDE}[value="{ticket.side}"]:checked'):
            await self._press("ArrowRight")
        for name, field in _FIELDS.items():
            await self._tab_to(f"#ticket-{field}")
            text = ticket.texts[name]
            await (self._page.keyboard.insert_text(text) if text else self._press("Delete"))

    async def place(self) -> None:
        """Places what was filled in."""
        await self._press("Enter")

    async def cancel(self, order_id: str) -> bool:
        """Presses the button of an order that was just accepted; False if it is taken away.

        Raises ContractViolation if it is there, and Tab leads past it.
        """
        button = f'#answers [data-order-id="{order_id}"] button.cancel'
        for _ in range(_NEAR):
            await self._press("Tab")
            if await self._is_there(f"{button}:focus"):
                await self._press("Enter")
                return await self._is_there(f"{button}[aria-disabled=true]")
        if await self._is_there(button):
            raise _unreachable(f"the button that cancels order {order_id}", _NEAR)
        return False

    async def _tab_to(self, selector: str) -> None:
        for _ in range(_MOST_TABS):
            await self._press("Tab")
            if await self._is_there(f"{selector}:focus"):
                return
        raise _unreachable(selector, _MOST_TABS)

    async def _press(self, key: str) -> None:
        await self._page.keyboard.press(key)

    async def _is_there(self, selector: str) -> bool:
        return bool(await self._page.locator(selector).count())


def _unreachable(place: str, tabs: int) -> ContractViolation:
    found = f"has a place that the keyboard does not lead to: {place}"
    return ContractViolation("The page", (found,), f"{tabs} times Tab", Part.KEYS)
