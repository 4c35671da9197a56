import contextlib
import queue
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http import HTTPStatus

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve

from driver import TRADING, EventRecorder, OrderStatus, ReceivedEvent, ServerUnreachable
from driver.messages import OrderEvent
from driver.sockets import ReadsAhead
from driver.stream import Backlog
from tests.driver.samples import EVENT, HELLO, ORDER, text

DEADLINE = 10.0
HANG_UP = None
Reject = Callable[[ServerConnection, Request], Response]


class Stream:
    """A server that sends what the test tells it to."""

    def __init__(self) -> None:
        self.to_send: queue.SimpleQueue[str | bytes | None] = queue.SimpleQueue()
        self.connection: queue.SimpleQueue[ServerConnection] = queue.SimpleQueue()
        self.received: queue.SimpleQueue[str | bytes] = queue.SimpleQueue()
        self.closing = (1000, "")

    def handle(self, connection: ServerConnection) -> None:
        self.connection.put(connection)
        threading.Thread(target=self._receive, args=(connection,), daemon=True).start()
        while (frame := self.to_send.get()) is not HANG_UP:
            connection.send(frame)
        connection.close(*self.closing)

    def _receive(self, connection: ServerConnection) -> None:
        with contextlib.suppress(ConnectionClosed):
            while True:
                self.received.put(connection.recv())


@contextmanager
def serving(stream: Stream, reject: Reject | None = None) -> Iterator[str]:
    with serve(stream.handle, "127.0.0.1", 0, close_timeout=0.5, process_request=reject) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.socket.getsockname()[1]}"
        finally:
            stream.to_send.put(HANG_UP)
            server.shutdown()
            thread.join()


@contextmanager
def following(stream: Stream, *, greet: bool = True) -> Iterator[EventRecorder]:
    if greet:
        stream.to_send.put(text(HELLO))
    with serving(stream) as address:
        recorder = EventRecorder(address, TRADING, DEADLINE)
        try:
            yield recorder.start()
        finally:
            recorder.close()


def test_a_subscriber_names_no_page_that_it_comes_from() -> None:
    stream = Stream()
    with following(stream):
        request = stream.connection.get(timeout=DEADLINE).request
    assert request is not None
    assert "Origin" not in request.headers


def test_the_hello_confirms_the_subscription() -> None:
    with following(Stream()) as recorder:
        assert recorder.hello is not None
        assert recorder.last_sequence == recorder.hello.sequence


def test_events_are_kept_in_order_and_by_order() -> None:
    stream = Stream()
    with following(stream) as recorder:
        other = "11111111-1111-4111-8111-111111111111"
        stream.to_send.put(text(EVENT))
        stream.to_send.put(text(EVENT, sequence=8, orderId=other))
        assert recorder.wait_for_status(other, OrderStatus.EXECUTED, DEADLINE)
        assert [received.event.sequence for received in recorder.events] == [7, 8]
        assert len(recorder.events_of(ORDER["orderId"])) == 1
        first, second = recorder.events
        assert first.received <= second.received
        assert recorder.last_sequence == second.event.sequence


def test_a_wait_says_when_its_deadline_has_passed() -> None:
    with following(Stream()) as recorder:
        assert not recorder.wait_for_status(ORDER["orderId"], OrderStatus.PENDING, 0.05)


@pytest.mark.parametrize(("reads_at_once", "waits"), [(True, True), (False, False)])
def test_a_wait_lasts_until_who_lags_behind_has_caught_up(reads_at_once: bool, waits: bool) -> None:
    stream = Stream()
    with following(stream) as recorder:
        stream.to_send.put(text(EVENT, orderStatus="PENDING", previousStatus=None))
        stream.to_send.put(text(EVENT, sequence=8, occurredAt="2026-01-02T03:04:00.678901Z"))
        assert recorder.wait(lambda: recorder.last_sequence == 8, DEADLINE)
        if not reads_at_once:
            recorder.stop_reading()
            recorder.resume_reading()
        other = "11111111-1111-4111-8111-111111111111"
        late = threading.Timer(0.3, stream.to_send.put, [text(EVENT, sequence=9, orderId=other)])
        late.start()
        assert recorder.wait_for_status(other, OrderStatus.EXECUTED, 0.01) == waits
        late.join()


def test_the_backlog_is_what_the_newest_event_took_longer_than_the_fastest() -> None:
    backlog = Backlog()
    assert backlog.seconds(now=100.0) == 0
    for occurred, received in ((0.0, 50.0), (2.0, 52.01)):
        backlog.take(at(occurred, received))
    assert backlog.seconds(now=52.01) == 0
    backlog.take(at(2.0, 55.0))
    assert round(backlog.seconds(now=55.0), 6) == 3
    assert round(backlog.seconds(now=57.0), 6) == 1
    assert backlog.seconds(now=59.0) == 0


def at(occurred: float, received: float) -> ReceivedEvent:
    moment = datetime.fromtimestamp(occurred, UTC)
    event = OrderEvent(1, "a", None, OrderStatus.PENDING, None, moment)
    return ReceivedEvent(event, received)


def test_a_wait_gives_up_when_the_connection_ends() -> None:
    stream = Stream()
    stream.closing = (1001, "going away")
    with following(stream) as recorder:
        stream.to_send.put(HANG_UP)
        assert not recorder.wait_for_status(ORDER["orderId"], OrderStatus.PENDING, 3600)
        assert recorder.disconnection is not None
        assert (recorder.disconnection.code, recorder.disconnection.reason) == (1001, "going away")


@pytest.mark.parametrize(
    ("frame", "finding"),
    [
        ("rubbish", "A frame of the event stream breaks the contract"),
        (b"\x00", "the stream consists of text frames"),
        (text(HELLO), "hello is the first frame"),
    ],
)
def test_a_frame_that_breaks_the_contract_is_kept_as_a_violation(
    frame: str | bytes, finding: str
) -> None:
    stream = Stream()
    with following(stream) as recorder:
        stream.to_send.put(frame)
        assert recorder.wait(lambda: bool(recorder.violations), DEADLINE)
        assert finding in str(recorder.violations[0])
        assert not recorder.events


def test_an_event_before_the_hello_is_a_violation() -> None:
    stream = Stream()
    stream.to_send.put(text(EVENT))
    with following(stream, greet=False) as recorder:
        assert recorder.hello is None
        assert len(recorder.violations) == 1


def test_a_ping_is_noted() -> None:
    stream = Stream()
    with following(stream) as recorder:
        stream.connection.get(timeout=DEADLINE).ping()
        assert recorder.wait(lambda: bool(recorder.pings), DEADLINE)


def test_frames_can_be_sent() -> None:
    stream = Stream()
    with following(stream) as recorder:
        recorder.send("rubbish")
        recorder.send(b"\x01")
        assert stream.received.get(timeout=DEADLINE) == "rubbish"
        assert stream.received.get(timeout=DEADLINE) == b"\x01"


def test_vanishing_ends_the_recording() -> None:
    with following(Stream()) as recorder:
        recorder.lose_connection()
        assert recorder.wait_for_disconnection(DEADLINE)


def test_frames_pile_up_while_nobody_reads() -> None:
    stream = Stream()
    with following(stream) as recorder:
        recorder.stop_reading()
        for sequence in range(7, 12):
            stream.to_send.put(text(EVENT, sequence=sequence))
        assert not recorder.wait(lambda: len(recorder.events) > 1, 0.05)
        recorder.resume_reading()
        assert recorder.wait(lambda: recorder.last_sequence == 11, DEADLINE)


def test_frames_that_come_together_are_taken_with_one_call() -> None:
    class Counting(socket.socket):
        calls = 0

        def recv(self, *arguments: int) -> bytes:
            self.calls += 1
            return super().recv(*arguments)

    ours, theirs = socket.socketpair()
    reader = ReadsAhead()
    with theirs, Counting(fileno=ours.detach()) as counting:
        reader.sock = counting
        theirs.sendall(b"".join(bytes((0x81, 2)) + word for word in (b"ab", b"cd", b"ef")))
        assert [reader.recv() for _ in range(3)] == ["ab", "cd", "ef"]
    assert counting.calls == 1


def test_a_server_that_is_not_there_is_named() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{unused.getsockname()[1]}"
        with pytest.raises(ServerUnreachable, match=f"ws://{address}/ws"):
            EventRecorder(f"http://{address}", TRADING, DEADLINE).start()


def test_a_server_without_an_event_stream_there_is_told_from_none() -> None:
    def reject(connection: ServerConnection, _: Request) -> Response:
        return connection.respond(HTTPStatus.NOT_FOUND, "nothing here")

    says = "nobody subscribe at ws://.*/ws: it answers with 404"
    with serving(Stream(), reject) as address, pytest.raises(ServerUnreachable, match=says):
        EventRecorder(address, TRADING, DEADLINE).start()


def test_a_server_that_greets_nobody_is_named() -> None:
    stream = Stream()
    with serving(stream) as address, pytest.raises(ServerUnreachable, match="greets none"):
        EventRecorder(address, TRADING, 0.2).start()
