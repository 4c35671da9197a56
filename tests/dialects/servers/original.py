"""The "Forex Trading Platform API" of the original task, as its OpenAPI document says."""

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

STATUSES = {"PENDING": "pending", "EXECUTED": "executed", "CANCELLED": "canceled"}
INPUT = {"malformed", "invalid"}


def shown(order: Order, status: str) -> dict[str, object]:
    return {
        "id": f"ord-{order.identity}",
        "stoks": order.symbol,
        "quantity": float(order.quantity),
        "status": STATUSES[status],
    }


class Server(SmallServer):
    routes = Routes(
        ("POST", "/orders"),
        ("GET", "/orders/{id}"),
        ("DELETE", "/orders/{id}"),
        ("GET", "/orders"),
    )
    stream = "/ws"

    async def place(self, request: web.Request) -> web.Response:
        sent = await object_in(request)
        if isinstance(sent.get("quantity"), str):
            raise Refused("invalid", "quantity is a number")
        quantity = quantity_in(sent.get("quantity"), self.exchange)
        order = await self.exchange.place(text_in(sent.get("stoks"), "stoks"), quantity)
        return json_answer(201, shown(order, order.shown))

    async def view(self, request: web.Request) -> web.Response:
        order = await self.exchange.view(self.number(request))
        return json_answer(200, shown(order, order.shown))

    async def cancel(self, request: web.Request) -> web.Response:
        await self.exchange.cancel(self.number(request))
        return web.Response(status=204)

    async def listed(self, _: web.Request) -> web.Response:
        orders = await self.exchange.listed()
        return json_answer(200, [shown(order, order.shown) for order in orders])

    def number(self, request: web.Request) -> int | None:
        return self.exchange.number_of(request.match_info["id"].removeprefix("ord-"))

    def refusal(self, refused: Refused) -> web.Response:
        code = 400 if refused.reason in INPUT else 404
        return json_answer(code, {"code": code, "message": f"{refused}"})

    def subscribers(self) -> Subscribers:
        return Subscribers(self.exchange, frame)


def frame(event: Event) -> dict[str, object]:
    return shown(event.order, event.status)


if __name__ == "__main__":
    main(Server)
