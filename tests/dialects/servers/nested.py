"""Everything within data, and events that say in a word of their own what was done."""

import re
from typing import Any

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
    require,
)

ACTIONS = {"PENDING": "order.created", "EXECUTED": "order.filled", "CANCELLED": "order.cancelled"}
REFERENCE = re.compile(r"[A-Za-z0-9._-]{1,64}")
CODES = {"malformed": 400, "invalid": 422, "unknown": 404}


def shown(order: Order) -> dict[str, object]:
    return {
        "order_id": order.identity,
        "ref": order.reference,
        "stock": {"symbol": order.symbol},
        "trade": {"side": order.side, "quantity": float(order.quantity)},
        "status": order.shown,
        "times": {
            "created": order.created.timestamp(),
            "updated": (order.created if order.shown == "PENDING" else order.updated).timestamp(),
        },
    }


class Server(SmallServer):
    routes = Routes(
        ("POST", "/v1/orders"),
        ("GET", "/v1/orders/{id}"),
        ("DELETE", "/v1/orders/{id}"),
        ("GET", "/v1/orders"),
    )
    stream = "/v1/stream"

    async def place(self, request: web.Request) -> web.Response:
        sent = inner(await object_in(request), "data")
        trade, symbol = inner(sent, "trade"), inner(sent, "stock").get("symbol")
        require(trade.get("side") in ("BUY", "SELL"), "a side")
        require(isinstance(symbol, str) and re.fullmatch("[A-Z]{6}", symbol), "a symbol")
        reference = sent.get("ref")
        fits = isinstance(reference, str) and REFERENCE.fullmatch(reference)
        require("ref" not in sent or fits, "a reference")
        quantity = quantity_in(trade.get("quantity"), self.exchange)
        order = await self.exchange.place(str(symbol), quantity, trade["side"], reference)
        location = f"/v1/orders/{order.identity}"
        answer = json_answer(201, {"data": {"order": shown(order)}})
        answer.headers["Location"] = location
        return answer

    async def view(self, request: web.Request) -> web.Response:
        return json_answer(
            200, {"data": {"order": shown(await self.exchange.view(self.number(request)))}}
        )

    async def cancel(self, request: web.Request) -> web.Response:
        return json_answer(
            200, {"data": {"order": shown(await self.exchange.cancel(self.number(request)))}}
        )

    async def listed(self, request: web.Request) -> web.Response:
        start, limit = int(request.query.get("from", 0)), int(request.query.get("max", 100))
        orders = list(await self.exchange.listed())
        page = [shown(order) for order in orders[start : start + limit]]
        following = str(start + limit) if start + limit < len(orders) else None
        return json_answer(200, {"data": {"items": page, "next": following}})

    def number(self, request: web.Request) -> int | None:
        return self.exchange.number_of(request.match_info["id"])

    async def health(self, _: web.Request) -> web.Response:
        return json_answer(200, {"status": "ok"})

    def refusal(self, refused: Refused) -> web.Response:
        return refusal(refused)

    def subscribers(self) -> Subscribers:
        return Subscribers(self.exchange, frame)

    def application(self) -> web.Application:
        application = super().application()
        application.router.add_get("/v1/health", self.health)
        return application


def inner(document: dict[str, Any], name: str) -> dict[str, Any]:
    """The object in the object. Raises Refused if there is none."""
    found = document.get(name)
    if not isinstance(found, dict):
        raise Refused("invalid", name)
    return found


def frame(event: Event) -> dict[str, object]:
    order = {"id": event.order.identity, "ref": event.order.reference}
    meta = {"no": event.number, "at": event.at.timestamp()}
    return {"action": ACTIONS[event.status], "data": {"order": order}, "meta": meta}


def refusal(refused: Refused) -> web.Response:
    code = CODES.get(refused.reason, 409)
    return json_answer(code, {"data": None, "problem": {"why": refused.reason, "text": "no"}})


if __name__ == "__main__":
    main(Server)
