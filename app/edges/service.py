"""The calls that are not about orders: health, explanations of problems, documents."""

from typing import Any, Literal

from fastapi import FastAPI
from starlette.responses import JSONResponse, PlainTextResponse, Response

from app.domain import StoreUnavailable
from app.edges.asyncapi import asyncapi_document
from app.edges.messages import Message
from app.edges.openapi import rejections
from app.edges.problems import problem_page
from app.exchange import OrderStore


class Health(Message):
    """The server serves."""

    status: Literal["ok"] = "ok"


def add_service_routes(app: FastAPI, store: OrderStore) -> None:
    """Adds the calls."""

    async def healthz() -> Health:
        """Tells that the server serves; never delayed."""
        if not store.available:
            raise StoreUnavailable
        return Health()

    async def asyncapi() -> Response:
        """The AsyncAPI document of the order events at /ws."""
        return JSONResponse(asyncapi_document(app.version))

    app.add_api_route(
        "/healthz",
        healthz,
        methods=["GET"],
        tags=["service"],
        responses=rejections("store-unavailable"),
    )
    app.add_api_route(
        "/problems/{slug}",
        problem_page,
        methods=["GET"],
        tags=["service"],
        response_class=PlainTextResponse,
        responses=rejections("not-found"),
    )
    app.add_api_route(
        "/asyncapi.json",
        asyncapi,
        methods=["GET"],
        tags=["service"],
        response_model=dict[str, Any],
    )
