"""FastAPI routes with the same models, and nothing behind them."""

from decimal import Decimal

from fastapi import FastAPI

from perf.bench.baselines.models import OrderList, OrderRequest, OrderView, Side

app = FastAPI()
_ORDER = OrderView.placed(OrderRequest(symbol="EURUSD", side=Side.BUY, quantity=Decimal("100.5")))
_PAGE = OrderList(orders=[_ORDER.model_copy() for _ in range(100)])


@app.get("/healthz")
async def healthz() -> dict[str, str]:
    """Tells that the server serves."""
    return {"status": "ok"}


@app.post("/orders", status_code=201)
async def place(wanted: OrderRequest) -> OrderView:
    """Answers as if the order had been placed."""
    return OrderView.placed(wanted)


@app.get("/orders")
async def page() -> OrderList:
    """A hundred orders."""
    return _PAGE


@app.get("/orders/{order_id}")
async def view(order_id: str) -> OrderView:  # noqa: ARG001 - part of the path
    """One order."""
    return _ORDER
