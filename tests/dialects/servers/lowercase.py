"""Words in lower case, `canceled` with one l, and 400 for everything that is refused."""

import re

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

WORDS = {"PENDING": "pending", "EXECUTED": "filled", "CANCELLED": "canceled"}
REFERENCE = re.compile(r"[A-Za-z0-9._-]{1,64}")
FIELDS = {"client_ref", "pair", "side", "amount"}
CODES = {"executed": "TOO_LATE", "cancelled": "GONE", "cancelling": "BUSY", "duplicate": "USED"}


def shown(order: Order) -> dict[str, object]:
    return {
        "id": order.identity,
        "client_ref": order.reference,
        "pair": order.symbol,
        "side": order.side.lower(),
        "amount": plain(order),
        "state": WORDS[order.shown],
        "created": order.created.isoformat(),
        "changed": (order.created if order.shown == "PENDING" else order.updated).isoformat(),
    }


def plain(order: Order) -> str:
    text = f"{order.quantity:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class Server(SmallServer):
    routes = Routes(
        ("POST", "/orders"),
        ("GET", "/orders/{id}"),
        ("POST", "/orders/{id}/cancel"),
        ("GET", "/orders"),
    )
    stream = "/events"

    async def place(self, request: web.Request) -> web.Response:
        sent = await object_in(request)
        require(not set(sent) - FIELDS, "there is no such field")
        require(sent.get("side") in ("buy", "sell"), "side is buy or sell")
        pair, reference = sent.get("pair"), sent.get("client_ref")
        require(isinstance(pair, str) and re.fullmatch("[A-Z]{6}", pair), "pair is six capitals")
        if "client_ref" in sent:
            fits = isinstance(reference, str) and REFERENCE.fullmatch(reference)
            require(fits, "client_ref is a name")
        require("amount" not in sent or isinstance(sent["amount"], str), "amount is a text")
        quantity = quantity_in(sent.get("amount"), self.exchange)
        order = await self.exchange.place(str(pair), quantity, sent["side"].upper(), reference)
        return json_answer(201, shown(order))

    async def view(self, request: web.Request) -> web.Response:
        return json_answer(200, shown(await self.exchange.view(self.number(request))))

    async def cancel(self, request: web.Request) -> web.Response:
        await self.exchange.cancel(self.number(request))
        return json_answer(200, {"message": "canceled"})

    async def listed(self, request: web.Request) -> web.Response:
        query = request.query
        found = [
            order
            for order in await self.exchange.listed()
            if query.get("state") in (None, WORDS[order.status])
            and query.get("pair") in (None, order.symbol)
            and query.get("client_ref") in (None, order.reference)
        ]
        return json_answer(200, {"results": [shown(order) for order in found]})

    def number(self, request: web.Request) -> int | None:
        return self.exchange.number_of(request.match_info["id"])

    def refusal(self, refused: Refused) -> web.Response:
        return refusal(refused)

    def subscribers(self) -> Subscribers:
        return Subscribers(self.exchange, frame)


def frame(event: Event) -> dict[str, object]:
    return {
        "seq": event.number,
        "id": event.order.identity,
        "client_ref": event.order.reference,
        "state": WORDS[event.status],
        "prev": WORDS.get(event.previous or ""),
        "at": event.at.isoformat(),
    }


def refusal(refused: Refused) -> web.Response:
    code = CODES.get(refused.reason, refused.reason.upper())
    return json_answer(400, {"code": code, "message": f"{refused}"})


if __name__ == "__main__":
    main(Server)
