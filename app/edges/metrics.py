"""What operators watch, in the text format of Prometheus, collected when somebody asks."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.responses import PlainTextResponse, Response

from app.domain import StoreUnavailable
from app.exchange import OrderStore, Takeover
from app.feed import Feed

if TYPE_CHECKING:
    from prometheus_client import Metric


@dataclass(frozen=True, slots=True)
class Watched:
    """The parts of a server that are looked at; there is nothing to take over in memory."""

    store: OrderStore
    feed: Feed
    takeover: Takeover | None


def add_metrics_route(app: FastAPI, watched: Watched) -> None:
    """Adds /metrics."""

    async def metrics() -> Response:
        """What operators watch, for Prometheus; never delayed."""
        # Most servers are asked for nothing of this, and should not start later for it.
        from prometheus_client import CollectorRegistry, generate_latest  # noqa: PLC0415
        from prometheus_client.exposition import CONTENT_TYPE_LATEST  # noqa: PLC0415

        registry = CollectorRegistry()
        registry.register(_Collected([*_of_server(watched), *await _of_orders(watched.store)]))
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    app.add_api_route(
        "/metrics", metrics, methods=["GET"], tags=["service"], response_class=PlainTextResponse
    )


class _Collected:
    def __init__(self, families: "list[Metric]") -> None:
        self._families = families

    def collect(self) -> "list[Metric]":
        return self._families


def _of_server(watched: Watched) -> "Iterator[Metric]":
    from prometheus_client import metrics_core as core  # noqa: PLC0415 - see above

    store, subscriptions = watched.store, watched.feed.subscriptions
    queues = [each.waiting for each in subscriptions]
    gauge = core.GaugeMetricFamily
    yield gauge("trading_subscribers", "Subscribers of this server.", len(queues))
    yield gauge(
        "trading_longest_subscriber_queue",
        "Events that wait for the subscriber of this server that lags behind most.",
        max(queues, default=0),
    )
    yield gauge("trading_store_available", "1 if the store answers, 0 if not.", store.available)
    if watched.takeover:
        yield core.CounterMetricFamily(
            "trading_orders_taken_over",
            "Overdue orders that this server ended in the place of another.",
            watched.takeover.taken_over,
        )
    if taken := store.call_times:
        yield core.SummaryMetricFamily(
            "trading_store_call_seconds",
            "What this server's calls of the store took: each change of an order is one.",
            taken.calls,
            taken.seconds,
        )


async def _of_orders(store: OrderStore) -> "list[Metric]":
    """Nothing while the store is away: numbers that nobody knows are not 0."""
    from prometheus_client.metrics_core import GaugeMetricFamily  # noqa: PLC0415 - see above

    try:
        counts = await store.counts()
    except StoreUnavailable:
        return []
    orders = GaugeMetricFamily("trading_orders", "Orders that are kept.", labels=["status"])
    for status, count in counts.items():
        orders.add_metric([status], count)
    return [orders]
