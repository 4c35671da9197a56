"""Servers as processes of their own, as users start them."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DEADLINE = 20.0
if sys.platform == "win32":
    # What another process can send there; it reaches the whole group, hence one of its own.
    STOP_SIGNALS = [signal.CTRL_BREAK_EVENT]
    NEW_GROUP = subprocess.CREATE_NEW_PROCESS_GROUP
else:
    STOP_SIGNALS = [signal.SIGTERM, signal.SIGINT]
    NEW_GROUP = 0


@dataclass
class Served:
    """A running server; `stop` returns its exit code and what it wrote to stderr."""

    process: "subprocess.Popen[str]"
    url: str

    @property
    def events_url(self) -> str:
        return self.url.replace("http", "ws", 1) + "/ws"

    def stop(self, with_signal: int = STOP_SIGNALS[0]) -> tuple[int, str]:
        self.process.send_signal(with_signal)
        _, stderr = self.process.communicate(timeout=DEADLINE)
        return self.process.returncode, stderr


def start(*arguments: str, **settings: str) -> "subprocess.Popen[str]":
    """Starts a Python module."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TRADING_")}
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-m", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env=environment | settings,
        creationflags=NEW_GROUP,
    )


@contextmanager
def serving(*command: str, **settings: str) -> Iterator[Served]:
    """The server, or another one that is started by this command, on a free port."""
    with start(*(command or ("app", "--port", "0")), **settings) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line.startswith("Trading server listening on http://"), line
            yield Served(process, line.split()[-1])
        finally:
            process.kill()
