import urllib.error
import urllib.request

import pytest

from perf.quickness import Measured, always_broken, run, table_line


def test_a_line_has_the_medians_and_both_ratios() -> None:
    ours = [Measured(4.0, 2.0, 3.0), Measured(5.0, 3.0, 4.0), Measured(90.0, 4.0, 4.0)]
    baseline = [Measured(10.0, 12.0), Measured(10.0, 12.0), Measured(1.0, 12.0)]
    line = table_line("one file", list(zip(ours, baseline, strict=True)))
    assert line == ("| one file | 5.0 s | 3.0 s | 4.0 s | 1.25 | 10.0 s | 12.0 s | 0.50 | 0.25 |")


def test_what_is_unknown_is_left_out() -> None:
    line = table_line("-x", [(Measured(1.0, 0.0), Measured(2.0, 0.0))])
    assert line == "| -x | 1.0 s | 0.0 s | - | - | 2.0 s | 0.0 s | 0.50 | - |"


def test_a_run_lasts_as_long_as_its_longest_scenario_or_longer() -> None:
    measured = run(["features/viewing_orders.feature", "-k", "new", "-n", "2"])
    assert 0 < measured.longest < measured.wall


def test_the_broken_server_answers_nothing_as_it_should() -> None:
    with always_broken() as address, pytest.raises(urllib.error.HTTPError, match="500"):
        urllib.request.urlopen(f"{address}/orders", timeout=30)
