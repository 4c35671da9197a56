"""The usual solution: a dict, a task for each order, and a loop that sends to each subscriber."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime

from fastapi import FastAPI, HTTPException, WebSocket, WebSocketDisconnect

from perf.bench.baselines.models import OrderList, OrderRequest, OrderView, Status, StatusEvent

app = FastAPI()
_orders: dict[str, OrderView] = {}
_subscribers: list[WebSocket] = []
_running: set[asyncio.Task[None]] = set()
_sequence = 0


@app.get("/healthz")
async def healthz() -> dict[str, str]:
    """Tells that the server serves."""
    return {"status": "ok"}


@app.post("/orders", status_code=201)
async def place(wanted: OrderRequest) -> OrderView:
    """Places an order that is executed at once."""
    order = OrderView.placed(wanted)
    _orders[str(order.order_id)] = order
    await _broadcast(order, None)
    execution = asyncio.create_task(_execute(order))
    _running.add(execution)
    execution.add_done_callback(_running.discard)
    return order


@app.get("/orders")
async def page(limit: int = 100) -> OrderList:
    """The first orders."""
    return OrderList(orders=[order for order, _ in zip(_orders.values(), range(limit))])  # noqa: B905


@app.get("/orders/{order_id}")
async def view(order_id: str) -> OrderView:
    """One order."""
    if order_id not in _orders:
        raise HTTPException(404)
    return _orders[order_id]


@app.websocket("/ws")
async def follow(socket: WebSocket) -> None:
    """Sends every event until the client leaves."""
    await socket.accept()
    await socket.send_json({"type": "hello", "streamId": "naive", "sequence": _sequence})
    _subscribers.append(socket)
    try:
        while True:
            await socket.receive_text()
    except WebSocketDisconnect:
        _subscribers.remove(socket)


async def _execute(order: OrderView) -> None:
    executed = order.model_copy(
        update={"order_status": Status.EXECUTED, "updated_at": datetime.now(UTC)}
    )
    _orders[str(order.order_id)] = executed
    await _broadcast(executed, order.order_status)


async def _broadcast(order: OrderView, previous: Status | None) -> None:
    global _sequence  # noqa: PLW0603 - the usual solution
    _sequence += 1
    event = StatusEvent(
        sequence=_sequence,
        order_id=order.order_id,
        client_order_id=order.client_order_id,
        order_status=order.order_status,
        previous_status=previous,
        occurred_at=order.updated_at,
    )
    message = event.model_dump(mode="json", by_alias=True)
    for subscriber in tuple(_subscribers):
        with suppress(WebSocketDisconnect, RuntimeError):
            await subscriber.send_json(message)
