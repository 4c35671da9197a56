"""Whole orders under /ws/orders, several in a frame, behind a greeting and among ticks."""

from aiohttp import web

from tests.dialects.exchange import Event, Order, Refused
from tests.dialects.serving import (
    Routes,
    SmallServer,
    Subscribers,
    json_answer,
    main,
    object_in,
    quantity_in,
    text_in,
)

PAIRS = {"EUR/USD", "GBP/USD", "USD/JPY"}
STATUSES = {"PENDING": "NEW", "EXECUTED": "DONE", "CANCELLED": "CANCELED"}


def shown(order: Order, status: str) -> dict[str, object]:
    return {
        "id": f"ord-{order.number}",
        "instrument": order.symbol,
        "size": int(order.quantity),
        "status": STATUSES[status],
        "time": round(order.created.timestamp() * 1000),
    }


class Server(SmallServer):
    routes = Routes(
        ("POST", "/v3/orders"),
        ("GET", "/v3/orders/{id}"),
        ("DELETE", "/v3/orders/{id}"),
        ("GET", "/v3/orders"),
    )
    stream = "/ws/orders"

    async def place(self, request: web.Request) -> web.Response:
        sent = await object_in(request)
        if sent.pop("kind", None) != "market":
            raise Refused("invalid", "kind is market")
        instrument = text_in(sent.get("instrument"), "instrument")
        if instrument not in PAIRS:
            raise Refused("invalid", f"there is no {instrument}")
        if isinstance(sent.get("size"), str):
            raise Refused("invalid", "size is a number")
        order = await self.exchange.place(
            instrument, quantity_in(sent.get("size"), self.exchange, whole=True)
        )
        return json_answer(201, shown(order, order.shown))

    async def view(self, request: web.Request) -> web.Response:
        order = await self.exchange.view(number(request))
        return json_answer(200, shown(order, order.shown))

    async def cancel(self, request: web.Request) -> web.Response:
        await self.exchange.cancel(number(request))
        return web.Response(status=204)

    async def listed(self, _: web.Request) -> web.Response:
        orders = await self.exchange.listed()
        return json_answer(200, {"orders": [shown(order, order.shown) for order in orders]})

    def refusal(self, refused: Refused) -> web.Response:
        return refusal(refused)

    def subscribers(self) -> Subscribers:
        return Subscribers(self.exchange, frame, lambda: {"message": "welcome"}, ticks=0.1)


def number(request: web.Request) -> int | None:
    text = request.match_info["id"].removeprefix("ord-")
    return int(text) if text.isascii() and text.isdigit() else None


def frame(event: Event) -> dict[str, object]:
    return {"orders": [shown(event.order, event.status)]}


def refusal(refused: Refused) -> web.Response:
    code = {"unknown": 404, "malformed": 400, "invalid": 400}.get(refused.reason, 422)
    return json_answer(code, {"error": {"text": f"{refused}"}})


if __name__ == "__main__":
    main(Server)
