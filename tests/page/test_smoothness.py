"""The measurement of the page: python -m perf.page."""

import subprocess
import sys
from pathlib import Path

from tests.page.test_channel import WITH_BROWSER

ROOT = Path(__file__).parents[2]
QUICK = ("--orders", "40", "--events", "20", "--seconds", "1")


@WITH_BROWSER
def test_frames_and_memory_are_told_for_each_state_of_the_page() -> None:
    command = (sys.executable, "-m", "perf.page", *QUICK)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    lines = [line.strip("| ").split(" | ") for line in done.stdout.splitlines()[2:]]
    assert [line[0] for line in lines] == [
        "an empty page",
        "the page, no orders",
        "40 orders",
        "40 orders, 20 events/s",
        "40 orders, 20 events/s, scrolled from end to end",
    ]
    assert all(float(frames) > 0 for _, frames, *_ in lines)
    assert float(lines[3][4]) > 0
