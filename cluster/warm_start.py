"""Servers that start quickly, as copies of a process that has imported them: on Linux.

Most of a server's start is importing, half a second of processor time. A copy (fork) of a process
that has done so is the same server: it runs `python -m MODULE` with an environment, an output and a
process number of its own. Other commands are started as ever.
"""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from driver.server_process import Launched

assert sys.platform == "linux", "elsewhere a process cannot be copied, or not watched"

BY_THE_SERVER = (
    "app.wiring",
    "app.serving",
    *("pydantic.v1", "uvicorn.protocols.http.auto", "uvicorn.lifespan.on", "encodings.idna"),
    *("app.replicas.probe", "app.replicas.store", "app.replicas.feed"),
)
"""What `python -m app` imports before it looks at its settings, and what it imports after that."""

_LONGEST_REPLY = 32


class WarmStart:
    """Launches servers as copies of one process; `modules` are what that process imports.

    It goes on working in copies of the process that made it. To be closed where it was made.
    """

    def __init__(self, modules: Sequence[str] = BY_THE_SERVER) -> None:
        self._orders, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._template = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", "cluster.warm_template", str(theirs.fileno()), *modules],
                env={**os.environ, "PYTHONUTF8": "1"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )

    def launch(
        self, command: Sequence[str] | str, environment: Mapping[str, str], log: IO[str]
    ) -> "Launched":
        """Starts a command, `python -m MODULE …` of this Python as a copy if there can be one."""
        if list(command[:2]) == [sys.executable, "-m"]:
            with suppress(OSError):  # the order is too long, or the template has gone
                return _Copy(self._orders, _order(command[2:], environment), log)
        # The template is to begin before this, which takes a while, is imported.
        from driver.server_process import launch_anew  # noqa: PLC0415

        return launch_anew(command, environment, log)

    def close(self) -> None:
        """Ends the process that is copied; servers that were started go on."""
        self._orders.close()
        self._template.terminate()
        self._template.wait()


def _order(command: Sequence[str], environment: Mapping[str, str]) -> bytes:
    order = {
        "module": command[0],
        "arguments": command[1:],
        "environment": dict(environment),
        "directory": str(Path.cwd()),
    }
    return json.dumps(order).encode()


class _Copy:
    """A process that another one has started, with what `subprocess.Popen` offers."""

    def __init__(self, orders: socket.socket, order: bytes, log: IO[str]) -> None:
        self._exit_code: int | None = None
        self._reply, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        output, input_ = os.pipe()
        self.stdout: IO[str] | None = os.fdopen(output, encoding="utf-8")
        try:
            with theirs, os.fdopen(input_, "w") as end:
                socket.send_fds(orders, [order], [end.fileno(), log.fileno(), theirs.fileno()])
            self.pid = int(self._heard())
        except OSError:
            self.stdout.close()
            self._reply.close()
            raise

    def poll(self) -> int | None:
        """The exit code; None while the process runs."""
        try:
            return self.wait(0)
        except subprocess.TimeoutExpired:
            return None

    def wait(self, timeout: float | None = None) -> int:
        """The exit code. Raises TimeoutExpired if the process still runs after so many seconds."""
        if self._exit_code is None:
            self._reply.settimeout(timeout)
            try:
                self._exit_code = int(self._heard())
            except (TimeoutError, BlockingIOError):
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0.0) from None
            self._reply.close()
        return self._exit_code

    def send_signal(self, number: int) -> None:
        """Sends a signal to the process, if it still runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """Ends the process immediately."""
        self.send_signal(signal.SIGKILL)

    def _heard(self) -> bytes:
        if told := self._reply.recv(_LONGEST_REPLY):
            return told
        raise ConnectionResetError("the process that starts servers has ended")
