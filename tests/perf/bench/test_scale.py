"""What only many show, tried with a few."""

import sys
from pathlib import Path

import pytest

from perf.bench import scale
from perf.bench.cases import Incomplete
from tests.perf.bench.test_command import needs_wrk


@pytest.fixture
def executed_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    command = (sys.executable, "-m", "perf.bench.baselines.patient", "3")
    monkeypatch.setattr(scale, "_PATIENT", command)
    monkeypatch.setattr(scale, "_EXECUTED_AFTER", 3.0)
    monkeypatch.setattr(scale, "_LOAD_SECONDS", 1)
    monkeypatch.setattr(scale, "_EXECUTIONS", 10)


def test_a_crowd_is_told_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scale, "_SUBSCRIBERS", 10)
    measured = scale.measure_crowd(tmp_path)
    assert measured.rate > 0
    assert measured.memory is not None


@needs_wrk
@pytest.mark.usefixtures("executed_soon")
def test_executions_are_awaited_and_late_by_little(tmp_path: Path) -> None:
    measured = scale.measure_pending(tmp_path)
    assert measured.p50 is not None
    assert measured.p99 is not None
    assert 0 <= measured.p50 <= measured.p99 < 3


@needs_wrk
@pytest.mark.usefixtures("executed_soon")
def test_a_machine_that_is_too_slow_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scale, "_EXECUTED_AFTER", 0.5)
    with pytest.raises(Incomplete, match="orders a second, too few"):
        scale.measure_pending(tmp_path)
