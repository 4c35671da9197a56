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
from contextlib import suppress
from pathlib import Path
from typing import IO, Protocol, Self

PREFIX = "TRADING_"
_ADDRESS = re.compile(r"https?://\S+")
_START_SECONDS = 60.0
_STOP_SECONDS = 5.0
_LAST_WORDS_SECONDS = 2.0
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


_NO_SHELL = "No shell reads the command: put `cd`, `&&` and the like into a script."


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
    reach the server, so that a run means the same everywhere. Errors go to `log`. What the command
    starts in turn ends with it, where it did not leave the group of processes. `printed` is the
    first line of the output, `killed` whether the process had to be ended by force. `launch` may
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
        self._launcher = launch
        self._process: Launched | None = None
        self._first_line: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._said_before_stop = 0
        self.printed = ""
        self.killed = False
        self.base_url = ""
        self.asked_to_stop_at = 0.0

    def __enter__(self) -> Self:
        self.launch()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def launch(self) -> None:
        """Starts the process, and does not wait for it. Raises ServerDidNotStart."""
        try:
            self._launch()
        except OSError as error:
            why = f"this command cannot be run ({error.strerror}). {_NO_SHELL}"
            raise ServerDidNotStart(f"{_line(self._command)}: {why}") from None
        threading.Thread(target=self._read_output, daemon=True).start()

    def _launch(self) -> None:
        inherited = {
            name: value for name, value in os.environ.items() if not name.startswith(PREFIX)
        }
        own = {PREFIX + name: value for name, value in self.settings.items()}
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("a", encoding="utf-8") as log:
            environment = {**inherited, **own, "PYTHONUTF8": "1"}
            self._process = self._launcher(self._command, environment, log)

    def await_address(self) -> str:
        """The server's address. Raises ServerDidNotStart with what the server complained of."""
        if not self.base_url:
            with suppress(queue.Empty):
                self.printed = self._first_line.get(timeout=_START_SECONDS).strip()
            found = _ADDRESS.search(self.printed)
            if found is None:
                raise ServerDidNotStart(f"{_line(self._command)}: {self._why_no_address()}")
            self.base_url = found[0]
        return self.base_url

    def _why_no_address(self) -> str:
        ended = self.await_end(_LAST_WORDS_SECONDS)
        self.kill()
        said = f"{self.complaints or 'nothing'}"
        if ended is not None:
            return f"the server ended with exit code {ended}. Its error output: {said}"
        first = f"began its output with {self.printed!r}" if self.printed else "printed nothing"
        return (
            f"the server {first}, and not with its address (http://HOST:PORT) "
            f"within {_START_SECONDS:g} s. Its error output: {said}"
        )

    @property
    def pid(self) -> int | None:
        """The process's number; None before it is launched."""
        return self._process.pid if self._process else None

    @property
    def complaints(self) -> str:
        """What the server wrote to its error output."""
        return self._log.read_text(encoding="utf-8", errors="replace").strip()

    @property
    def last_words(self) -> str:
        """What the server wrote to its error output after it was asked to stop."""
        return self._log.read_bytes()[self._said_before_stop :].decode("utf-8", "replace").strip()

    def ask_to_stop(self, with_signal: int = STOP_SIGNALS[0]) -> None:
        """Asks for an orderly end, as a service manager does, or Ctrl-C."""
        self._said_before_stop = self._log.stat().st_size if self._log.exists() else 0
        self.asked_to_stop_at = time.perf_counter()
        if self._process is not None and self._process.poll() is None:
            _signal(self._process, with_signal)

    def await_end(self, seconds: float) -> int | None:
        """The exit code, or None if the process still runs after `seconds`."""
        if self._process is None:
            return None
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def stop(self) -> None:
        """Ends the process, in an orderly way if it lets us, and whatever it leaves behind."""
        if not self.asked_to_stop_at:  # a second time would mean: at once
            self.ask_to_stop()
        self.await_end(_STOP_SECONDS)
        self.kill()

    def kill(self) -> None:
        """Ends the process, and those that it has started, immediately."""
        if self._process is not None:
            self.killed = self.await_end(0) is None
            _kill(self._process)
            self._process.wait()

    def _read_output(self) -> None:
        output = self._process.stdout if self._process else None
        if output is None:
            return
        with output:
            for line in output:
                self._first_line.put(line)
        self._first_line.put("")


def _line(command: Sequence[str] | str) -> str:
    return command if isinstance(command, str) else subprocess.list2cmdline(command)


if sys.platform == "win32":

    def _signal(process: Launched, number: int) -> None:
        process.send_signal(number)

    def _kill(process: Launched) -> None:
        tree = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(tree, capture_output=True, check=False)  # noqa: S603 - its own number
        process.kill()

else:

    def _signal(process: Launched, number: int) -> None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)

    def _kill(process: Launched) -> None:
        _signal(process, signal.SIGKILL)
        process.kill()
