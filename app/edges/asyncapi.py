"""The AsyncAPI document: what travels over the WebSocket."""

from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from app.edges.messages import Hello, OrderStatusEvent

_MESSAGES: dict[str, type[BaseModel]] = {"hello": Hello, "orderStatus": OrderStatusEvent}
_CLOSE_CODES = """\
Where the server asks for an API key, programs send `Authorization: Bearer <key>`, and browsers
offer the subprotocols `trading` and `bearer.` with the key in base64url. A handshake without it is
rejected with 401, one of a page of another site with 403.

Every connection begins with `hello`. Frames from clients are ignored. The server closes with

- 1001 when it shuts down,
- 1008 and a reason when `since` is not a whole number (the reason says `number`), lies ahead of the
  stream (`ahead`) or reaches back past the kept history (`before`),
- 1009 after a frame of more than 64 KiB,
- 1013 and `slow consumer, resume with since=N` when the client does not read."""


@cache
def asyncapi_document(version: str) -> dict[str, Any]:
    """The document, by AsyncAPI 3.0.0."""
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Trading server: order events", "version": version},
        "defaultContentType": "application/json",
        "channels": {"orderEvents": _channel()},
        "operations": {
            "followOrders": {
                "action": "send",
                "summary": "Sends every status assigned to any order, in one order to everyone.",
                "channel": {"$ref": "#/channels/orderEvents"},
            }
        },
        "components": {"messages": _messages(), "schemas": _schemas()},
    }


def _channel() -> dict[str, Any]:
    since = {
        "type": "integer",
        "minimum": 0,
        "description": "Replays the events after this one first.",
    }
    return {
        "address": "/ws",
        "description": _CLOSE_CODES,
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in _MESSAGES},
        "bindings": {"ws": {"query": {"type": "object", "properties": {"since": since}}}},
    }


def _messages() -> dict[str, Any]:
    return {
        name: {
            "name": name,
            "summary": (model.__doc__ or "").strip(),
            "payload": {"$ref": f"#/components/schemas/{model.__name__}"},
        }
        for name, model in _MESSAGES.items()
    }


def _schemas() -> dict[str, Any]:
    _, definitions = models_json_schema(
        [(model, "serialization") for model in _MESSAGES.values()],
        ref_template="#/components/schemas/{model}",
    )
    schemas: dict[str, Any] = definitions["$defs"]
    return schemas
