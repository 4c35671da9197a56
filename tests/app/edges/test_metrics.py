"""What operators watch at /metrics, in memory and on a store that servers share."""

import re
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from app.domain import OrderStatus, StoreUnavailable
from app.exchange import InMemoryOrderStore
from cluster.engine import RedisServer
from tests.app.clients import follow, frame, http_client, life_of, place
from tests.app.edges.test_documents import AwayStore
from tests.app.processes import DEADLINE, ROOT, Served, serving
from tests.app.trading_api import EXECUTION, TradingApi
from tests.app.virtual_clock import VirtualClock

KEY = "a-key-of-the-operators-choice"
_TOOK = "trading_store_call_seconds"


def samples(answer: httpx.Response) -> Mapping[str, float]:
    """The numbers by their names; those with labels as `name{value}`."""
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (
        200,
        "text/plain",
    )
    found = {}
    for family in text_string_to_metric_families(answer.text):
        assert family.documentation
        for sample in family.samples:
            labels = "".join(f"{{{each}}}" for each in sample.labels.values())
            found[sample.name + labels] = sample.value
    return found


@pytest.mark.anyio
async def test_orders_are_counted_by_their_status(clock: VirtualClock) -> None:
    api = TradingApi(clock)
    orders = [await api.place() for _ in range(3)]
    await api.ask("DELETE", f"/orders/{orders[0]['orderId']}")
    before = samples(await api.ask("GET", "/metrics"))
    assert [before[f"trading_orders{{{each}}}"] for each in OrderStatus] == [2, 0, 1]
    await clock.advance(EXECUTION)
    after = samples(await api.ask("GET", "/metrics"))
    assert [after[f"trading_orders{{{each}}}"] for each in OrderStatus] == [0, 2, 1]
    assert after["trading_store_available"] == 1
    assert "trading_store_call_seconds_count" not in after, "nothing leaves this server"


@pytest.mark.anyio
async def test_what_nobody_knows_is_not_told_while_the_store_is_away() -> None:
    class CountsNothing(AwayStore):
        async def counts(self) -> dict[OrderStatus, int]:
            raise StoreUnavailable

    api = TradingApi(VirtualClock(), store=CountsNothing)
    told = samples(await api.ask("GET", "/metrics"))
    assert told["trading_store_available"] == 0
    assert not [name for name in told if name.startswith("trading_orders")]


@pytest.mark.anyio
async def test_metrics_want_the_key_as_everything_does(clock: VirtualClock) -> None:
    api = TradingApi(clock, api_key=KEY)
    assert (await api.ask("GET", "/metrics")).status_code == 401
    with_key = {"Authorization": f"Bearer {KEY}"}
    samples(await api.ask("GET", "/metrics", headers=with_key))


@pytest.mark.anyio
async def test_nothing_is_counted_for_an_order_that_is_placed(clock: VirtualClock) -> None:
    class Counting(InMemoryOrderStore):
        asked = 0

        async def counts(self) -> dict[OrderStatus, int]:
            Counting.asked += 1
            return await super().counts()

    api = TradingApi(clock, store=Counting)
    await api.place()
    assert Counting.asked == 0
    await api.ask("GET", "/metrics")
    assert Counting.asked == 1


def test_a_server_that_nobody_watches_does_not_load_what_watching_needs() -> None:
    loaded = "import sys, app.main; sys.exit('prometheus_client' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, timeout=DEADLINE, check=False)
    assert done.returncode == 0


def test_subscribers_and_the_longest_queue_are_told() -> None:
    with serving(TRADING_DELAY_MIN="0", TRADING_DELAY_MAX="0.01") as server, ExitStack() as several:
        for _ in range(3):
            frame(several.enter_context(follow(server)))
        with http_client(server) as http:
            told = samples(http.get("/metrics"))
    assert told["trading_subscribers"] == 3
    assert told["trading_longest_subscriber_queue"] == 0


def test_on_a_shared_store_calls_and_orders_taken_over_are_told(redis_server: RedisServer) -> None:
    del redis_server  # says whether there is one at all
    with TemporaryDirectory() as folder, RedisServer(Path(folder)) as engine:
        settings = {
            "TRADING_STORE": engine.address,
            "TRADING_DELAY_MIN": "0.2",
            "TRADING_DELAY_MAX": "0.3",
        }
        with serving(**settings) as dying, serving(**settings) as other:
            order = placed_and_taken_over(dying, other)
            with http_client(other) as watched:
                assert watched.get(f"/orders/{order}").json()["orderStatus"] == "EXECUTED"
                told = samples(watched.get("/metrics"))
    assert told["trading_orders_taken_over_total"] == 1
    assert told["trading_orders{EXECUTED}"] == 1
    assert told["trading_store_call_seconds_sum"] > 0
    assert told["trading_store_call_seconds_count"] > 2
    guide = (ROOT / "docs" / "operating.md").read_text("utf-8").replace("`_sum`", f"`{_TOOK}_sum`")
    assert {name.partition("{")[0] for name in told} == set(re.findall(r"`(trading_\w+)", guide))


def placed_and_taken_over(dying: Served, other: Served) -> str:
    """The ID of an order whose server died before it was executed."""
    with http_client(dying) as http, follow(other) as subscriber:
        frame(subscriber)
        order_id = str(place(http)["orderId"])
        dying.process.kill()
        assert [event["orderStatus"] for event in life_of(order_id, subscriber)][1:] == ["EXECUTED"]
    return order_id
