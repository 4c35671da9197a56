"""The server as a process: start, bad starts, rude clients, and the stop during traffic."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.frames import Close
from websockets.sync.client import ClientConnection, connect

from tests.app.processes import DEADLINE, STOP_SIGNALS, Served, serving, start
from tests.app.trading_api import ORDER

HALF_A_REQUEST = b"POST /orders HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    """One for all tests that leave it running; it must not complain in the end."""
    with serving(TRADING_DELAY_MIN="0.05", TRADING_DELAY_MAX="0.1", TRADING_HISTORY="50") as served:
        yield served
        assert served.stop() == (0, "")


@pytest.fixture(scope="module")
def http(server: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, trust_env=False, timeout=DEADLINE) as client:
        yield client


def follow(server: Served, query: str = "") -> AbstractContextManager[ClientConnection]:
    return connect(server.events_url + query, proxy=None, close_timeout=1)


def frame(connection: ClientConnection) -> dict[str, Any]:
    received: dict[str, Any] = json.loads(connection.recv(timeout=DEADLINE))
    return received


def to_the_end(connection: ClientConnection) -> tuple[list[dict[str, Any]], Close | None]:
    """All frames that are still to come, and how the server closes."""
    frames = []
    try:
        while True:
            frames.append(frame(connection))
    except ConnectionClosed as closed:
        return frames, closed.rcvd


def closing(connection: ClientConnection) -> tuple[int, str]:
    """Code and reason with which the server closes."""
    _, close = to_the_end(connection)
    assert close is not None
    return close.code, close.reason


def place(http: httpx.Client, **fields: object) -> dict[str, Any]:
    answer = http.post("/orders", json=ORDER | fields)
    assert answer.status_code == 201, answer.text
    order: dict[str, Any] = answer.json()
    return order


def life_of(order_id: str, connection: ClientConnection) -> list[dict[str, Any]]:
    """The order's events up to its final one."""
    events: list[dict[str, Any]] = []
    while not events or events[-1]["orderStatus"] == "PENDING":
        event = frame(connection)
        if event.get("orderId") == order_id:
            events.append(event)
    return events


def raw_connection(server: Served) -> socket.socket:
    host, _, port = urlsplit(server.url).netloc.partition(":")
    return socket.create_connection((host, int(port)), timeout=DEADLINE)


def test_a_subscriber_is_told_of_an_orders_life(server: Served, http: httpx.Client) -> None:
    with follow(server) as follower:
        hello = frame(follower)
        order = place(http)
        pending, executed = life_of(order["orderId"], follower)
    assert pending["sequence"] > hello["sequence"]
    assert (pending["orderStatus"], pending["previousStatus"]) == ("PENDING", None)
    assert (executed["orderStatus"], executed["previousStatus"]) == ("EXECUTED", "PENDING")
    assert pending["occurredAt"] == order["createdAt"]
    shown = http.get(f"/orders/{order['orderId']}").json()
    assert executed["occurredAt"] == shown["updatedAt"]


def test_a_replay_goes_on_live_without_a_gap(server: Served, http: httpx.Client) -> None:
    with follow(server) as follower:
        since = frame(follower)["sequence"]
        first = place(http)
        life_of(first["orderId"], follower)
    with follow(server, f"?since={since}") as resumed:
        assert frame(resumed)["sequence"] == since
        second = place(http)
        events = [frame(resumed) for _ in range(4)]
    assert [event["sequence"] for event in events] == list(range(since + 1, since + 5))
    orders = [event["orderId"] for event in events]
    assert orders == [first["orderId"]] * 2 + [second["orderId"]] * 2


@pytest.mark.parametrize(
    ("since", "reason"),
    [
        ("x", "since must be a whole number"),
        ("-1", "since must be a whole number"),
        ("", "since must be a whole number"),
        ("9" * 30, "since lies ahead of the stream"),
        ("0" * 30 + "999999", "since lies ahead of the stream"),
    ],
)
def test_a_bad_since_is_refused_with_its_reason(server: Served, since: str, reason: str) -> None:
    with follow(server, f"?since={since}") as refused:
        code, sentence = closing(refused)
    assert code == 1008
    assert sentence.startswith(reason)


def test_a_since_before_the_history_is_refused(server: Served, http: httpx.Client) -> None:
    with ThreadPoolExecutor(30) as traders:
        list(traders.map(lambda _: place(http), range(60)))
    with follow(server, "?since=0") as refused:
        code, sentence = closing(refused)
    assert code == 1008
    assert "before the kept history" in sentence


def test_real_frames_conform_to_the_asyncapi_document(server: Served, http: httpx.Client) -> None:
    document = http.get("/asyncapi.json").json()
    with follow(server) as follower:
        hello = frame(follower)
        order = place(http, clientOrderId="documented")
        events = life_of(order["orderId"], follower)
    for name, received in [("hello", hello), *(("orderStatus", event) for event in events)]:
        payload = document["components"]["messages"][name]["payload"]
        schema = payload | {"components": document["components"]}
        checker = Draft202012Validator.FORMAT_CHECKER
        Draft202012Validator(schema, format_checker=checker).validate(received)


@pytest.mark.parametrize("rubbish", ["{", b"\x00\xff", json.dumps({"type": "orderStatus"}), ""])
def test_frames_from_clients_are_ignored(
    server: Served, http: httpx.Client, rubbish: str | bytes
) -> None:
    with follow(server) as follower:
        follower.send(rubbish)
        order = place(http)
        assert life_of(order["orderId"], follower)[-1]["orderStatus"] == "EXECUTED"


def test_a_huge_frame_closes_only_its_senders_connection(
    server: Served, http: httpx.Client
) -> None:
    with follow(server) as healthy, follow(server) as greedy:
        greedy.send("x" * (64 * 1024 + 1))
        to_the_end(greedy)
        assert len(life_of(place(http)["orderId"], healthy)) == 2


def test_subscribers_that_vanish_harm_nobody(server: Served, http: httpx.Client) -> None:
    with follow(server) as healthy:
        since = frame(healthy)["sequence"]
        with ThreadPoolExecutor(10) as traders:
            orders = [traders.submit(place, http) for _ in range(30)]
            for _ in range(10):
                with follow(server) as rude:
                    frame(rude)
                    rude.socket.shutdown(socket.SHUT_RDWR)
        assert all(order.result()["orderStatus"] == "PENDING" for order in orders)
        received = [frame(healthy)["sequence"] for _ in range(60)]
        assert received == list(range(since + 1, since + 61))


def test_an_order_whose_client_vanishes_lives_on(server: Served) -> None:
    body = json.dumps(ORDER | {"clientOrderId": "orphan"}).encode()
    head = f"POST /orders HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    with follow(server) as follower:
        frame(follower)
        with raw_connection(server) as client:
            client.sendall(head + body)
        event = frame(follower)
        while event["clientOrderId"] != "orphan":
            event = frame(follower)
        assert event["orderStatus"] == "PENDING"
        assert [e["orderStatus"] for e in life_of(event["orderId"], follower)] == ["EXECUTED"]


def test_a_body_that_breaks_off_leaves_no_trace(server: Served, http: httpx.Client) -> None:
    before = len(http.get("/orders?limit=500").json()["orders"])
    with raw_connection(server) as client:
        client.sendall(HALF_A_REQUEST)
    assert len(http.get("/orders?limit=500").json()["orders"]) == before


def test_a_websocket_elsewhere_is_refused_with_a_problem(server: Served) -> None:
    with pytest.raises(InvalidStatus) as refused, connect(f"{server.events_url}x", proxy=None):
        pass
    assert refused.value.response.status_code == 404
    assert refused.value.response.headers["content-type"] == "application/problem+json"


def test_a_port_in_use_is_one_clear_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = start("app", "--port", str(port))
        stdout, stderr = process.communicate(timeout=DEADLINE)
    assert (process.returncode, stdout) == (1, "")
    assert stderr.startswith(f"Cannot listen on 127.0.0.1:{port}: ")
    assert stderr.count("\n") == 1


@pytest.mark.parametrize("command", [("app", "--port", "0"), ("uvicorn", "app.main:app")])
def test_a_bad_setting_is_one_clear_line(command: tuple[str, ...]) -> None:
    process = start(*command, TRADING_DELAY_MAX="soon")
    stdout, stderr = process.communicate(timeout=DEADLINE)
    assert (process.returncode, stdout) == (1, "")
    assert stderr.startswith("Bad setting: TRADING_DELAY_MAX='soon': ")
    assert stderr.count("\n") == 1


class Traffic:
    """Traders who place orders until the server is gone."""

    def __init__(self, server: Served, traders: int = 10) -> None:
        self._url = server.url
        self._threads = [threading.Thread(target=self._trade) for _ in range(traders)]
        self.statuses: list[int] = []

    def _trade(self) -> None:
        with httpx.Client(base_url=self._url, timeout=DEADLINE, trust_env=False) as client:
            try:
                while True:
                    self.statuses.append(client.post("/orders", json=ORDER).status_code)
            except httpx.TransportError:
                return

    def __enter__(self) -> "Traffic":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        for thread in self._threads:
            thread.join(DEADLINE)


@pytest.mark.parametrize("stop_signal", STOP_SIGNALS)
def test_a_stop_during_traffic_is_quick_and_polite(stop_signal: int) -> None:
    with serving() as server, raw_connection(server) as silent:
        silent.sendall(HALF_A_REQUEST)
        with follow(server) as follower, follow(server) as idle, Traffic(server) as traffic:
            for _ in range(20):
                frame(follower)
            began = time.monotonic()
            exit_code, stderr = server.stop(stop_signal)
            took = time.monotonic() - began
            assert (closing(follower)[0], closing(idle)[0]) == (1001, 1001)
    assert (exit_code, stderr) == (0, "")
    assert took < 3
    assert set(traffic.statuses) == {201}


def test_a_subscriber_that_does_not_read_is_cut_and_the_others_notice_nothing() -> None:
    with (
        serving("tests.app.large_frames_server") as server,
        follow(server) as slow,
        follow(server) as healthy,
        httpx.Client(base_url=server.url, trust_env=False, timeout=DEADLINE) as http,
    ):
        orders = 100
        frame(healthy)
        for _ in range(orders):
            place(http)
            frame(healthy)
            assert frame(healthy)["orderStatus"] == "EXECUTED"

        frames, close = to_the_end(slow)
    received = [frame["sequence"] for frame in frames]
    assert received == list(range(len(received)))
    assert received[-1] < 2 * orders
    assert close == Close(1013, f"slow consumer, resume with since={received[-1]}")


def test_a_subscriber_that_does_not_read_does_not_hold_up_a_stop() -> None:
    with (
        serving("tests.app.large_frames_server") as server,
        follow(server) as slow,
        httpx.Client(base_url=server.url, trust_env=False, timeout=DEADLINE) as http,
    ):
        frame(slow)
        for _ in range(100):
            place(http)
        began = time.monotonic()
        assert server.stop() == (0, "")
        assert time.monotonic() - began < 3


def test_under_uvicorns_own_command_a_stop_is_polite_too() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with start("uvicorn", "app.main:app", "--port", str(port), "--log-level", "info") as process:
        assert process.stderr is not None
        while "running on" not in process.stderr.readline():
            assert process.poll() is None
        with follow(Served(process, f"http://127.0.0.1:{port}")) as follower:
            frame(follower)
            process.send_signal(STOP_SIGNALS[0])
            assert closing(follower)[0] == 1001
        _, stderr = process.communicate(timeout=DEADLINE)
    assert "Traceback" not in stderr
