"""Answers and queries are altered, and nothing else is."""

from dataclasses import replace
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from faults.altering import HttpAnswer, altering_answers, altering_parameters, altering_queries


async def _echo(request: Request) -> JSONResponse:
    return JSONResponse({"query": dict(request.query_params)}, headers={"X-Kept": "yes"})


async def _parts(_: Request) -> StreamingResponse:
    return StreamingResponse(iter(["one ", "two"]), media_type="text/plain")


pytestmark = pytest.mark.anyio
CORRECT = Starlette(routes=[Route("/echo", _echo), Route("/parts", _parts)])


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def ask(app: ASGIApp, path: str) -> httpx.Response:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        return await client.get(path)


async def test_an_altered_body_has_its_own_length() -> None:
    app = altering_answers(lambda answer: answer.with_json(answer.json | {"more": "x" * 99}))
    answer = await ask(app(CORRECT), "/echo?a=1")
    assert answer.json() == {"query": {"a": "1"}, "more": "x" * 99}
    assert answer.headers["x-kept"] == "yes"


async def test_an_answer_in_parts_is_seen_whole() -> None:
    seen: list[HttpAnswer] = []

    def see(answer: HttpAnswer) -> HttpAnswer:
        seen.append(answer)
        return replace(answer, status=202)

    answer = await ask(altering_answers(see)(CORRECT), "/parts")
    assert (answer.status_code, answer.text) == (202, "one two")
    assert seen[0].body == b"one two"


async def test_a_query_is_amended() -> None:
    app = altering_queries(lambda query: {name: value for name, value in query.items() if value})
    answer: Any = (await ask(app(CORRECT), "/echo?a=&b=2")).json()
    assert answer == {"query": {"b": "2"}}


async def test_a_parameter_that_is_given_twice_is_seen_only_by_who_asks_for_it() -> None:
    amended = altering_queries(lambda _: {"amended": "yes"})
    answer: Any = (await ask(amended(CORRECT), "/echo?a=1&a=2")).json()
    assert answer == {"query": {"a": "2"}}
    first = altering_parameters(lambda given: given[:1])
    answer = (await ask(first(CORRECT), "/echo?a=1&a=2")).json()
    assert answer == {"query": {"a": "1"}}


async def test_a_rejection_is_known_by_its_slug() -> None:
    headers = {"content-type": "application/problem+json"}
    rejection = HttpAnswer("GET", "/x", 404, headers, b'{"type": "/problems/not-found"}')
    assert rejection.problem == "not-found"
    assert replace(rejection, status=200).problem == ""
