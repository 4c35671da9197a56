"""Servers as processes of their own, as users start them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from driver.server_process import PREFIX, STOP_SIGNALS, ServerProcess

ROOT = Path(__file__).parents[2]
DEADLINE = 20.0
MODULE = (sys.executable, "-W", "error", "-m")


@dataclass
class Served:
    """A running server; `stop` returns its exit code and what it wrote to stderr."""

    process: ServerProcess
    url: str

    @property
    def events_url(self) -> str:
        return self.url.replace("http", "ws", 1) + "/ws"

    def stop(self, with_signal: int = STOP_SIGNALS[0]) -> tuple[int | None, str]:
        self.process.ask_to_stop(with_signal)
        return self.process.await_end(DEADLINE), self.process.complaints


def failed_start(*arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    """Starts a Python module that cannot serve, and waits until it has ended."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return subprocess.run(
        [*MODULE, *arguments],
        capture_output=True,
        check=False,
        encoding="utf-8",
        cwd=ROOT,
        env=inherited | settings,
        timeout=DEADLINE,
    )


@contextmanager
def serving(*command: str, **settings: str) -> Iterator[Served]:
    """The server, or another one that is started by this command, on a free port."""
    module = [*MODULE, *(command or ("app", "--port", "0"))]
    own = {name.removeprefix(PREFIX): value for name, value in settings.items()}
    with (
        TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        ServerProcess(module, own, Path(folder, "server.log")) as process,
    ):
        yield Served(process, process.await_address())
