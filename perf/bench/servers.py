"""The servers under load: processes of their own, which share one core among them."""

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import requests

from cluster.replicas import SERVER
from driver import TRADING
from driver.contract.http import HttpRequest
from driver.server_process import ServerProcess

OURS = "server"
WITHOUT = "without "
NO_DELAY = {"DELAY_MIN": "0", "DELAY_MAX": "0"}
_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers."""

    name: str
    base_url: str
    process: psutil.Process

    @property
    def cpu_seconds(self) -> float:
        """Processor time spent so far, the system's part included."""
        times = self.process.cpu_times()
        return float(times.user + times.system)

    @property
    def memory(self) -> int:
        """Resident bytes."""
        return int(self.process.memory_info().rss)

    @property
    def events_url(self) -> str:
        """Where events are subscribed to."""
        return self.base_url.replace("http", "ws", 1) + TRADING.requests.subscribe().path


def cores() -> tuple[list[int], list[int]]:
    """The core of the servers, and those of everybody else; the same one if there is only one."""
    all_cores = list(range(psutil.cpu_count() or 1))
    return all_cores[:1], all_cores[1:] or all_cores


def pin(process: psutil.Process, to: list[int]) -> None:
    """Keeps a process, and those that it will start, on some cores (not possible on macOS)."""
    if sys.platform != "darwin":
        process.cpu_affinity(to)


@contextmanager
def running(
    name: str,
    logs: Path,
    started_by: Sequence[str] = (),
    settings: Mapping[str, str] = NO_DELAY,
) -> Iterator[Running]:
    """The trading server or a baseline, on the core of the servers; or another command's server."""
    log = logs / f"{name}.log"
    with ServerProcess(started_by or command(name), settings, log) as server:
        address = server.await_address()
        process = psutil.Process(server.pid)
        pin(process, cores()[0])
        yield Running(name, address, process)


def command(name: str) -> Sequence[str]:
    """How the server is started."""
    if name == OURS:
        return SERVER
    baselines = "perf.bench.baselines"
    if name.startswith(WITHOUT):
        return (sys.executable, "-m", f"{baselines}.without", name.removeprefix(WITHOUT))
    return (sys.executable, "-m", baselines, name)


def send(base_url: str, request: HttpRequest) -> requests.Response:
    """One request, outside of any load."""
    return requests.request(
        request.method,
        base_url + request.path,
        headers=dict(request.headers),
        data=request.body,
        timeout=_SECONDS,
    )


def start_up(name: str, logs: Path) -> float:
    """Seconds from the start of the process to its first answer."""
    with ServerProcess(command(name), NO_DELAY, logs / f"{name}-start.log") as server:
        started = time.perf_counter()
        address = server.await_address()
        send(address, TRADING.requests.health()).raise_for_status()
        return time.perf_counter() - started
