"""Scenarios side by side in several processes, and those that run alone."""

import json

import pytest

from tests.bdd.conftest import INI, Project
from tests.bdd.samples import GOOD, OUTLINE

pytest_plugins = ["pytester"]

WORKS = "somebody works"

STEPS = """
import json, os, time
from pathlib import Path
from pytest_bdd import given

HERE = Path(__file__).parent

def wait_until(happened):
    deadline = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)

def pytest_runtest_logreport(report):
    if report.failed:
        HERE.joinpath("failed").touch()

@given("somebody works")
def work(request):
    begun = time.monotonic()
    time.sleep(0.3)
    times = [request.node.name, begun, time.monotonic()]
    HERE.joinpath("log", request.node.name).write_text(json.dumps(times), encoding="utf-8")

@given("two people meet")
def meet(request):
    HERE.joinpath("met", request.node.name).touch()
    wait_until(lambda: len(list(HERE.glob("met/*"))) == 2)

@given("somebody works until another one fails")
def work_on():
    wait_until(HERE.joinpath("failed").exists)

@given("somebody dies")
def die():
    os._exit(1)
"""


def feature(**steps: str) -> str:
    """A feature with a scenario for each step; the one that is called Alone is tagged so."""
    scenarios = (
        f"{'  @alone' if name == 'Alone' else ''}\n  Scenario: {name}\n    Given {step}\n"
        for name, step in steps.items()
    )
    return "Feature: Work\n" + "".join(scenarios)


@pytest.fixture
def workshop(project: Project) -> Project:
    project.write("steps.py", STEPS)
    for folder in ("log", "met"):
        project.path.joinpath(folder).mkdir()
    return project


def times(project: Project) -> dict[str, tuple[float, float]]:
    logged = (json.loads(file.read_text("utf-8")) for file in project.path.glob("log/*"))
    return {name: (begun, ended) for name, begun, ended in logged}


def test_an_alone_scenario_runs_while_no_other_one_does(workshop: Project) -> None:
    meet = "two people meet"
    text = feature(Alone=WORKS, Ann=meet, Bob=f"{meet}\n    And {WORKS}")
    workshop.write("features/work.feature", text)
    workshop.run("-n2").assert_outcomes(passed=3)
    alone, bob = times(workshop)["Alone"], times(workshop)["Bob"]
    assert bob[1] <= alone[0]


def test_nobody_waits_for_a_process_that_died(workshop: Project) -> None:
    text = feature(Alone=WORKS, Ann=WORKS, Bob="somebody dies")
    workshop.write("features/work.feature", text)
    workshop.run("-n2").assert_outcomes(passed=2, failed=1)
    assert "Alone" in times(workshop)


def test_whoever_waits_too_long_fails_and_says_so(workshop: Project) -> None:
    until = "somebody works until another one fails"
    workshop.write("pytest.ini", INI + "bdd_alone_timeout = 0\n")
    workshop.write("features/work.feature", feature(Alone=until, Ann=until))
    result = workshop.run("-n2")
    result.assert_outcomes(passed=1, errors=1)
    assert "waited 0 s for other tests to make room" in result.stdout.str()


def test_alone_scenarios_come_last_and_need_no_other_process(workshop: Project) -> None:
    workshop.write("features/work.feature", feature(Alone=WORKS, Ann=WORKS))
    names = ["features/work.feature::Ann", "features/work.feature::Alone"]
    assert workshop.collected() == names
    workshop.run().assert_outcomes(passed=2)


def test_problems_are_told_before_the_processes_start(project: Project) -> None:
    project.write("features/good.feature", GOOD)
    project.write("features/empty.feature", "")
    result = project.run("-n2", "-k", "Eating")
    result.assert_outcomes(passed=1, failed=1)
    lines = result.outlines
    told = lines.index("features/empty.feature:1: there is no feature in this file")
    assert told < next(i for i, line in enumerate(lines) if "workers" in line)


@pytest.mark.parametrize(
    ("arguments", "configured", "expected"),
    [
        (("features",), 16, 3),
        (("features",), 2, 2),
        (("features/eating.feature:8",), 16, 2),
        (("features", "test_plain.py"), 16, None),
        ((".",), 16, None),
        (("features",), 0, None),
    ],
)
def test_auto_starts_as_many_processes_as_scenarios_can_use(
    project: Project, arguments: tuple[str, ...], configured: int, expected: int | None
) -> None:
    project.write("pytest.ini", INI + f"bdd_workers = {configured}\n")
    project.write("features/eating.feature", OUTLINE)
    project.write("features/good.feature", GOOD)
    project.write("test_plain.py", "def test_nothing(): pass\n")
    assert auto_workers(project, *arguments) == expected


def auto_workers(project: Project, *arguments: str) -> int | None:
    config = project.configured(*arguments)
    ours = config.pluginmanager.getplugin("bdd.running.workers")
    assert ours is not None
    workers: int | None = ours.pytest_xdist_auto_num_workers(config)
    return workers
