"""The OpenAPI document: what each call answers, rejections included."""

from itertools import groupby
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from app.domain import OrderStatus
from app.edges.messages import OrderRequest
from app.edges.problems import (
    CATALOGUE,
    MEDIA_TYPE,
    OrderProblem,
    Problem,
    ProblemType,
    ValidationProblem,
    Violation,
)

_REF = "#/components/schemas/{model}"
_HEALTH = "/healthz"
_PHANTOM_REF = _REF.format(model="HTTPValidationError")
_STATUS_WHEN_REJECTED = {
    "duplicate-client-order-id": OrderStatus.PENDING,
    "too-late-to-cancel": OrderStatus.EXECUTED,
    "already-cancelled": OrderStatus.CANCELLED,
    "cancel-pending": OrderStatus.PENDING,
}
_VIOLATION = {
    "invalid-order": Violation(pointer="/quantity", detail="must be greater than 0"),
    "invalid-query": Violation(pointer="limit", detail="must be a whole number from 1 to 500"),
}

Responses = dict[int | str, dict[str, Any]]

ORDER_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": _REF.format(model="OrderRequest")}}},
    }
}
LOCATION: Responses = {
    201: {
        "headers": {"Location": {"description": "The order's path.", "schema": {"type": "string"}}}
    }
}


def rejections(*slugs: str) -> Responses:
    """Documents these problems and the one any call may end with, by status code."""
    known = sorted((CATALOGUE[slug] for slug in (*slugs, "internal-error")), key=_status)
    return {status: _rejection(list(types)) for status, types in groupby(known, key=_status)}


def publish_openapi(app: FastAPI, *, needs_key: bool = False) -> None:
    """Makes the app serve the document with everything that it refers to."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
            if needs_key:
                _ask_for_key(app.openapi_schema)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # as FastAPI's manual extends it


def _document(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title=app.title, version=app.version, description=app.description, routes=app.routes
    )
    for operation in (call for path in document["paths"].values() for call in path.values()):
        _drop_phantom(operation["responses"])
    schemas = document["components"]["schemas"]
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    schemas.update(_schemas())
    return document


def _ask_for_key(document: dict[str, Any]) -> None:
    document["components"]["securitySchemes"] = {"apiKey": {"type": "http", "scheme": "bearer"}}
    document["security"] = [{"apiKey": []}]
    answer = _rejection([CATALOGUE["unauthorized"]])
    for path, methods in document["paths"].items():
        for call in methods.values():
            if path == _HEALTH:
                call["security"] = []
            else:
                call["responses"]["401"] = answer


def _drop_phantom(responses: dict[str, Any]) -> None:
    """FastAPI documents a 422 of its own for every call with parameters."""
    content = responses.get("422", {}).get("content", {})
    if content.get("application/json", {}).get("schema", {}).get("$ref") == _PHANTOM_REF:
        del responses["422"]


def _schemas() -> dict[str, Any]:
    _, definitions = models_json_schema(
        [
            (OrderRequest, "validation"),
            (Problem, "serialization"),
            (OrderProblem, "serialization"),
            (ValidationProblem, "serialization"),
        ],
        ref_template=_REF,
    )
    schemas: dict[str, Any] = definitions["$defs"]
    return schemas


def _rejection(types: list[ProblemType]) -> dict[str, Any]:
    """All problems that share a status code have one schema."""
    examples = [(known.slug, _example(known)) for known in types]
    model = type(examples[0][1]).__name__
    content = {
        "schema": {"$ref": _REF.format(model=model)},
        "examples": {
            slug: {"value": example.model_dump(mode="json", by_alias=True)}
            for slug, example in examples
        },
    }
    titles = " or ".join(known.title for known in types)
    return {"description": titles, "content": {MEDIA_TYPE: content}}


def _example(known: ProblemType) -> Problem:
    slug, detail = known.slug, known.explanation
    if slug in _VIOLATION:
        return ValidationProblem.of(slug, detail, errors=[_VIOLATION[slug]])
    if slug in _STATUS_WHEN_REJECTED:
        order_id = "0b1ff1a4-5d2c-4a8e-9c39-6f1f6d1f7d11"
        status = _STATUS_WHEN_REJECTED[slug]
        return OrderProblem.of(slug, detail, order_id=order_id, order_status=status)
    return Problem.of(slug, detail)


def _status(known: ProblemType) -> int:
    return known.status
