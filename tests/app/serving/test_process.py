"""The server as a process: bad starts, and the stop during traffic."""

import os
import socket
import threading
import time
from pathlib import Path

import httpx
import pytest

from driver.server_process import STOP_SIGNALS, ServerProcess, launch_anew
from tests.app.clients import (
    HALF_A_REQUEST,
    closing,
    follow,
    frame,
    http_client,
    place,
    raw_connection,
)
from tests.app.processes import DEADLINE, MODULE, Served, failed_start, serving
from tests.app.trading_api import ORDER

POLL_SECONDS = 0.05


def test_a_port_in_use_is_one_clear_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = failed_start("app", "--port", str(port))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith(f"Cannot listen on 127.0.0.1:{port}: ")
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize("command", [("app", "--port", "0"), ("uvicorn", "app.main:app")])
def test_a_bad_setting_is_one_clear_line(command: tuple[str, ...]) -> None:
    ended = failed_start(*command, TRADING_DELAY_MAX="soon")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("Bad setting: TRADING_DELAY_MAX='soon': ")
    assert ended.stderr.count("\n") == 1


class Traffic:
    """Traders who place orders until the server is gone."""

    def __init__(self, server: Served, traders: int = 10) -> None:
        self._url = server.url
        self._threads = [threading.Thread(target=self._trade) for _ in range(traders)]
        self.statuses: list[int] = []

    def _trade(self) -> None:
        with httpx.Client(base_url=self._url, timeout=DEADLINE, trust_env=False) as client:
            try:
                while True:
                    self.statuses.append(client.post("/orders", json=ORDER).status_code)
            except httpx.TransportError:
                return

    def __enter__(self) -> "Traffic":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        for thread in self._threads:
            thread.join(DEADLINE)


@pytest.mark.parametrize("stop_signal", STOP_SIGNALS)
def test_a_stop_during_traffic_is_quick_and_polite(stop_signal: int) -> None:
    with serving() as server, raw_connection(server) as silent:
        silent.sendall(HALF_A_REQUEST)
        with follow(server) as subscriber, follow(server) as idle, Traffic(server) as traffic:
            for _ in range(20):
                frame(subscriber)
            began = time.monotonic()
            exit_code, stderr = server.stop(stop_signal)
            took = time.monotonic() - began
            assert (closing(subscriber)[0], closing(idle)[0]) == (1001, 1001)
    assert (exit_code, stderr) == (0, "")
    assert took < 3
    assert set(traffic.statuses) == {201}


def test_a_subscriber_that_does_not_read_does_not_hold_up_a_stop() -> None:
    with (
        serving("tests.app.serving.large_frames_server") as server,
        follow(server) as slow,
        http_client(server) as http,
    ):
        frame(slow)
        for _ in range(100):
            place(http)
        began = time.monotonic()
        assert server.stop() == (0, "")
        assert time.monotonic() - began < 3


def test_under_uvicorns_own_command_a_stop_is_polite_too(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [*MODULE, "uvicorn", "app.main:app", "--port", str(port), "--log-level", "info"]
    with ServerProcess(command, {}, tmp_path / "server.log") as process:
        while "running on" not in process.complaints:
            assert process.await_end(POLL_SECONDS) is None
        with follow(Served(process, f"http://127.0.0.1:{port}")) as subscriber:
            frame(subscriber)
            process.ask_to_stop()
            assert closing(subscriber)[0] == 1001
        process.await_end(DEADLINE)
        assert "Traceback" not in process.complaints


def test_start_and_stop_are_a_line_each(tmp_path: Path) -> None:
    command = [*MODULE, "app", "--port", "0"]
    with (tmp_path / "server.log").open("w", encoding="utf-8") as log:
        process = launch_anew(command, {**os.environ}, log)
    assert process.stdout is not None
    with process.stdout as output:
        start = output.readline()
        process.send_signal(STOP_SIGNALS[0])
        stop = output.read()
    address = start.removeprefix("Trading server listening on ").strip()
    assert stop == f"Trading server at {address} has stopped\n"
    assert process.wait(DEADLINE) == 0
