"""A trading server as a process of its own, met only on its socket."""

import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Protocol, Self

PREFIX = "TRADING_"
_ADDRESS = re.compile(r"https?://\S+")
_START_SECONDS = 60.0
_STOP_SECONDS = 5.0
if sys.platform == "win32":
    # Ctrl-Break is delivered to a whole group: the server's must not be the suite's.
    STOP_SIGNALS = (signal.CTRL_BREAK_EVENT,)
    _GROUP = subprocess.CREATE_NEW_PROCESS_GROUP
else:
    # Ctrl-C on the terminal is for the suite, which then stops the server itself.
    STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)
    _GROUP = 0


class ServerDidNotStart(Exception):
    """The server's process ended, or said nothing, instead of telling its address."""


class Launched(Protocol):
    """A process that was started, with what `subprocess.Popen` offers; `stdout` is its output."""

    @property
    def pid(self) -> int:
        """The process's number."""

    @property
    def stdout(self) -> IO[str] | None:
        """What it prints."""

    def poll(self) -> int | None:
        """The exit code; None while it runs."""

    def wait(self, timeout: float | None = None) -> int:
        """The exit code. Raises subprocess.TimeoutExpired after so many seconds."""

    def send_signal(self, number: int, /) -> None:
        """Sends it a signal, if it still runs."""

    def kill(self) -> None:
        """Ends it immediately."""


class Launch(Protocol):
    """Starts a command with this environment; its errors go to `log`."""

    def __call__(
        self, command: Sequence[str] | str, environment: Mapping[str, str], log: IO[str], /
    ) -> Launched:
        """Starts it, and does not wait for anything it does."""


def launch_anew(
    command: Sequence[str] | str, environment: Mapping[str, str], log: IO[str]
) -> Launched:
    """Starts a command as usual."""
    return subprocess.Popen(  # noqa: S603 - the user's own command
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
        encoding="utf-8",
        creationflags=_GROUP,
        start_new_session=sys.platform != "win32",
    )


class ServerProcess:
    """Runs `command` and knows the address that it prints on its first line.

    `settings` are given without their prefix; the caller's own settings of that prefix do not
    reach the server, so that a run means the same everywhere. Errors go to `log`. `launch` may
    know a quicker way to start the command.
    """

    def __init__(
        self,
        command: Sequence[str] | str,
        settings: Mapping[str, str],
        log: Path,
        launch: Launch = launch_anew,
    ) -> None:
        self._command = command
        self.settings = settings
        self._log = log
        self._launch = launch
        self._process: Launched | None = None
        self._first_line: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.base_url = ""
        self.asked_to_stop_at = 0.0

    def __enter__(self) -> Self:
        self.launch()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def launch(self) -> None:
        """Starts the process, and does not wait for it."""
        inherited = {
            name: value for name, value in os.environ.items() if not name.startswith(PREFIX)
        }
        own = {PREFIX + name: value for name, value in self.settings.items()}
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("a", encoding="utf-8") as log:
            environment = {**inherited, **own, "PYTHONUTF8": "1"}
            self._process = self._launch(self._command, environment, log)
        threading.Thread(target=self._read_output, daemon=True).start()

    def await_address(self) -> str:
        """The server's address. Raises ServerDidNotStart with what the server complained of."""
        if not self.base_url:
            try:
                line = self._first_line.get(timeout=_START_SECONDS)
            except queue.Empty:
                line = ""
            found = _ADDRESS.search(line)
            if found is None:
                self.kill()
                raise ServerDidNotStart(
                    f"{self._command} did not start a server: {self.complaints or line}"
                )
            self.base_url = found[0]
        return self.base_url

    @property
    def pid(self) -> int | None:
        """The process's number; None before it is launched."""
        return self._process.pid if self._process else None

    @property
    def complaints(self) -> str:
        """What the server wrote to its error output."""
        return self._log.read_text(encoding="utf-8", errors="replace").strip()

    def ask_to_stop(self, with_signal: int = STOP_SIGNALS[0]) -> None:
        """Asks for an orderly end, as a service manager does, or Ctrl-C."""
        self.asked_to_stop_at = time.perf_counter()
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(with_signal)

    def await_end(self, seconds: float) -> int | None:
        """The exit code, or None if the process still runs after `seconds`."""
        if self._process is None:
            return None
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def stop(self) -> None:
        """Ends the process, in an orderly way if it lets us."""
        self.ask_to_stop()
        if self.await_end(_STOP_SECONDS) is None:
            self.kill()

    def kill(self) -> None:
        """Ends the process immediately."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _read_output(self) -> None:
        output = self._process.stdout if self._process else None
        if output is None:
            return
        with output:
            for line in output:
                self._first_line.put(line)
        self._first_line.put("")
