"""The trading server without one of the things that make it fast, to see what each is worth.

`python -m perf.bench.baselines.without own-json`. `metrics` is no such thing: it shows what it
costs that /metrics is there.
"""

import argparse
import gc
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from app import serving, wiring
from app.domain import Order, StatusEvent
from app.domain.rules import plain
from app.edges import messages, order_texts, orders
from app.feed import Subscription
from app.settings import Settings
from app.socket_protocol import SocketProtocol


def _validated_order(order: Order) -> bytes:
    shown = messages.OrderView(
        order_id=order.order_id,
        client_order_id=order.client_order_id,
        symbol=order.symbol,
        side=order.side,
        quantity=plain(order.quantity),
        order_status=order.status,
        created_at=messages.timestamp(order.created_at),
        updated_at=messages.timestamp(order.updated_at),
    )
    return messages.as_json(shown).encode()


def _validated_event(sequence: int, event: StatusEvent) -> str:
    told = messages.OrderStatusEvent(
        sequence=sequence,
        order_id=event.order_id,
        client_order_id=event.client_order_id,
        order_status=event.status,
        previous_status=event.previous_status,
        occurred_at=messages.timestamp(event.occurred_at),
    )
    return messages.as_json(told)


def _with_telemetry(*, telemetry: object, **options: Any) -> FastAPI:  # noqa: ARG001 - left out
    return FastAPI(**options)


def _replaced(room: object, name: str, by: object) -> Callable[[], None]:
    return partial(setattr, room, name, by)


_UVICORNS = vars(SocketProtocol.mro()[1])
"""What the protocol is without ours."""


TRICKS: Mapping[str, Callable[[], None]] = {
    "direct-routes": _replaced(orders, "DirectRoute", APIRoute),
    "no-telemetry": _replaced(wiring, "FastAPI", _with_telemetry),
    "own-json": _replaced(order_texts, "order_json", _validated_order),
    "kept-json": _replaced(
        order_texts.OrderTexts, "of", lambda _, order: messages.order_json(order)
    ),
    "rare-collections": _replaced(serving, "COLLECT_AFTER", gc.get_threshold()),
    "batches": _replaced(Subscription.batch, "__defaults__", (1,)),
    "prepared-frames": _replaced(SocketProtocol, "run_asgi", _UVICORNS["run_asgi"]),
    "metrics": _replaced(wiring, "add_metrics_route", lambda *_: None),
}


def main() -> None:
    """Serves on a free port."""
    parser = argparse.ArgumentParser(prog="python -m perf.bench.baselines.without")
    parser.add_argument("trick", choices=TRICKS)
    trick = parser.parse_args().trick
    TRICKS[trick]()
    event = _validated_event if trick == "own-json" else messages.serialise_event
    app = wiring.create_app(Settings(), wiring.Parts(serialise_event=event))
    serving.serve(app, "127.0.0.1", 0)


if __name__ == "__main__":
    main()
