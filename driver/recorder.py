"""Order events over WebSocket, from the subscriber's side."""

import contextlib
import socket
import struct
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

import websocket
from websocket import ABNF, WebSocketException

from driver.contract import Contract
from driver.errors import ContractViolation, NoEventStream, ServerUnreachable
from driver.messages import Disconnection, Hello, ReceivedEvent
from driver.sockets import ReadsAhead, small_buffers, websocket_url
from driver.stream import EventStream
from driver.vocabulary import DisconnectReason, OrderStatus

NO_STATUS = 1005
ABNORMAL_CLOSURE = 1006
_CODE = struct.Struct("!H")
_GOODBYE_SECONDS = 2.0
_MOST_TO_CATCH_UP = 30.0
_RESET_ON_CLOSE = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)


class EventRecorder:
    """Subscribes to the order events of the server at `base_url` and records all it receives.

    When `start` has returned, the server has confirmed the subscription by its hello, or has ended
    the connection (`disconnection`). A thread of its own reads the frames; all waits end as soon as
    what they wait for has happened, and say False when their deadline (in seconds) passes first.
    Who lags behind on a busy machine is given the time to catch up, for 30 s at most.
    Frames that break the contract are kept in `violations` rather than raised in the thread.
    """

    def __init__(
        self,
        base_url: str,
        contract: Contract,
        timeout: float,
        since: str | None = None,
        *,
        reads: bool = True,
    ) -> None:
        self._request = contract.requests.subscribe(since)
        self._address = websocket_url(base_url) + self._request.path
        self._stream = EventStream(contract.frames)
        self._ends = contract.disconnections
        self._timeout = timeout
        self._reads = threading.Event()
        self._reads_at_once = reads and since is None
        if reads:
            self._reads.set()
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._record, daemon=True)
        self._events: list[ReceivedEvent] = []
        self._of_order: dict[str, list[ReceivedEvent]] = defaultdict(list)
        self.disconnection: Disconnection | None = None
        self.pings: list[float] = []

    def start(self) -> Self:
        """Connects and waits for the hello. Raises ServerUnreachable, also as NoEventStream."""
        reads = self._reads.is_set()
        try:
            self._socket = websocket.create_connection(
                self._address,
                self._timeout,
                header=self._request.headers,
                suppress_origin=True,  # this is no page in a browser
                sockopt=[] if reads else small_buffers(),
                class_=ReadsAhead if reads else websocket.WebSocket,
                http_no_proxy=["*"],
                enable_multithread=True,
                skip_utf8_validation=True,
            )
        except websocket.WebSocketBadStatusException as rejected:
            raise NoEventStream(self._address, rejected.status_code) from None
        except (OSError, WebSocketException) as error:
            raise ServerUnreachable(self._address, error) from None
        self._socket.settimeout(None)
        self._thread.start()
        greeted = self.wait(lambda: bool(self.hello or self.violations), self._timeout)
        if not greeted and self.disconnection is None:
            self._stop(socket.SHUT_RDWR)
            raise ServerUnreachable(self._address, "it accepts subscribers but greets none")
        return self

    @property
    def hello(self) -> Hello | None:
        """The server's confirmation; None if it ended the connection instead."""
        return self._stream.hello

    @property
    def violations(self) -> list[ContractViolation]:
        """The frames that broke the contract."""
        return self._stream.violations

    @property
    def events(self) -> Sequence[ReceivedEvent]:
        """Everything received until now, in the order received."""
        with self._changed:
            return tuple(self._events)

    def events_of(self, order_id: str) -> Sequence[ReceivedEvent]:
        """What was received until now about one order."""
        with self._changed:
            return tuple(self._of_order.get(order_id, ()))

    def wait(self, happened: Callable[[], bool], seconds: float) -> bool:
        """Waits until `happened`, re-evaluated after each frame.

        Gives up early when the connection ends, because nothing can happen any more.
        """
        with self._changed:
            over = time.perf_counter() + seconds + _MOST_TO_CATCH_UP
            while not self._changed.wait_for(lambda: self._ended or happened(), seconds):
                now = time.perf_counter()
                seconds = min(self._behind(now), over - now)
                if seconds <= 0:
                    break
            return happened()

    @property
    def _ended(self) -> bool:
        return self.disconnection is not None

    def _behind(self, now: float) -> float:
        """What is replayed, or read late on purpose, has been on its way for as long as it was."""
        return self._stream.backlog.seconds(now) if self._reads_at_once else 0.0

    def wait_for_status(self, order_id: str, status: OrderStatus, seconds: float) -> bool:
        """Waits until the event that gives `order_id` this status has been received."""
        return self.wait(
            lambda: any(each.event.status is status for each in self._of_order.get(order_id, ())),
            seconds,
        )

    def wait_for_disconnection(self, seconds: float) -> bool:
        """Waits until the server has closed the connection."""
        return self.wait(lambda: self.disconnection is not None, seconds)

    @property
    def last_sequence(self) -> int:
        """The number of the newest event received, or of the hello before the first."""
        first = self.hello.sequence if self.hello else 0
        return self._events[-1].event.sequence if self._events else first

    def ended_for(self, reason: DisconnectReason) -> bool:
        """Whether the server ended this subscription in the way that is promised for `reason`."""
        end, rule = self.disconnection, self._ends[reason]
        return end is not None and rule.fits(end, self.last_sequence)

    def promised_end(self, reason: DisconnectReason) -> str:
        """How the server promises to end a subscription for `reason`, for people."""
        return str(self._ends[reason])

    def stop_reading(self) -> None:
        """Lets frames pile up, after at most one more."""
        self._reads.clear()
        self._reads_at_once = False

    def resume_reading(self) -> None:
        """Reads on, after `stop_reading` or having been created with `reads=False`."""
        self._reads.set()

    def send(self, frame: str | bytes) -> None:
        """Sends a frame that the server did not ask for."""
        opcode = ABNF.OPCODE_TEXT if isinstance(frame, str) else ABNF.OPCODE_BINARY
        try:
            self._socket.send(frame, opcode)
        except (OSError, WebSocketException):
            return  # the server may hang up on what it does not like: `disconnection` tells

    def lose_connection(self) -> None:
        """Loses the connection, as a crashed client does."""
        if self._socket.sock is not None:
            with contextlib.suppress(OSError):  # the server may be first
                self._socket.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        self._stop(socket.SHUT_RD)

    def close(self) -> None:
        """Unsubscribes and stops recording."""
        self._reads.set()
        with contextlib.suppress(OSError, WebSocketException):  # the server may be first
            self._socket.send_close()
        self._thread.join(_GOODBYE_SECONDS)
        self._stop(socket.SHUT_RDWR)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _stop(self, direction: int) -> None:
        # Closing alone would leave a thread that waits in `recv` waiting for ever on POSIX.
        if self._socket.sock is not None:
            with contextlib.suppress(OSError):
                self._socket.sock.shutdown(direction)
        self._thread.join(_GOODBYE_SECONDS)
        self._socket.shutdown()  # type: ignore[no-untyped-call]

    def _record(self) -> None:
        while self.disconnection is None:
            if self.hello is not None:
                self._reads.wait()
            try:
                opcode, data = self._socket.recv_data(control_frame=True)
            except (OSError, WebSocketException, AttributeError) as error:
                opcode, data = ABNF.OPCODE_CLOSE, _abnormal(error)
            received = time.perf_counter()
            with self._changed:
                self._take(opcode, data, received)
                self._changed.notify_all()

    def _take(self, opcode: int, data: bytes, received: float) -> None:
        if opcode == ABNF.OPCODE_CLOSE:
            self.disconnection = _disconnection(data, received)
        elif opcode == ABNF.OPCODE_PING:
            self.pings.append(received)
        elif opcode == ABNF.OPCODE_TEXT:
            self._take_frame(data, received)
        elif opcode == ABNF.OPCODE_BINARY:
            self._stream.take_binary(data)

    def _take_frame(self, data: bytes, received: float) -> None:
        for event in self._stream.take(data, received):
            self._events.append(event)
            self._of_order[event.event.order_id].append(event)


def _disconnection(data: bytes, received: float) -> Disconnection:
    size = _CODE.size
    code = _CODE.unpack_from(data)[0] if len(data) >= size else NO_STATUS
    return Disconnection(code, data[size:].decode(errors="replace"), received)


def _abnormal(error: Exception) -> bytes:
    return _CODE.pack(ABNORMAL_CLOSURE) + str(error).encode()
