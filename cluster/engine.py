"""A Redis server of one's own, on a Unix socket in a folder of its own."""

import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Self

from cluster.programs import REDIS, path_of

_START_SECONDS = 20.0
_STOP_SECONDS = 5.0
_POLL = 0.02


class RedisServer:
    """Keeps its data in `folder`, written to disk before it answers if it is `durable`."""

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        self._folder = folder
        self._socket = folder / "redis.sock"
        self._durable = durable
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def address(self) -> str:
        """What TRADING_STORE is set to."""
        return f"unix://{self._socket}"

    def start(self) -> int:
        """Starts it, with the data of its last life if it is durable; the number of its process.

        Raises ProgramMissing.
        """
        self._process = subprocess.Popen(  # noqa: S603 - a program of this machine
            [path_of(REDIS), *self._options()],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._await_start()
        return self._process.pid

    def stop(self) -> None:
        """Lets it write what it has and end."""
        if self._process is None:
            return
        self.resume()
        self._process.terminate()
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """Ends it at once, as a crash does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def pause(self) -> None:
        """Lets it stand still, with its connections open."""
        self._send("SIGSTOP")

    def resume(self) -> None:
        """Lets it go on."""
        self._send("SIGCONT")

    def _send(self, name: str) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(getattr(signal, name))  # Windows has neither

    def _options(self) -> list[str]:
        saving = "yes" if self._durable else "no"
        return [
            *("--port", "0", "--unixsocket", str(self._socket), "--dir", str(self._folder)),
            *("--save", "", "--appendonly", saving, "--appendfsync", "always"),
        ]

    def _await_start(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while not self._answers():
            if time.monotonic() > deadline:
                raise TimeoutError(f"redis-server did not start in {_START_SECONDS:.0f} seconds")
            time.sleep(_POLL)

    def connect(self) -> socket.socket:
        """A connection to it. Raises OSError if it does not run."""
        connection = socket.socket(getattr(socket, "AF_UNIX"), socket.SOCK_STREAM)  # noqa: B009
        try:
            connection.settimeout(1)
            connection.connect(str(self._socket))
        except OSError:
            connection.close()
            raise
        return connection

    def _answers(self) -> bool:
        """Whether it answers, and has read all that it kept."""
        try:
            with self.connect() as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False
