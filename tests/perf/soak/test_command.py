"""A short soak on the real server, and one on a server that loses what it is told."""

from pathlib import Path

import pytest

from perf.soak import __main__ as command
from perf.soak.__main__ import main


def test_a_short_soak_passes_and_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # Seconds are too short to see a trend on a busy machine.
    monkeypatch.setattr(command, "findings", lambda _: [])
    assert main(["--minutes", "0.05", "--output", str(tmp_path)]) == 0
    assert "0 times a subscriber" not in capsys.readouterr().out
    assert {"soak.json", "soak.svg"} < {path.name for path in tmp_path.iterdir()}


def test_lost_events_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "findings", lambda _: ["memory grew"])
    monkeypatch.setattr(command, "_PATIENCE", 0.1)
    monkeypatch.setattr(command, "_EVENTS_OF_AN_ORDER", 3)
    assert main(["--minutes", "0.05", "--output", str(tmp_path)]) == 1
    told = capsys.readouterr().err
    assert "ERROR: a subscriber received" in told
    assert "ERROR: memory grew" in told


@pytest.mark.parametrize("given", ["soon", "0", "-1", "nan", "100000"])
def test_bad_input_is_told(given: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main([f"--minutes={given}"])
    assert f"{given} is not a number of minutes" in capsys.readouterr().err
