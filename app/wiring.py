"""Wires the server's parts."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from app.delays import Clock, Delays, SystemClock
from app.domain import StatusEvent
from app.edges.answer_delay import AnswerDelay
from app.edges.api_key import ApiKeyGuard
from app.edges.documents import add_documents_page
from app.edges.events import EventsSocket, add_event_routes
from app.edges.messages import OrderRequest, serialise_event
from app.edges.metrics import Watched, add_metrics_route
from app.edges.openapi import publish_openapi
from app.edges.orders import OrdersApi, add_order_routes
from app.edges.origins import OriginCheck
from app.edges.rejections import reject_with_problems
from app.edges.service import add_service_routes
from app.exchange import Exchange, InMemoryOrderStore, OrderStore, Publish, Takeover
from app.feed import Feed, InMemoryFeed
from app.page import PAGE_PATHS, PageFiles, add_page_routes, page_files
from app.settings import Settings
from app.shutdown import before_stopping

_DESCRIPTION = """\
Orders are placed, listed, viewed and cancelled here. Each answer under `/orders` takes a random
time, and so does an order's execution after it. `/ws` tells of every status that an order is
assigned; [/asyncapi.json](/asyncapi.json) describes it. Rejections are problem details (RFC 9457).
"""
# Nobody needs the API key to hear that the server serves, or to see a page that asks for it.
_OPEN_PATHS = ("/healthz", *PAGE_PATHS)
# Seconds for subscribers to take leave when the server stops.
_PATIENCE = 0.5


@dataclass(frozen=True)
class Parts:
    """What a server is made of; another part makes a server that differs in it alone."""

    clock: Callable[[], Clock] = SystemClock
    delays: Callable[..., Delays] = Delays
    store: Callable[[int, Publish], OrderStore] = InMemoryOrderStore
    serialise_event: Callable[[int, StatusEvent], str] = serialise_event
    feed: Callable[..., InMemoryFeed] = InMemoryFeed
    shared_store: Callable[..., OrderStore] | None = None
    shared_feed: Callable[..., Feed] | None = None
    """In the place of `RedisOrderStore` and `RedisFeed`, for servers that share one."""
    exchange: Callable[[OrderStore, Delays], Exchange] = Exchange
    order_request: type[OrderRequest] = OrderRequest
    orders_api: Callable[[Exchange, type[OrderRequest]], OrdersApi] = OrdersApi
    answer_delay: type[AnswerDelay] = AnswerDelay
    events_socket: Callable[[Feed], EventsSocket] = EventsSocket
    origin_check: type[OriginCheck] = OriginCheck
    api_key_guard: type[ApiKeyGuard] = ApiKeyGuard
    page_files: Callable[[], PageFiles] = page_files


def create_app(settings: Settings, parts: Parts = Parts()) -> FastAPI:
    """The server as an ASGI app."""
    delays = parts.delays(
        settings.delay_min, settings.delay_max, seed=settings.seed, clock=parts.clock()
    )
    store, feed = _state(settings, parts)
    exchange = parts.exchange(store, delays)
    events = parts.events_socket(feed)
    takeover = None if settings.store is None else Takeover(exchange)
    app = FastAPI(
        title="Trading server",
        version="1.0.0",
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        # To find out for each request that nobody listens costs as much as its validation.
        telemetry={"tracing": False, "metrics": False, "logs": False},
        lifespan=_lifespan(exchange, feed, events, takeover),
    )
    add_order_routes(app, parts.orders_api(exchange, parts.order_request))
    add_event_routes(app, events)
    add_service_routes(app, store)
    add_metrics_route(app, Watched(store, feed, takeover))
    add_documents_page(app)
    add_page_routes(app, parts.page_files())
    app.add_middleware(parts.answer_delay, delays=delays)
    _keep_strangers_out(app, settings, parts)
    reject_with_problems(app)
    publish_openapi(app, needs_key=settings.api_key is not None)
    return app


def _keep_strangers_out(app: FastAPI, settings: Settings, parts: Parts) -> None:
    """The last that is added is asked first: a browser's preflight (CORS) gives no key."""
    if settings.api_key is not None:
        key = settings.api_key.get_secret_value()
        app.add_middleware(parts.api_key_guard, key=key, open_paths=_OPEN_PATHS)
    app.add_middleware(parts.origin_check, allowed=settings.allowed_origins)
    if settings.allowed_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.allowed_origins,
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["Authorization", "Content-Type"],
            expose_headers=["Location"],
        )


def _state(settings: Settings, parts: Parts) -> tuple[OrderStore, Feed]:
    kept = {"history": settings.history, "queue_size": settings.subscriber_queue}
    if settings.store is None:
        feed = parts.feed(parts.serialise_event, **kept)
        return parts.store(settings.max_orders, feed.publish), feed
    # A server in memory does without this extra requirement.
    from app.replicas import Engine, RedisFeed, RedisOrderStore  # noqa: PLC0415

    engine = Engine(settings.store)
    store = (parts.shared_store or RedisOrderStore)(
        engine,
        max_orders=settings.max_orders,
        history=settings.history,
        longest_delay=settings.delay_max,
    )
    return store, (parts.shared_feed or RedisFeed)(engine, parts.serialise_event, **kept)


def _lifespan(
    exchange: Exchange, feed: Feed, events: EventsSocket, takeover: Takeover | None
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    async def farewell() -> None:
        exchange.close()
        exchange.delays.end_all()
        await events.close(_PATIENCE)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await exchange.store.open()
        await feed.open()
        patrol = asyncio.create_task(takeover.run()) if takeover else None
        with before_stopping(farewell):
            yield
        await farewell()
        if patrol:
            patrol.cancel()
        await feed.close()
        await exchange.store.close()

    return lifespan
