"""Lists in arrays, integer ids, 200 for whatever went well, 400 for whatever did not."""

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

CODES = {"unknown": 404, "executed": 409, "cancelled": 409, "cancelling": 409}


def shown(order: Order) -> dict[str, object]:
    return {
        "id": order.number,
        "symbol": order.symbol,
        "side": order.side,
        "qty": float(order.quantity),
        "status": order.shown,
    }


class Server(SmallServer):
    routes = Routes(
        ("POST", "/api/order"),
        ("GET", "/api/order/{id}"),
        ("DELETE", "/api/order/{id}"),
        ("GET", "/api/orders"),
    )
    stream = "/stream"

    async def place(self, request: web.Request) -> web.Response:
        sent = await object_in(request)
        if sent.get("side") not in ("BUY", "SELL"):
            raise Refused("invalid", "side is BUY or SELL")
        if isinstance(sent.get("qty"), str):
            raise Refused("invalid", "qty is a number")
        quantity = quantity_in(sent.get("qty"), self.exchange)
        order = await self.exchange.place(
            text_in(sent.get("symbol"), "symbol"), quantity, sent["side"]
        )
        return json_answer(200, shown(order))

    async def view(self, request: web.Request) -> web.Response:
        return json_answer(200, shown(await self.exchange.view(number(request))))

    async def cancel(self, request: web.Request) -> web.Response:
        return json_answer(200, shown(await self.exchange.cancel(number(request))))

    async def listed(self, _: web.Request) -> web.Response:
        return json_answer(200, [shown(order) for order in await self.exchange.listed()])

    def refusal(self, refused: Refused) -> web.Response:
        return refusal(refused)

    def subscribers(self) -> Subscribers:
        return Subscribers(
            self.exchange, frame, lambda: {"event": "hello", "seq": self.exchange.events}
        )


def number(request: web.Request) -> int | None:
    text = request.match_info["id"]
    return int(text) if text.isascii() and text.isdigit() else None


def frame(event: Event) -> dict[str, object]:
    return {
        "event": "order",
        "seq": event.number,
        "id": event.order.number,
        "status": event.status,
        "was": event.previous,
    }


def refusal(refused: Refused) -> web.Response:
    words = {"executed": "it is executed", "cancelled": "it is cancelled already"}
    said = words.get(refused.reason) or f"{refused}"
    return json_answer(CODES.get(refused.reason, 400), {"error": said})


if __name__ == "__main__":
    main(Server)
