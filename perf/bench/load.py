"""HTTP load by wrk, whose own cost per request is far below that of any server measured here."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from driver.contract.http import HttpRequest

_SCRIPT = Path(__file__).with_name("load.lua")
_CONNECTIONS = 64
# wrk waits for its last answers; what is beyond that is stuck.
_PATIENCE = 30.0


class NoLoadTool(Exception):
    """wrk is not installed; `str()` says how to install it."""

    def __init__(self) -> None:
        super().__init__(
            "wrk, which makes the load, is not installed: sudo apt-get install wrk "
            "(Debian, Ubuntu), brew install wrk (macOS); on Windows run this in WSL."
        )


class LoadFailed(Exception):
    """Some requests failed, so the figures would be those of something else."""


@dataclass(frozen=True, slots=True)
class Load:
    """What wrk measured; times in seconds."""

    requests: int
    seconds: float
    failed: int
    p50: float
    p99: float

    @property
    def rate(self) -> float:
        """Answers per second."""
        return self.requests / self.seconds


_LOAD = TypeAdapter(Load)


def require_wrk() -> str:
    """The path of wrk. Raises NoLoadTool."""
    found = shutil.which("wrk")
    if found is None:
        raise NoLoadTool
    return found


def load(base_url: str, request: HttpRequest, seconds: int) -> Load:
    """Sends the same request over 64 connections, again as soon as it is answered.

    Raises:
        NoLoadTool: wrk is not installed.
        LoadFailed: an answer was missing or had a status of 400 or above.
    """
    url = base_url + request.path
    options = ["-t1", f"-c{_CONNECTIONS}", f"-d{seconds}s", "-s", str(_SCRIPT)]
    sent = [request.method, (request.body or b"").decode()]
    command = [require_wrk(), *options, url, "--", *sent]
    done = subprocess.run(  # noqa: S603 - no shell, and all parts are ours
        command, capture_output=True, text=True, timeout=seconds + _PATIENCE, check=False
    )
    lines = done.stdout.strip().splitlines()
    if done.returncode or not lines or not lines[-1].startswith("{"):
        raise LoadFailed(f"wrk did not work on {url}: {done.stderr.strip() or done.stdout}")
    measured = _LOAD.validate_json(lines[-1])
    if measured.failed or not measured.requests:
        raise LoadFailed(f"{measured.failed} of {measured.requests} requests to {url} failed")
    return measured
