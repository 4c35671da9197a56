"""Runs of the correct server in bad conditions, and what counts as a false alarm there."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Semaphore

import pytest

from faults import stability
from faults.__main__ import run_correct
from faults.stability import CONDITIONS, Run, complaints_in, repeat_runs, run_in
from faults.trial import CORRECT, Failure, Trial, running

PASSED = Trial(("a: passes",), seconds=2.0)
ADDRESS = "http://127.0.0.1:1"


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[tuple[float, float]]:
    """No server is started: the promised delays of each that would be."""
    delays = list[tuple[float, float]]()

    @contextmanager
    def no_server(_: str | Path, promised: tuple[float, float]) -> Iterator[str]:
        delays.append(promised)
        yield ADDRESS

    monkeypatch.setattr(stability, "running", no_server)
    monkeypatch.setattr(stability, "examine", lambda *_: PASSED)
    return delays


def test_each_condition_has_its_turn(tried: list[tuple[float, float]]) -> None:
    names = ("usual", "short", "long")
    runs = list(repeat_runs(4, names))
    assert [run.condition for run in runs] == [CONDITIONS[each] for each in (*names, "usual")]
    assert tried == [(0.1, 1.0), (0.01, 0.1), (0.2, 2.0), (0.1, 1.0)]


def test_bursts_go_on_beside_the_features_until_these_end(
    monkeypatch: pytest.MonkeyPatch, tried: list[tuple[float, float]]
) -> None:
    placed = Semaphore(0)

    def burst(base_url: str) -> Sequence[str]:
        placed.release()
        return [f"lost an order at {base_url}"]

    def examine(*_: object) -> Trial:
        assert all(placed.acquire(timeout=10) for _ in range(3))
        return PASSED

    monkeypatch.setattr(stability, "_PAUSE", 0.0)
    monkeypatch.setattr(stability, "_burst", burst)
    monkeypatch.setattr(stability, "examine", examine)
    run = run_in(CONDITIONS["burst"])
    assert len(run.bursts) >= 3
    assert set(run.alarms) == {f"lost an order at {ADDRESS}"}
    assert len(tried) == 1


def test_what_a_burst_says_of_the_server_is_told() -> None:
    assert complaints_in("  placed 3 of 9\nERROR: 1 lost\n") == ["a burst: 1 lost"]
    assert complaints_in("Traceback") == ["a burst: Traceback"]


def test_a_run_is_told_with_its_alarms(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    failed = replace(PASSED, failures=(Failure("a: b", "Too late"),))
    runs = [Run(CONDITIONS["burst"], [PASSED], [(), ()]), Run(CONDITIONS["usual"], [failed])]
    monkeypatch.setattr("faults.__main__.repeat_runs", lambda *_: runs)
    assert run_correct(2, ["burst", "usual"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "   1/2  beside bursts of 2000 orders on the server: 1 scenarios, 2 s, 2 bursts",
        "   2/2  as usual: 1 scenarios, 2 s",
        "           a: b: Too late",
        "1 of 2 runs gave a false alarm",
    ]


def test_a_burst_of_the_correct_server_complains_of_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stability, "_BURST", 20)
    with running(CORRECT, (0.03, 0.15)) as base_url:
        assert not stability._burst(base_url)
    assert "No trading server answers" in stability._burst(base_url)[0]
