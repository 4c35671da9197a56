"""No input gives a 500, and none is kept unless it is a valid order."""

import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.app.trading_api import ORDER, TradingApi
from tests.app.virtual_clock import VirtualClock

pytestmark = pytest.mark.anyio

HUGE = "a number of 5000 digits"
odd_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(HUGE),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
    max_leaves=8,
)
odd_orders = st.fixed_dictionaries(
    {},
    optional={
        name: st.just(good) | odd_values | st.from_regex(rf"{good}.?")
        for name, good in (ORDER | {"clientOrderId": "ref"}).items()
    },
)


def as_body(document: object) -> bytes:
    """Also what is no JSON, such as NaN, and numbers of thousands of digits."""
    return json.dumps(document).replace(f'"{HUGE}"', "9" * 5000).encode()


@given(body=st.binary() | st.one_of(odd_values, odd_orders).map(as_body))
async def test_no_body_gives_a_500(body: bytes) -> None:
    api = TradingApi(VirtualClock())
    answer = await api.ask("POST", "/orders", content=body)
    assert answer.status_code in (201, 400, 413, 422)
    answer.json()
    listed = await api.ask("GET", "/orders")
    assert len(listed.json()["orders"]) == (answer.status_code == 201)


@given(
    path=st.text(st.characters(codec="utf-8"), max_size=30),
    query=st.dictionaries(
        st.sampled_from(["status", "symbol", "limit", "cursor", "clientOrderId", "x"]),
        st.text(st.characters(codec="utf-8"), max_size=20),
    ),
)
async def test_no_path_and_no_query_gives_a_500(path: str, query: dict[str, str]) -> None:
    api = TradingApi(VirtualClock())
    url = "/orders/" + quote(path, safe="/")
    for answer in (
        await api.ask("GET", url),
        await api.ask("DELETE", url),
        await api.ask("GET", "/orders", params=query),
    ):
        assert answer.status_code in (200, 404, 422)
        answer.json()
