"""The order calls over HTTP."""

from functools import partial
from typing import Annotated

from fastapi import FastAPI, Path, Query
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.domain import Order
from app.edges.answer_delay import delay_of
from app.edges.direct_route import DirectRoute
from app.edges.json_body import read_json
from app.edges.messages import OrderList, OrderRequest, OrderView, page_json
from app.edges.openapi import LOCATION, ORDER_BODY, rejections
from app.edges.order_texts import OrderTexts
from app.edges.queries import OrdersQuery, cursor
from app.edges.validation import InvalidOrder
from app.exchange import Exchange

# With `path` an id may hold anything: whatever is no order's id is an unknown order.
_ONE_ORDER = "/orders/{orderId:path}"
_PLACE_REJECTIONS = (
    "malformed-json",
    "foreign-origin",
    "duplicate-client-order-id",
    "body-too-large",
    "invalid-order",
    "capacity-reached",
    "store-unavailable",
)
_CANCEL_REJECTIONS = (
    "foreign-origin",
    "unknown-order",
    "too-late-to-cancel",
    "already-cancelled",
    "cancel-pending",
    "store-unavailable",
)

OrderId = Annotated[str, Path(alias="orderId", description="The id that the server gave.")]


class OrderPlaced(Response):
    """The answer to a placed order; once it has left, the execution clock starts."""

    media_type = "application/json"

    def __init__(self, order: Order, text: bytes, exchange: Exchange) -> None:
        super().__init__(text, 201, {"Location": f"/orders/{order.order_id}"})
        self._order = order
        self._exchange = exchange

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends the answer."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._exchange.start_execution(self._order)


class OrdersApi:
    """Reads requests, asks the exchange, shows what it says.

    A subclass that reads orders in another way overrides `read_order`.
    """

    def __init__(
        self, exchange: Exchange, order_request: type[OrderRequest] = OrderRequest
    ) -> None:
        self.exchange = exchange
        self._order_request = order_request
        self._texts = OrderTexts()

    async def place(self, request: Request) -> Response:
        """Places an order. The body is read as JSON whatever its content type says."""
        wanted = await self.read_order(request)
        order = await self.exchange.place(wanted.order(), delay_of(request))
        return OrderPlaced(order, self._texts.of(order), self.exchange)

    async def list(self, request: Request, query: Annotated[OrdersQuery, Query()]) -> Response:
        """Lists orders, oldest first, a page at a time.

        A walk along `nextCursor` meets every order that existed when it began exactly once.
        """
        page = await self.exchange.page(
            query.filter(), query.cursor or 0, query.limit, delay_of(request)
        )
        next_cursor = None if page.next_after is None else cursor(page.next_after)
        return _ok(page_json(map(self._texts.of, page.orders), next_cursor))

    async def view(self, request: Request, order_id: OrderId) -> Response:
        """Shows one order as it stands."""
        return _ok(self._texts.of(await self.exchange.view(order_id, delay_of(request))))

    async def cancel(self, request: Request, order_id: OrderId) -> Response:
        """Cancels a PENDING order, which stays readable as CANCELLED."""
        await self.exchange.cancel(order_id, delay_of(request))
        return Response(status_code=204)

    async def read_order(self, request: Request) -> OrderRequest:
        """The order in the body.

        Raises:
            MalformedJson, BodyTooLarge, InvalidOrder: there is no valid one.
        """
        document = await read_json(request)
        try:
            return self._order_request.model_validate(document)
        except ValidationError as error:
            raise InvalidOrder(error.errors()) from None


def _ok(text: bytes) -> Response:
    return Response(text, media_type="application/json")


def add_order_routes(app: FastAPI, api: OrdersApi) -> None:
    """Adds the order calls and what they may answer."""
    add = partial(app.router.add_api_route, tags=["orders"], route_class_override=DirectRoute)
    add(
        "/orders",
        api.place,
        name="Place an order",
        operation_id="placeOrder",
        methods=["POST"],
        status_code=201,
        response_model=OrderView,
        responses=LOCATION | rejections(*_PLACE_REJECTIONS),
        openapi_extra=ORDER_BODY,
    )
    add(
        "/orders",
        api.list,
        name="List orders",
        operation_id="listOrders",
        methods=["GET"],
        response_model=OrderList,
        responses=rejections("invalid-query", "store-unavailable"),
    )
    add(
        _ONE_ORDER,
        api.view,
        name="View an order",
        operation_id="viewOrder",
        methods=["GET"],
        response_model=OrderView,
        responses=rejections("unknown-order", "store-unavailable"),
    )
    add(
        _ONE_ORDER,
        api.cancel,
        name="Cancel an order",
        operation_id="cancelOrder",
        methods=["DELETE"],
        status_code=204,
        responses=rejections(*_CANCEL_REJECTIONS),
    )
