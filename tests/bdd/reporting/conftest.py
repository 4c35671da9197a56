import pytest

from tests.bdd.reporting.sample import (
    CRASHING,
    LENDING,
    OPENING,
    PLAIN_TEST,
    RICH,
    TYPO,
    Run,
    run_sample,
)

SPECIFICATION = {"features/lending.feature": LENDING, "features/opening.feature": OPENING}


@pytest.fixture(
    scope="session",
    params=[(), ("-n2",), ("-n2", "-o", "bdd_fork=false")],
    ids=["one process", "copies", "two processes"],
)
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The specification alone, as its readers run it."""
    directory = tmp_path_factory.mktemp("library")
    return run_sample(directory, SPECIFICATION, "features", *request.param)


@pytest.fixture(scope="session")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The second run of all that a report can show: promises with faults, the run before it."""
    directory = tmp_path_factory.mktemp("rich")
    history = "--history=reports/history.jsonl"
    run_sample(directory, RICH, "features/reading.feature", history)
    return run_sample(directory, RICH | SPECIFICATION, "features", history)


@pytest.fixture(scope="session")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Scenarios beside an ordinary test and a file that has to be corrected."""
    files = {"features/hasty.feature": TYPO, "test_plain.py": PLAIN_TEST, **SPECIFICATION}
    return run_sample(tmp_path_factory.mktemp("mixed"), files)


@pytest.fixture(scope="session")
def crashed(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A worker process ends in the middle of a scenario."""
    files = {"features/storms.feature": CRASHING}
    return run_sample(tmp_path_factory.mktemp("crashed"), files, "features", "-n", "2")
