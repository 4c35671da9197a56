import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from driver import TRADING
from driver.server_process import ServerProcess
from perf.placing import burst
from perf.promises import deviation_bounds, mean_bounds
from perf.records import BurstRecord
from perf.summary import summarise

ROOT = Path(__file__).parents[2]
DELAYS = (0.05, 0.5)
ALLOWANCE = 0.1  # seconds, for a machine that is busy with other tests


@pytest.fixture(scope="module")
def real_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with shorter delays, in a process of its own."""
    command = [sys.executable, "-m", "app", "--port", "0"]
    settings = dict(zip(("DELAY_MIN", "DELAY_MAX"), map(str, DELAYS), strict=True))
    log = tmp_path_factory.mktemp("server") / "server.log"
    with ServerProcess(command, settings, log) as server:
        yield server.await_address()


@pytest.fixture(scope="module")
def record(real_server: str) -> BurstRecord:
    return burst(real_server, TRADING, 100, patience=10)


def test_it_keeps_every_promise(record: BurstRecord) -> None:
    assert record.problems == ()


def test_its_delays_are_spread_as_promised(record: BurstRecord) -> None:
    spread = summarise(record).execution_delay
    assert spread is not None
    assert spread.mean in mean_bounds(*DELAYS, spread.count, allowance=ALLOWANCE)
    assert spread.deviation in deviation_bounds(*DELAYS, spread.count, allowance=ALLOWANCE)


def test_what_is_measured_agrees_with_its_own_record(record: BurstRecord) -> None:
    error = summarise(record).measuring_error
    assert error is not None
    assert error.count == 100
    assert abs(error.mean) < ALLOWANCE


def test_an_event_lags_behind_its_time_on_the_server(record: BurstRecord) -> None:
    lag = summarise(record).event_lag
    assert lag is not None
    assert lag.count == 200
    assert abs(lag.p50) < ALLOWANCE


def test_the_command_measures_it(real_server: str, tmp_path: Path) -> None:
    command = ["-m", "perf", "--orders", "20", "--base-url", real_server, "--output", str(tmp_path)]
    run = subprocess.run(
        [sys.executable, *command], capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    assert run.returncode == 0, run.stderr
    assert "20 orders placed, 20 accepted, 20 executed, none lost" in run.stdout
