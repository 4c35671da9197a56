"""Subscribers on a real socket: well-behaved, late, misbehaving, slow and disconnecting ones."""

import json
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import httpx
import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from websockets.exceptions import InvalidStatus
from websockets.frames import Close
from websockets.sync.client import connect

from tests.app.clients import (
    HALF_A_REQUEST,
    PING,
    SUBSCRIPTION,
    closing,
    follow,
    frame,
    http_client,
    life_of,
    place,
    raw_connection,
    to_the_end,
)
from tests.app.processes import Served, serving
from tests.app.trading_api import ORDER


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    """One for all tests that leave it running; it must not complain in the end."""
    with serving(TRADING_DELAY_MIN="0.05", TRADING_DELAY_MAX="0.1", TRADING_HISTORY="50") as served:
        yield served
        assert served.stop() == (0, "")


@pytest.fixture(scope="module")
def http(server: Served) -> Iterator[httpx.Client]:
    with http_client(server) as client:
        yield client


def test_a_subscriber_is_told_of_an_orders_life(server: Served, http: httpx.Client) -> None:
    with follow(server) as subscriber:
        hello = frame(subscriber)
        order = place(http)
        pending, executed = life_of(order["orderId"], subscriber)
    assert pending["sequence"] > hello["sequence"]
    assert (pending["orderStatus"], pending["previousStatus"]) == ("PENDING", None)
    assert (executed["orderStatus"], executed["previousStatus"]) == ("EXECUTED", "PENDING")
    assert pending["occurredAt"] == order["createdAt"]
    shown = http.get(f"/orders/{order['orderId']}").json()
    assert executed["occurredAt"] == shown["updatedAt"]


def test_a_replay_goes_on_live_without_a_gap(server: Served, http: httpx.Client) -> None:
    with follow(server) as subscriber:
        since = frame(subscriber)["sequence"]
        first = place(http)
        life_of(first["orderId"], subscriber)
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
def test_a_bad_since_is_rejected_with_its_reason(server: Served, since: str, reason: str) -> None:
    with follow(server, f"?since={since}") as rejected:
        code, sentence = closing(rejected)
    assert code == 1008
    assert sentence.startswith(reason)


def test_a_since_before_the_history_is_rejected(server: Served, http: httpx.Client) -> None:
    with ThreadPoolExecutor(30) as traders:
        list(traders.map(lambda _: place(http), range(60)))
    with follow(server, "?since=0") as rejected:
        code, sentence = closing(rejected)
    assert code == 1008
    assert "before the kept history" in sentence


def test_real_frames_conform_to_the_asyncapi_document(server: Served, http: httpx.Client) -> None:
    document = http.get("/asyncapi.json").json()
    with follow(server) as subscriber:
        hello = frame(subscriber)
        order = place(http, clientOrderId="documented")
        events = life_of(order["orderId"], subscriber)
    for name, received in [("hello", hello), *(("orderStatus", event) for event in events)]:
        payload = document["components"]["messages"][name]["payload"]
        schema = payload | {"components": document["components"]}
        checker = Draft202012Validator.FORMAT_CHECKER
        Draft202012Validator(schema, format_checker=checker).validate(received)


@pytest.mark.parametrize("rubbish", ["{", b"\x00\xff", json.dumps({"type": "orderStatus"}), ""])
def test_frames_from_clients_are_ignored(
    server: Served, http: httpx.Client, rubbish: str | bytes
) -> None:
    with follow(server) as subscriber:
        subscriber.send(rubbish)
        order = place(http)
        assert life_of(order["orderId"], subscriber)[-1]["orderStatus"] == "EXECUTED"


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
                with follow(server) as misbehaving:
                    frame(misbehaving)
                    misbehaving.socket.shutdown(socket.SHUT_RDWR)
        assert all(order.result()["orderStatus"] == "PENDING" for order in orders)
        received = [frame(healthy)["sequence"] for _ in range(60)]
        assert received == list(range(since + 1, since + 61))


def test_an_order_whose_client_vanishes_lives_on(server: Served) -> None:
    body = json.dumps(ORDER | {"clientOrderId": "orphan"}).encode()
    head = f"POST /orders HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    with follow(server) as subscriber:
        frame(subscriber)
        with raw_connection(server) as client:
            client.sendall(head + body)
        event = frame(subscriber)
        while event["clientOrderId"] != "orphan":
            event = frame(subscriber)
        assert event["orderStatus"] == "PENDING"
        assert [e["orderStatus"] for e in life_of(event["orderId"], subscriber)] == ["EXECUTED"]


def test_a_body_that_breaks_off_leaves_no_trace(server: Served, http: httpx.Client) -> None:
    before = len(http.get("/orders?limit=500").json()["orders"])
    with raw_connection(server) as client:
        client.sendall(HALF_A_REQUEST)
    assert len(http.get("/orders?limit=500").json()["orders"]) == before


def test_a_subscriber_that_gives_no_sign_of_life_is_cut_off() -> None:
    with serving("tests.app.serving.impatient_server") as server, raw_connection(server) as dead:
        dead.sendall(SUBSCRIPTION)
        received = b"".join(iter(partial(dead.recv, 4096), b""))
    assert b'"type":"hello"' in received
    assert PING in received


def test_a_subscriber_that_gives_signs_of_life_stays() -> None:
    with (
        serving("tests.app.serving.impatient_server") as server,
        follow(server) as alive,
        raw_connection(server) as dead,
    ):
        dead.sendall(SUBSCRIPTION)
        while dead.recv(4096):
            """Until the dead one is cut off, which takes several pings."""
        frame(alive)
        with http_client(server) as http:
            order = place(http)
        assert len(life_of(order["orderId"], alive)) == len(["PENDING", "EXECUTED"])


def test_a_websocket_elsewhere_is_rejected_with_a_problem(server: Served) -> None:
    with pytest.raises(InvalidStatus) as rejected, connect(f"{server.events_url}x", proxy=None):
        pass
    assert rejected.value.response.status_code == 404
    assert rejected.value.response.headers["content-type"] == "application/problem+json"


def test_a_subscriber_that_does_not_read_is_cut_and_the_others_notice_nothing() -> None:
    with (
        serving("tests.app.serving.large_frames_server") as server,
        follow(server) as slow,
        follow(server) as healthy,
        http_client(server) as http,
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


@pytest.mark.skipif(not hasattr(socket, "TCP_NOTSENT_LOWAT"), reason="Windows holds what it likes")
def test_what_a_subscriber_does_not_read_waits_in_its_queue_and_not_in_the_system() -> None:
    settings = {"DELAY_MIN": "0.001", "DELAY_MAX": "0.002", "SUBSCRIBER_QUEUE": "100"}
    with (
        serving(**{f"TRADING_{name}": value for name, value in settings.items()}) as server,
        http_client(server) as http,
        raw_connection(server, receive_buffer=4096) as slow,
    ):
        slow.sendall(SUBSCRIPTION)
        assert slow.recv(4096).startswith(b"HTTP/1.1 101")
        with ThreadPoolExecutor(20) as pool:
            list(pool.map(lambda _: place(http), range(1000)))
        received = b""
        while more := slow.recv(65536):
            received += more
    assert b"slow consumer" in received
