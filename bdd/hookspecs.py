"""Hooks by which a project adds its own knowledge to the run and to the reports."""

from collections.abc import Callable

import pytest

from bdd.language.faults import Fault


def pytest_bdd_end_of_scenario_checks(
    request: pytest.FixtureRequest,
) -> list[tuple[str, Callable[[], object]]]:
    """Names checks to run after the last step of every scenario.

    They are reported as further steps, `Finally <name>`. One that raises fails the scenario,
    but never hides an earlier failure. Of an ExceptionGroup each exception is told by itself.
    """
    raise NotImplementedError


@pytest.hookspec(firstresult=True)
def pytest_bdd_wording(request: pytest.FixtureRequest) -> Callable[[str], str] | None:
    """How texts of a scenario are worded for people: asked when it has ended.

    What is returned puts names in place of IDs, in the scenario's failures and in its evidence of
    the type `text/plain`.
    """
    raise NotImplementedError


def pytest_bdd_report_environment(
    config: pytest.Config,
) -> dict[str, str]:
    """Lines for the summary of the reports, asked once at the end of the run."""
    raise NotImplementedError


def pytest_bdd_report_categories(
    config: pytest.Config,
) -> list[str]:
    """Names of the categories that failures are counted under, as `Mismatch.category` has them."""
    raise NotImplementedError


@pytest.hookspec(firstresult=True)
def pytest_bdd_not_offered(config: pytest.Config, needed: str) -> str | None:
    """The reason why the tested system does not offer what a scenario needs; None if it does.

    Asked for each tag such as `@needs_paging`, where `needed` is `paging`, and for the conformance
    report of all that `bdd_needs` declares.
    """
    raise NotImplementedError


@pytest.hookspec(firstresult=True)
def pytest_bdd_tested_system(config: pytest.Config) -> str | None:
    """What the tested system is called in its conformance report."""
    raise NotImplementedError


@pytest.hookspec(firstresult=True)
def pytest_bdd_report_title(config: pytest.Config) -> str | None:
    """The title of the reports: the name of what is specified."""
    raise NotImplementedError


@pytest.hookspec(firstresult=True)
def pytest_bdd_faults(config: pytest.Config) -> list[Fault] | None:
    """The breaches that were tried on purpose, each with the scenarios that noticed it.

    They stand beside the promises, in the report and on their page. None if nobody has tried any.
    """
    raise NotImplementedError


def pytest_bdd_child_begins(config: pytest.Config) -> None:
    """A copy of the run's process is about to run scenarios, and nothing else.

    What only the run as a whole does, such as writing to the terminal, ends here.
    """
    raise NotImplementedError


def pytest_bdd_meanwhile(session: pytest.Session) -> None:
    """Copies of the run's process run the scenarios, and it has nothing to do yet.

    What the end of the run will need, and what depends on no result, can be prepared.
    """
    raise NotImplementedError
