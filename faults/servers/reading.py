"""Servers that cannot handle some request bodies."""

import json
from decimal import Decimal
from typing import Any

from pydantic import ValidationError
from starlette.requests import Request

from app.edges.answer_delay import delay_of
from app.edges.json_body import MAX_BODY_BYTES, read_json
from app.edges.messages import OrderRequest
from app.edges.orders import OrdersApi
from app.edges.validation import InvalidOrder
from app.wiring import Parts
from faults.fault import OWN_PLACING, PLACED, Fault


class _ListOfOneIsAnOrder(OrdersApi):
    async def read_order(self, request: Request) -> OrderRequest:
        document = await read_json(request)
        return _validated(document[0] if isinstance(document, list) else document)


class _BodyUnlimited(OrdersApi):
    async def read_order(self, request: Request) -> OrderRequest:
        if len(body := await request.body()) > MAX_BODY_BYTES:
            return _validated(json.loads(body, parse_int=Decimal, parse_float=Decimal))
        return await super().read_order(request)


class _TooLargeIsKept(OrdersApi):
    """Rejects the body after all has been done with it."""

    async def read_order(self, request: Request) -> OrderRequest:
        if len(body := await request.body()) > MAX_BODY_BYTES:
            document = json.loads(body, parse_int=Decimal, parse_float=Decimal)
            await self.exchange.place(_validated(document).order(), delay_of(request))
        return await super().read_order(request)


class _GarbledTextMended(OrdersApi):
    async def read_order(self, request: Request) -> OrderRequest:
        body = await request.body()
        if (mended := body.decode(errors="replace")).encode() != body:
            return _validated(json.loads(mended))
        return await super().read_order(request)


class _NanBreaksTheAnswer(OrdersApi):
    """Echoes the order in the rejection's body, which JSON cannot when it holds NaN."""

    async def read_order(self, request: Request) -> OrderRequest:
        if b"NaN" in (body := await request.body()):
            json.dumps(json.loads(body), allow_nan=False)
        return await super().read_order(request)


def _validated(document: Any) -> OrderRequest:
    try:
        return OrderRequest.model_validate(document)
    except ValidationError as error:
        raise InvalidOrder(error.errors()) from None


def _reads(name: str, breaks: str, about: str, rule: str, api: type[OrdersApi]) -> Fault:
    scenario = f"malformed_requests: {about}"
    return Fault(name, breaks, (scenario,), rule, Parts(orders_api=api), selection=PLACED)


FAULTS = (
    _reads(
        "nan-breaks-the-answer",
        "NaN is rejected, and no input gives a 500.",
        "A quantity that is <value> is rejected … value=NaN",
        "Robust against malformed requests: A field value of the wrong data type is rejected",
        _NanBreaksTheAnswer,
    ),
    _reads(
        "list-of-one-is-an-order",
        "An order is a JSON object.",
        "<message> is rejected as not being an order … message=a list of orders",
        "Robust against malformed requests: A message that is malformed or not an order",
        _ListOfOneIsAnOrder,
    ),
    _reads(
        "garbled-text-mended",
        "A body that is not UTF-8 is rejected as malformed.",
        "<message> is rejected as malformed … message=invalid characters",
        "Robust against malformed requests: A message that is malformed or not an order",
        _GarbledTextMended,
    ),
    _reads(
        "body-unlimited",
        "A body over 64 KiB is rejected.",
        "A message over 64 KiB is rejected",
        "Robust against malformed requests: An order message may have up to 64 KiB",
        _BodyUnlimited,
    ),
    Fault(
        "too-large-order-kept",
        breaks="An order that is rejected for its size appears in no list.",
        about=("malformed_requests: Malformed messages leave nothing behind",),
        rule="Robust against malformed requests: A message that is malformed or not an order",
        parts=Parts(orders_api=_TooLargeIsKept),
        selection=OWN_PLACING,
    ),
)
