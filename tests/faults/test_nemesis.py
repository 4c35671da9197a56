"""The nemesis finds nothing at the right servers, and what is wrong with others."""

import sys
from collections.abc import Iterator

import pytest

from cluster.programs import REDIS, lacking
from driver.server_process import Launch
from faults.nemesis.planted import PLANTED
from faults.nemesis.trial import launching, try_seed

SEEDS = range(1, 5)
pytestmark = pytest.mark.skipif(
    (lack := lacking([REDIS])) is not None, reason=lack or "all is there"
)


@pytest.fixture(scope="module")
def launch() -> Iterator[Launch]:
    with launching() as launch:
        yield launch


def test_nothing_goes_wrong_whatever_is_disturbed(launch: Launch) -> None:
    trial = try_seed(1, pace=0.5, launch=launch)
    assert trial.violations == []
    assert str(trial).endswith(": no violations")
    for done in ("orders", "cancelled", "kills", "pauses", "slow connections", "engine restarts"):
        assert trial.counts[done], done


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_defect_is_found(name: str, launch: Launch) -> None:
    command = [sys.executable, "-m", "faults.nemesis.planted", name, "--port", "0"]
    assert any(try_seed(seed, command, pace=0.5, launch=launch).violations for seed in SEEDS)
