"""Several servers as one exchange: what one is told all know, and nothing is lost with one."""

import re
import socket
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest
from websockets.sync.client import connect

from cluster.programs import BALANCER, REDIS, lacking, missing
from cluster.replicas import Replicas
from driver.server_process import ServerProcess
from tests.app.clients import frame, life_of, place
from tests.app.processes import DEADLINE
from tests.app.trading_api import ORDER

QUICK = {"DELAY_MIN": "0.05", "DELAY_MAX": "0.3"}
pytestmark = pytest.mark.skipif(
    (lack := lacking([REDIS])) is not None, reason=lack or "all is there"
)


@pytest.fixture(scope="module")
def replicas() -> Iterator[Replicas]:
    with Replicas(3, QUICK) as replicas:
        yield replicas


@contextmanager
def clients(replicas: Replicas) -> Iterator[list[httpx.Client]]:
    options: dict[str, Any] = {"trust_env": False, "timeout": DEADLINE}
    each = [httpx.Client(base_url=address, **options) for address in replicas.addresses]
    try:
        yield each
    finally:
        for client in each:
            client.close()


def events_of(address: str, query: str = "") -> Any:
    url = address.replace("http", "ws", 1) + "/ws" + query
    return connect(url, proxy=None, close_timeout=1)


def orders_of(client: httpx.Client, **query: str) -> dict[str, str]:
    """The status of every order, by its id."""
    found: dict[str, str] = {}
    cursor: dict[str, str] = {}
    while True:
        page = client.get("/orders", params={"limit": "500", **query, **cursor}).json()
        found |= {order["orderId"]: order["orderStatus"] for order in page["orders"]}
        if page["nextCursor"] is None:
            return found
        cursor = {"cursor": page["nextCursor"]}


def test_what_one_replica_accepts_the_others_show_cancel_and_tell(replicas: Replicas) -> None:
    with clients(replicas) as (one, other, third), events_of(replicas.addresses[2]) as subscriber:
        frame(subscriber)
        order = place(one, symbol="AAABBB")
        path = f"/orders/{order['orderId']}"
        assert other.delete(path).status_code == 204
        assert third.get(path).json()["orderStatus"] == "CANCELLED"
        assert orders_of(one, symbol="AAABBB") == {order["orderId"]: "CANCELLED"}
        told = [event["orderStatus"] for event in life_of(order["orderId"], subscriber)]
        assert told == ["PENDING", "CANCELLED"]


def test_of_one_reference_at_two_replicas_at_once_one_wins(replicas: Replicas) -> None:
    body = ORDER | {"clientOrderId": str(uuid4())}
    with clients(replicas) as each, ThreadPoolExecutor(9) as pool:
        answers = list(pool.map(lambda client: client.post("/orders", json=body), each * 3))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 8


def test_a_replica_that_dies_takes_no_accepted_order_along(replicas: Replicas) -> None:
    def placed_at(client: httpx.Client) -> str | None:
        with suppress(httpx.TransportError):
            answer = client.post("/orders", json=ORDER | {"symbol": "KILLED"})
            if answer.status_code == 201:
                return str(answer.json()["orderId"])
        return None

    with clients(replicas) as (dying, second, third), events_of(replicas.addresses[0]) as leaving:
        since = frame(leaving)["sequence"]
        with ThreadPoolExecutor(100) as pool:
            placing = [pool.submit(placed_at, (dying, second)[at % 2]) for at in range(100)]
            next(each for each in placing if each.result())  # the first are answered
            replicas.servers[0].kill()
            accepted = {order_id for each in placing if (order_id := each.result())}
        with events_of(replicas.addresses[2], f"?since={since}") as resumed:
            frame(resumed)
            events: list[dict[str, Any]] = []
            statuses: dict[str, list[str]] = {}
            while any(statuses.get(order_id, [])[1:] == [] for order_id in accepted):
                events.append(frame(resumed))
                told = events[-1]
                statuses.setdefault(told["orderId"], []).append(told["orderStatus"])
        first = since + 1
        assert [event["sequence"] for event in events] == list(range(first, first + len(events)))
        listed = orders_of(third, symbol="KILLED")
        assert accepted <= listed.keys()
        lives = [statuses[order_id] for order_id in listed if order_id in statuses]
        assert all(life in (["PENDING"], ["PENDING", "EXECUTED"]) for life in lives)
    replicas.restart(1)


def test_after_all_replicas_restart_everything_is_still_there(replicas: Replicas) -> None:
    with clients(replicas) as (one, *_):
        order = place(one)
        before = orders_of(one)
    with events_of(replicas.addresses[0]) as subscriber:
        hello = frame(subscriber)
    replicas.restart_all()
    with clients(replicas) as (_, other, _third):
        assert orders_of(other).keys() == before.keys()
        with events_of(replicas.addresses[1], f"?since={hello['sequence']}") as resumed:
            assert frame(resumed)["streamId"] == hello["streamId"]
        shown = other.get(f"/orders/{order['orderId']}").json()
        assert shown["createdAt"] == order["createdAt"]


@pytest.mark.skipif(missing([BALANCER]) is not None, reason=missing([BALANCER]) or "")
def test_behind_the_balancer_several_servers_look_like_one(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "cluster", "--replicas", "2", "--port", "0"]
    with ServerProcess(command, QUICK, tmp_path / "cluster.log") as process:
        address = process.await_address()
        with httpx.Client(base_url=address, trust_env=False, timeout=DEADLINE) as http:
            with events_of(address) as subscriber:
                frame(subscriber)
                order = place(http)
                told = [event["orderStatus"] for event in life_of(order["orderId"], subscriber)]
            assert told == ["PENDING", "EXECUTED"]
            shown = {
                http.get(f"/orders/{order['orderId']}").json()["orderStatus"] for _ in range(4)
            }
            assert shown == {"EXECUTED"}
        process.ask_to_stop()
        assert process.await_end(DEADLINE) == 0
        assert process.complaints == ""


def test_a_bad_setting_is_told_in_one_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "cluster", "--replicas", "2", "--port", "0"]
    if missing([BALANCER]):
        pytest.skip(missing([BALANCER]) or "")
    process = ServerProcess(command, {"SEED": "abc"}, tmp_path / "cluster.log")
    process.launch()
    assert process.await_end(DEADLINE) == 1
    assert process.complaints.startswith("Bad setting: TRADING_SEED='abc'")
    assert "\n" not in process.complaints


@pytest.mark.skipif(missing([BALANCER]) is not None, reason=missing([BALANCER]) or "")
def test_what_was_started_goes_with_a_cluster_that_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with TemporaryDirectory(prefix="killed-") as folder:  # a short name: it has a Unix socket
        monkeypatch.setenv("TMPDIR", folder)
        command = [sys.executable, "-m", "cluster", "--replicas", "2", "--port", "0"]
        with ServerProcess(command, QUICK, tmp_path / "cluster.log") as process:
            balancer = process.await_address()
            servers = next(Path(folder).glob("*/servers.cfg")).read_text(encoding="utf-8")
            redis = next(Path(folder).glob("*/redis.sock"))
            replicas = re.findall(r"127\.0\.0\.1:\d+", servers)
            assert len(replicas) == 2
            process.kill()  # its own group alone: each that it started leads another
            addresses = [urlsplit(balancer).netloc, *replicas]
            listening = [each.partition(":")[::2] for each in addresses]
            until(lambda: not any(listens(host, int(port)) for host, port in listening))
            until(lambda: not redis.parent.exists())


def until(holds: Callable[[], bool]) -> None:
    """Asks again and again; fails when the deadline has passed."""
    give_up_at = time.monotonic() + DEADLINE
    while not holds():
        assert time.monotonic() < give_up_at
        time.sleep(0.02)


def listens(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True
