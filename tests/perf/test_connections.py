import asyncio
import socket
import threading
import time

import aiohttp

from perf.connections import GatedBody, SocketClock, StartingGate


class SlowReader(asyncio.Protocol):
    """Notes when it was handed data, and takes its time over it."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.handed_at = 0.0
        self.lost = asyncio.get_running_loop().create_future()

    def data_received(self, data: bytes) -> None:
        self.handed_at = time.perf_counter()
        self.calls.append(data.decode())

    def eof_received(self) -> None:
        self.calls.append("eof")

    def connection_lost(self, exc: Exception | None) -> None:
        self.calls.append("lost")
        self.lost.set_result(exc)


async def read_through_a_clock() -> tuple[SlowReader, SocketClock, float]:
    ours, theirs = socket.socketpair()
    loop = asyncio.get_running_loop()
    transport, reader = await loop.create_connection(SlowReader, sock=ours)
    clock = SocketClock(transport)
    written_at = time.perf_counter()
    theirs.sendall(b"hello")
    theirs.close()
    await reader.lost
    return reader, clock, written_at


def test_a_clock_hands_everything_on_after_noting_the_time() -> None:
    reader, clock, written_at = asyncio.run(read_through_a_clock())
    assert reader.calls == ["hello", "eof", "lost"]
    assert written_at < clock.read_at <= reader.handed_at


class CountingServer:
    """Accepts connections in a thread and keeps the bytes that come on each."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}/"

    def bytes_before_and_after(self, orders: int, opened: threading.Event) -> tuple[bytes, bytes]:
        peers = [self._listener.accept()[0] for _ in range(orders)]
        for peer in peers:
            peer.setblocking(False)
        before = b"".join(_available(peer) for peer in peers)
        opened.set()
        after = b""
        for peer in peers:
            peer.settimeout(5)
            after += peer.recv(4096)
            peer.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
            peer.close()
        self._listener.close()
        return before, after


def _available(peer: socket.socket) -> bytes:
    try:
        return peer.recv(4096)
    except BlockingIOError:
        return b""


async def send_through_a_gate(url: str, orders: int, accepted: threading.Event) -> list[GatedBody]:
    arrived = asyncio.Event()
    gate = StartingGate(arrived.set)
    bodies = [GatedBody(b"{}", gate) for _ in range(orders)]
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        posts = [asyncio.create_task(session.post(url, data=body)) for body in bodies]
        while gate.waiting < orders:
            arrived.clear()
            await arrived.wait()
        assert all(body.sent_at is None for body in bodies)
        await asyncio.to_thread(accepted.wait, 5)
        await gate.open()
        for response in await asyncio.gather(*posts):
            response.release()
    return bodies


def test_a_gate_holds_whole_requests_on_open_connections() -> None:
    server, accepted = CountingServer(), threading.Event()
    seen: list[tuple[bytes, bytes]] = []
    thread = threading.Thread(
        target=lambda: seen.append(server.bytes_before_and_after(120, accepted))
    )
    thread.start()
    bodies = asyncio.run(send_through_a_gate(server.url, 120, accepted))
    thread.join(5)
    ((before, after),) = seen
    assert before == b""
    assert after.count(b"POST / HTTP/1.1\r\n") == after.count(b"\r\n\r\n{}") == 120
    assert all(body.sent_at is not None for body in bodies)
