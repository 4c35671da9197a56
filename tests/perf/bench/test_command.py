import shutil
from pathlib import Path

import pytest

from driver import TRADING
from perf.bench import __main__ as command
from perf.bench.cases import Sample
from perf.bench.load import LoadFailed, NoLoadTool, load
from perf.bench.report import Report
from perf.bench.results import goals, limits, rows
from perf.bench.scale import CROWD
from tests.perf.bench.test_results import sample

needs_wrk = pytest.mark.skipif(shutil.which("wrk") is None, reason="wrk makes the load")


def measured(*samples: Sample) -> Report:
    found = rows(samples)
    return Report({"cores": "2"}, 1, 1, found, list(goals(found)), list(limits(found)), samples)


@needs_wrk
def test_a_case_is_measured_against_its_baselines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["view", "--rounds", "1", "--seconds", "1", "--output", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert "view an order, against bare: " in printed
    assert "fastapi" in printed
    assert {"bench.json", "bench.svg"} < {path.name for path in tmp_path.iterdir()}


@needs_wrk
def test_a_load_that_fails_gives_no_figures() -> None:
    with pytest.raises(LoadFailed, match=r"127\.0\.0\.1:1"):
        load("http://127.0.0.1:1", TRADING.requests.health(), 1)


def test_without_the_load_tool_it_is_told_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert command.main([]) == 1
    assert "sudo apt-get install wrk" in capsys.readouterr().err
    with pytest.raises(NoLoadTool):
        load("http://127.0.0.1:1", TRADING.requests.health(), 1)


@pytest.mark.parametrize("given", [["nonsense"], ["--rounds", "0"], ["--seconds", "x"]])
def test_bad_input_is_told(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        command.main(given)
    assert given[-1] in capsys.readouterr().err


@pytest.mark.parametrize(("rate", "code"), [(10.0, 1), (90.0, 0)])
def test_the_guard_fails_far_below_the_goal_only(
    rate: float,
    code: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    report = measured(sample("server", rate), sample("bare", 100.0))
    monkeypatch.setattr(command, "require_wrk", lambda: "wrk")
    monkeypatch.setattr(command, "_measure", lambda _: report)
    assert command.main(["--guard", "--output", str(tmp_path)]) == code
    printed = capsys.readouterr()
    assert ("place an order, against bare is 0.10, below 0.6" in printed.err) is bool(code)
    assert "not reached: 1 is wanted" in printed.out


def test_the_guard_knows_the_limits_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    report = measured(Sample(CROWD, "server", 1.0, memory=200 * 1024))
    monkeypatch.setattr(command, "require_wrk", lambda: "wrk")
    monkeypatch.setattr(command, "_measure", lambda _: report)
    assert command.main(["--guard", "--output", str(tmp_path)]) == 1
    printed = capsys.readouterr()
    assert "memory for a subscriber is 200.00 KB, above 128" in printed.err
    assert "not reached: at most 64 is wanted" in printed.out
