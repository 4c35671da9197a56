"""The OpenAPI and AsyncAPI documents: valid by their standards, and true of real traffic."""

import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import (  # type: ignore[import-untyped]
    Draft7Validator,
    Draft202012Validator,
)
from openapi_spec_validator import validate

from app.domain import Order, StoreUnavailable
from app.edges.asyncapi import asyncapi_document
from app.edges.problems import CATALOGUE
from app.exchange import InMemoryOrderStore, Page
from tests.app.trading_api import EXECUTION, ORDER, TradingApi
from tests.app.virtual_clock import VirtualClock

pytestmark = pytest.mark.anyio

# From npm @asyncapi/specs 6.11.1 (Apache License 2.0), schemas/3.0.0.json, unchanged.
ASYNCAPI_SCHEMA = Path(__file__).with_name("asyncapi-3.0.0.schema.json")
FOREIGN = {"Origin": "https://elsewhere.example"}
OPERATIONS = {
    ("POST", "/orders"),
    ("GET", "/orders"),
    ("GET", "/orders/{orderId}"),
    ("DELETE", "/orders/{orderId}"),
    ("GET", "/healthz"),
    ("GET", "/metrics"),
    ("GET", "/problems/{slug}"),
    ("GET", "/asyncapi.json"),
}


@pytest.fixture
def api(clock: VirtualClock) -> TradingApi:
    return TradingApi(clock, max_orders=3)


@pytest.fixture
def openapi(api: TradingApi) -> dict[str, Any]:
    return api.app.openapi()


def conforms(value: object, schema: dict[str, Any], document: dict[str, Any]) -> None:
    """Checks a value against a schema that refers into its document."""
    resolvable = schema | {"components": document["components"]}
    Draft202012Validator(resolvable, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(
        value
    )


def operations(openapi: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (method.upper(), path): operation
        for path, methods in openapi["paths"].items()
        for method, operation in methods.items()
    }


def test_the_openapi_document_is_valid_and_complete(openapi: dict[str, Any]) -> None:
    validate(openapi)
    assert set(operations(openapi)) == OPERATIONS
    assert "HTTPValidationError" not in json.dumps(openapi)


def test_every_example_conforms_to_its_schema(openapi: dict[str, Any]) -> None:
    examples = {}
    for operation in operations(openapi).values():
        for status, answer in operation["responses"].items():
            problems = answer.get("content", {}).get("application/problem+json", {})
            for slug, example in problems.get("examples", {}).items():
                conforms(example["value"], problems["schema"], openapi)
                assert str(example["value"]["status"]) == status
                examples[slug] = example
    # A wrong method cannot be documented: it is no operation. This server asks for no key.
    assert examples.keys() == CATALOGUE.keys() - {"method-not-allowed", "unauthorized"}


def test_a_server_that_asks_for_a_key_says_so(clock: VirtualClock) -> None:
    openapi = TradingApi(clock, api_key="k" * 16).app.openapi()
    validate(openapi)
    for (_, path), operation in operations(openapi).items():
        assert ("401" in operation["responses"]) == (path != "/healthz")


async def traffic(api: TradingApi) -> list[tuple[str, str, httpx.Response]]:
    """One answer of each kind, by method and path template."""
    order, other = await api.place(clientOrderId="ref"), await api.place()
    one, path = "/orders/{orderId}", f"/orders/{order['orderId']}"
    cancel = await api.send("DELETE", f"/orders/{other['orderId']}")
    pending = await api.ask("DELETE", f"/orders/{other['orderId']}")
    answers = [
        ("POST", "/orders", await api.ask("POST", "/orders", json=ORDER)),
        ("POST", "/orders", await api.ask("POST", "/orders", json=ORDER)),
        ("POST", "/orders", await api.ask("POST", "/orders", content="{")),
        ("POST", "/orders", await api.ask("POST", "/orders", content=" " * 70_000)),
        ("POST", "/orders", await api.ask("POST", "/orders", json={"/": 1})),
        (
            "POST",
            "/orders",
            await api.ask("POST", "/orders", json=ORDER | {"clientOrderId": "ref"}),
        ),
        ("POST", "/orders", await api.ask("POST", "/orders", headers=FOREIGN, json=ORDER)),
        ("DELETE", one, await api.ask("DELETE", path, headers=FOREIGN)),
        ("DELETE", one, await cancel),
        ("DELETE", one, pending),
        ("DELETE", one, await api.ask("DELETE", f"/orders/{other['orderId']}")),
        ("DELETE", one, await api.ask("DELETE", "/orders/unknown")),
        ("GET", one, await api.ask("GET", path)),
        ("GET", one, await api.ask("GET", "/orders/unknown")),
        ("GET", "/orders", await api.ask("GET", "/orders?limit=1")),
        ("GET", "/orders", await api.ask("GET", "/orders?limit=x")),
        ("GET", "/healthz", await api.ask("GET", "/healthz")),
        ("GET", "/metrics", await api.ask("GET", "/metrics")),
        ("GET", "/problems/{slug}", await api.ask("GET", "/problems/unknown-order")),
        ("GET", "/problems/{slug}", await api.ask("GET", "/problems/unheard-of")),
        ("GET", "/asyncapi.json", await api.ask("GET", "/asyncapi.json")),
    ]
    await api.clock.advance(EXECUTION)
    return [*answers, ("DELETE", one, await api.ask("DELETE", path))]


class AwayStore(InMemoryOrderStore):
    """A store that cannot be reached."""

    @property
    def available(self) -> bool:
        return False

    async def reserve(self, *_: object, **__: object) -> str:
        raise StoreUnavailable

    async def get(self, *_: object, **__: object) -> Order | None:
        raise StoreUnavailable

    async def page(self, *_: object, **__: object) -> Page:
        raise StoreUnavailable


async def traffic_while_the_store_is_away() -> list[tuple[str, str, httpx.Response]]:
    api = TradingApi(VirtualClock(), store=AwayStore)
    one = "/orders/{orderId}"
    return [
        ("POST", "/orders", await api.ask("POST", "/orders", json=ORDER)),
        ("GET", "/orders", await api.ask("GET", "/orders")),
        ("GET", one, await api.ask("GET", "/orders/any")),
        ("DELETE", one, await api.ask("DELETE", "/orders/any")),
        ("GET", "/healthz", await api.ask("GET", "/healthz")),
    ]


async def test_while_the_store_is_away_every_call_says_so() -> None:
    for _, _, answer in await traffic_while_the_store_is_away():
        assert (answer.status_code, answer.json()["type"]) == (503, "/problems/store-unavailable")


async def test_real_answers_conform_to_the_document(
    api: TradingApi, openapi: dict[str, Any]
) -> None:
    documented = operations(openapi)
    for method, path, answer in await traffic(api):
        responses = documented[method, path]["responses"]
        content = responses[str(answer.status_code)].get("content")
        if content is None:
            assert answer.content == b""
        else:
            media_type = answer.headers["content-type"].partition(";")[0]
            value = answer.text if media_type == "text/plain" else answer.json()
            conforms(value, content[media_type]["schema"], openapi)


async def test_each_documented_status_code_really_happens(
    api: TradingApi, openapi: dict[str, Any]
) -> None:
    seen: dict[tuple[str, str], set[str]] = {}
    for method, path, answer in (*await traffic(api), *await traffic_while_the_store_is_away()):
        seen.setdefault((method, path), set()).add(str(answer.status_code))
    for call, operation in operations(openapi).items():
        assert seen[call] == set(operation["responses"]) - {"500"}, call


@pytest.mark.parametrize(
    ("order", "valid"),
    [
        (ORDER, True),
        (ORDER | {"quantity": 100.5, "clientOrderId": None}, True),
        (ORDER | {"quantity": 0}, False),
        (ORDER | {"quantity": "1e3"}, False),
        (ORDER | {"symbol": "eurusd"}, False),
        (ORDER | {"side": "HOLD"}, False),
        (ORDER | {"clientOrderId": "a b"}, False),
        (ORDER | {"colour": "red"}, False),
        ({"symbol": "EURUSD", "side": "BUY"}, False),
    ],
)
async def test_the_documented_order_is_what_the_server_takes(
    api: TradingApi, openapi: dict[str, Any], order: dict[str, object], valid: bool
) -> None:
    body = operations(openapi)["POST", "/orders"]["requestBody"]
    schema = body["content"]["application/json"]["schema"] | {"components": openapi["components"]}
    assert Draft202012Validator(schema).is_valid(order) == valid
    answer = await api.ask("POST", "/orders", json=order)
    assert (answer.status_code == 201) == valid


def test_the_asyncapi_document_is_valid() -> None:
    schema = json.loads(ASYNCAPI_SCHEMA.read_text(encoding="utf-8"))
    Draft7Validator(schema).validate(asyncapi_document("1.0.0"))


async def test_the_asyncapi_document_is_served(api: TradingApi) -> None:
    served = await api.ask("GET", "/asyncapi.json")
    assert served.json() == asyncapi_document("1.0.0")


CONTRACT = Path(__file__).parents[3] / "docs" / "contract.md"


async def test_the_table_of_rejections_is_whole() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (\d{3}) \|", CONTRACT.read_text("utf-8"), re.MULTILINE)
    assert dict(rows) == {slug: str(known.status) for slug, known in CATALOGUE.items()}
