"""Scenarios side by side in several processes, and those that run alone."""

import json
import time

import psutil
import pytest

from bdd.running.lane import can_fork
from bdd.running.workers import worth_starting
from tests.bdd.conftest import INI, Project
from tests.bdd.samples import GOOD, OUTLINE

pytest_plugins = ["pytester"]

XDIST = ("-n2", "-o", "bdd_fork=false")
needs_fork = pytest.mark.skipif(not can_fork(), reason="this system cannot copy a process")
side_by_side = pytest.mark.parametrize(
    "two",
    [pytest.param(("-n2",), marks=needs_fork), XDIST],
    ids=["copies", "pytest-xdist"],
)

WORKS = "somebody works"

STEPS = """
import json, os, signal, time, warnings
from pathlib import Path
import pytest
from pytest_bdd import then

HERE = Path(__file__).parent

def wait_until(happened):
    deadline = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < deadline, "the others did not come"
        time.sleep(0.01)

def pytest_runtest_logreport(report):
    if report.failed:
        HERE.joinpath("failed").touch()

@then("somebody works")
def work(request):
    begun = time.monotonic()
    time.sleep(0.3)
    times = [request.node.name, begun, time.monotonic()]
    HERE.joinpath("log", request.node.name).write_text(json.dumps(times), encoding="utf-8")

@then("two people meet")
def meet(request):
    HERE.joinpath("met", request.node.name).touch()
    wait_until(lambda: len(list(HERE.glob("met/*"))) == 2)

@then("somebody works until another one fails")
def work_on():
    wait_until(HERE.joinpath("failed").exists)

def pytest_bdd_meanwhile(session):
    ran = [path.name for path in HERE.glob("log/*")]
    print(f"prepared once for {len(session.items)} scenarios, of which {len(ran)} have been run")

@then("somebody finds the machine quiet")
def find_quiet(request, quiet_machine):
    HERE.joinpath("met", request.node.name).touch()
    wait_until(lambda: len(list(HERE.glob("met/*"))) == 2)
    with quiet_machine():
        work(request)

@then("somebody notes the process")
def note(request):
    HERE.joinpath("log", request.node.name).write_text(str(os.getpid()), encoding="utf-8")

@then("somebody notes the process and kills the run")
def note_and_kill(request):
    wait_until(HERE.joinpath("log", "Ann").exists)
    note(request)
    os.kill(os.getppid(), signal.SIGKILL)

@then("somebody dies")
def die():
    os._exit(1)

@then("somebody fails")
def fail():
    wait_until(HERE.joinpath("begun").exists)
    raise AssertionError("failed on purpose")

@pytest.fixture
def tidy():
    yield
    HERE.joinpath("tidied").touch()

@then("somebody works for long")
def work_for_long(tidy):
    HERE.joinpath("begun").touch()
    time.sleep(60)

@then("somebody does not want to stop")
def go_on():
    HERE.joinpath("begun").touch()
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            time.sleep(60)
        except KeyboardInterrupt:
            pass

@then("somebody talks and warns")
def talk(tmp_path):
    print("said aloud")
    warnings.warn("said as a warning")
    assert tmp_path.is_dir()
    raise AssertionError("failed on purpose")
"""


def feature(**steps: str) -> str:
    """A feature with a scenario for each step; the one that is called Alone is tagged so."""
    scenarios = (
        f"{'  @alone' if name == 'Alone' else ''}\n  Scenario: {name}\n    Then {step}\n"
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


@side_by_side
def test_an_alone_scenario_runs_while_no_other_one_does(
    workshop: Project, two: tuple[str, ...]
) -> None:
    meet = "two people meet"
    text = feature(Alone=WORKS, Ann=meet, Bob=f"{meet}\n    And {WORKS}")
    workshop.write("features/work.feature", text)
    workshop.run("features", *two).assert_outcomes(passed=3)
    alone, bob = times(workshop)["Alone"], times(workshop)["Bob"]
    assert bob[1] <= alone[0]


@side_by_side
def test_an_alone_scenario_runs_beside_a_few_others(
    workshop: Project, two: tuple[str, ...]
) -> None:
    workshop.write("pytest.ini", INI + "bdd_few = 2\n")
    text = feature(Alone="two people meet", Ann="two people meet")
    workshop.write("features/work.feature", text)
    workshop.run("features", *two).assert_outcomes(passed=2)


@side_by_side
@pytest.mark.parametrize(
    "other", ["somebody finds the machine quiet", f"two people meet\n    And {WORKS}"]
)
def test_a_scenario_can_have_the_machine_for_itself_for_a_moment(
    workshop: Project, two: tuple[str, ...], other: str
) -> None:
    text = feature(Ann="somebody finds the machine quiet", Bob=other)
    workshop.write("features/work.feature", text)
    workshop.run("features", *two).assert_outcomes(passed=2)
    first, second = sorted(times(workshop).values())
    assert first[1] <= second[0]


@side_by_side
def test_nobody_waits_for_a_process_that_died(workshop: Project, two: tuple[str, ...]) -> None:
    text = feature(Alone=WORKS, Ann=WORKS, Bob="somebody dies")
    workshop.write("features/work.feature", text)
    workshop.run("features", *two).assert_outcomes(passed=2, failed=1)
    assert "Alone" in times(workshop)


@needs_fork
def test_one_process_runs_scenarios_one_after_another_and_is_replaced_when_it_dies(
    workshop: Project,
) -> None:
    note = "somebody notes the process"
    workshop.write(
        "features/work.feature", feature(Ann=note, Bob=note, Carl="somebody dies", Dora=note)
    )
    workshop.run("features", "-n1").assert_outcomes(passed=3, failed=1)
    ann, bob, dora = (
        workshop.path.joinpath("log", name).read_text("utf-8") for name in ("Ann", "Bob", "Dora")
    )
    assert ann == bob != dora


@needs_fork
def test_idle_processes_end_when_the_run_is_killed(workshop: Project) -> None:
    """A process that waits for its next scenario must not outlive the one that would name it."""
    text = feature(
        Ann="somebody notes the process", Bob="somebody notes the process and kills the run"
    )
    workshop.write("features/work.feature", text)
    workshop.run_apart("features", "-n2")
    for name in ("Ann", "Bob"):
        number = int(workshop.path.joinpath("log", name).read_text("utf-8"))
        assert has_ended(number)


def has_ended(number: int) -> bool:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if not psutil.pid_exists(number) or psutil.Process(number).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.01)
    return False


def test_whoever_waits_too_long_fails_and_says_so(workshop: Project) -> None:
    until = "somebody works until another one fails"
    workshop.write("pytest.ini", INI + "bdd_alone_timeout = 0\n")
    workshop.write("features/work.feature", feature(Alone=until, Ann=until))
    result = workshop.run("features", *XDIST)
    result.assert_outcomes(passed=1, errors=1)
    assert "waited 0 s for other tests to make room" in result.stdout.str()


def test_alone_scenarios_come_last_and_need_no_other_process(workshop: Project) -> None:
    workshop.write("features/work.feature", feature(Alone=WORKS, Ann=WORKS))
    names = ["features/work.feature::Ann", "features/work.feature::Alone"]
    assert workshop.collected() == names
    workshop.run().assert_outcomes(passed=2)


@needs_fork
def test_the_first_failure_of_x_ends_the_run_at_once(workshop: Project) -> None:
    text = feature(Ann="somebody works for long", Bob="somebody fails", Carl=WORKS)
    workshop.write("features/work.feature", text)
    begun = time.monotonic()
    result = workshop.run("features", "-x", "-n2")
    result.assert_outcomes(failed=1)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert time.monotonic() - begun < 30
    assert workshop.path.joinpath("tidied").exists()
    assert not times(workshop)


@needs_fork
def test_a_scenario_that_does_not_want_to_stop_is_stopped(workshop: Project) -> None:
    text = feature(Ann="somebody does not want to stop", Bob="somebody fails")
    workshop.write("features/work.feature", text)
    begun = time.monotonic()
    workshop.run("features", "-x", "-n2").assert_outcomes(failed=1)
    assert time.monotonic() - begun < 30


@side_by_side
def test_what_a_scenario_prints_and_warns_of_is_told(
    workshop: Project, two: tuple[str, ...]
) -> None:
    workshop.write("pytest.ini", INI.replace("= error", "=\n    always"))
    talk = "somebody talks and warns"
    workshop.write("features/work.feature", feature(Ann=talk, Bob=talk))
    result = workshop.run("features", *two)
    result.assert_outcomes(failed=2, warnings=2)
    told = result.stdout.str()
    assert told.count("said aloud") == 2
    assert "UserWarning: said as a warning" in told


@needs_fork
@pytest.mark.parametrize(
    "moment",
    [
        "def pytest_configure(): os.register_at_fork(after_in_parent=interrupt)",
        "def pytest_bdd_meanwhile(): interrupt()",
    ],
    ids=["while a process is copied", "meanwhile"],
)
def test_ctrl_c_is_heeded_at_any_moment(workshop: Project, moment: str) -> None:
    workshop.write("features/work.feature", feature(Ann="somebody works for long", Bob=WORKS))
    begin = 'import os, signal\npytest_plugins = ["bdd.plugin", "steps"]\n'
    interrupt = "def interrupt(): os.kill(os.getpid(), signal.SIGINT)\n"
    workshop.write("conftest.py", f"{begin}{interrupt}{moment}\n")
    begun = time.monotonic()
    result = workshop.run_apart("features", "-n2")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    assert "Exception ignored" not in result.stderr.str()
    assert time.monotonic() - begun < 30


@needs_fork
def test_the_end_of_the_run_can_be_prepared_meanwhile(workshop: Project) -> None:
    workshop.write("features/work.feature", feature(Ann=WORKS, Bob=WORKS, Carl=WORKS))
    result = workshop.run("features", "-n2", "-s")
    result.assert_outcomes(passed=3)
    assert result.stdout.str().count("prepared once for 3 scenarios, of which 0 have been run") == 1


@needs_fork
def test_only_feature_files_are_run_in_copies(workshop: Project) -> None:
    workshop.write("features/work.feature", feature(Ann=WORKS, Bob=WORKS))
    workshop.write("test_plain.py", "def test_nothing(worker_id): assert worker_id == 'gw0'\n")
    workshop.run("features", "test_plain.py", "-n1").assert_outcomes(passed=3)


@side_by_side
def test_problems_are_told_before_the_processes_start(
    project: Project, two: tuple[str, ...]
) -> None:
    project.write("features/good.feature", GOOD)
    project.write("features/empty.feature", "")
    result = project.run("features", *two, "-k", "Eating")
    result.assert_outcomes(passed=1, failed=1)
    lines = result.outlines
    told = lines.index("features/empty.feature:1: there is no feature in this file")
    begun = ("workers [", "collected ")
    assert told < next(i for i, line in enumerate(lines) if any(word in line for word in begun))


@pytest.mark.parametrize(
    ("arguments", "configured", "expected"),
    [
        (("features",), 16, 3),
        (("features",), 2, 2),
        (("features/eating.feature:3",), 16, 2),
        (("features/eating.feature:8",), 16, 1),
        (("features", "-m", "smoke"), 16, 1),
        (("features", "-k", "ENDING"), 16, 1),
        (("features", "-k", "nothing"), 16, 1),
        (("features", "test_plain.py"), 16, None),
        ((".",), 16, None),
        (("features",), 0, None),
    ],
)
def test_xdist_starts_as_many_processes_as_scenarios_can_use(
    project: Project, arguments: tuple[str, ...], configured: int, expected: int | None
) -> None:
    project.write("pytest.ini", INI + f"bdd_fork = no\nbdd_workers = {configured}\n")
    project.write("features/eating.feature", OUTLINE)
    project.write("features/good.feature", "@smoke\n" + GOOD.replace("Eating", "Ending"))
    project.write("test_plain.py", "def test_nothing(): pass\n")
    assert auto_workers(project, *arguments) == expected


def test_processes_that_cost_more_than_they_save_are_not_started(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    assert [worth_starting(scenarios) for scenarios in (0, 1, 8, 11, 213)] == [1, 1, 6, 7, 29]


def auto_workers(project: Project, *arguments: str) -> int | None:
    config = project.configured(*arguments)
    ours = config.pluginmanager.getplugin("bdd.running.workers")
    assert ours is not None
    workers: int | None = ours.pytest_xdist_auto_num_workers(config)
    return workers
