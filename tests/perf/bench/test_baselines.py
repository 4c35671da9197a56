"""A baseline that does not do what it stands for would make the comparison worthless."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from perf.bench.baselines.__main__ import NAMES
from perf.bench.baselines.without import TRICKS
from perf.bench.servers import OURS, WITHOUT, Running, running, start_up
from perf.bench.subscribers import subscribed

ORDER = {"symbol": "EURUSD", "side": "BUY", "quantity": "100.5"}


@pytest.fixture(scope="module", params=[OURS, *NAMES])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    with running(request.param, tmp_path_factory.mktemp("logs")) as server:
        yield server


def place(server: Running, order: dict[str, str] = ORDER) -> requests.Response:
    return requests.post(f"{server.base_url}/orders", json=order, timeout=10)


def test_every_server_takes_an_order_and_shows_it(server: Running) -> None:
    placed = place(server)
    assert placed.ok
    viewed = requests.get(f"{server.base_url}/orders/{placed.json()['orderId']}", timeout=10)
    assert viewed.ok
    assert viewed.json()["symbol"] == "EURUSD"
    assert server.memory > 0
    assert server.cpu_seconds > 0


@pytest.mark.parametrize("server", [OURS, "bare", "naive"], indirect=True)
def test_orders_are_validated_wherever_that_is_claimed(server: Running) -> None:
    assert place(server, ORDER | {"symbol": "EUR"}).status_code == 422


@pytest.mark.parametrize("server", [OURS, "bare", "naive"], indirect=True)
def test_a_list_has_orders(server: Running) -> None:
    place(server)
    listed = requests.get(f"{server.base_url}/orders?limit=100", timeout=10).json()["orders"]
    assert listed[0].keys() == place(server).json().keys()


@pytest.mark.parametrize("server", [OURS, "naive", "premade", "premade-gathered"], indirect=True)
def test_subscribers_receive_two_events_for_each_order(server: Running) -> None:
    with subscribed(server.events_url, 3) as subscribers:
        for _ in range(5):
            place(server)
        received = subscribers.received()
    assert (received.subscribers, received.messages, received.events) == (3, 30, 10)
    assert received.complete
    assert received.rate > 0


@pytest.mark.parametrize("trick", TRICKS)
def test_without_a_trick_the_server_says_the_same(trick: str, tmp_path: Path) -> None:
    with (
        running(f"{WITHOUT}{trick}", tmp_path) as server,
        subscribed(server.events_url, 3) as crowd,
    ):
        placed = place(server)
        received = crowd.received()
    assert placed.status_code == 201
    assert placed.json() | ORDER == placed.json()
    assert (received.events, received.complete) == (2, True)


def test_a_start_ends_with_the_first_answer(tmp_path: Path) -> None:
    assert 0 < start_up("bare", tmp_path) < 60
