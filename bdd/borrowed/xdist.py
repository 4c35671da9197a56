"""Of pytest-xdist: who is a worker, and how a crashed one is told. Works where it is not installed.

xdist publishes the first and not the second: it reports the test that ran when a worker ended
under a phase of its own. Moved, a crashed worker would leave its scenario out of the reports.
"""

import pytest

CRASHED_PHASE = "???"


def is_worker(config: pytest.Config) -> bool:
    """Whether this process only runs tests that another one hands to it."""
    return hasattr(config, "workerinput")


def runs_side_by_side(config: pytest.Config) -> bool:
    """Whether this process hands the tests to workers."""
    return bool(getattr(config.option, "dist", "no") != "no")


def is_crash(report: pytest.TestReport) -> bool:
    """Whether the report tells of a worker that ended while it ran the test."""
    return str(report.when) == CRASHED_PHASE


def forget_process(report: pytest.TestReport) -> None:
    """Drops which process a test ran in, which pytest would put before its failure."""
    vars(report).pop("node", None)
