"""Allure's results, completed from the records of the scenarios.

allure-pytest writes a result for each test and knows nothing of scenarios; a result is completed
just before it is written. What a whole run has once, the controlling process writes at the end.
"""

import os
from itertools import chain
from pathlib import Path
from uuid import uuid4

import allure_commons
import pytest
from allure_commons.model2 import TestResult
from allure_commons.types import LabelType

from bdd.borrowed.allure import leave_out_fixtures
from bdd.borrowed.xdist import is_crash, is_worker
from bdd.reporting.allure_result import complete
from bdd.reporting.allure_run import executor_of, write_run
from bdd.reporting.environment import environment, title
from bdd.reporting.evidence import ScenarioRecord
from bdd.reporting.planned_record import is_feature
from bdd.reporting.results import RESULTS
from bdd.running.lane import LANE


class Completer:
    """A plugin of pytest and of Allure in every process that sees reports of scenarios."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._record: ScenarioRecord | None = None

    def pytest_sessionstart(self) -> None:
        """Keeps allure-pytest, which is set up by now, from writing files about fixtures."""
        leave_out_fixtures(self._config)

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keeps the record for the result that follows; a crashed worker left none."""
        if is_crash(report) and is_feature(report.nodeid):
            self._record = self._config.stash[RESULTS].records[report.nodeid]
            crashed = TestResult(uuid=str(uuid4()))
            allure_commons.plugin_manager.hook.report_result(result=crashed)
        elif data := getattr(report, "scenario", None):
            self._record = ScenarioRecord.from_dict(data)

    @allure_commons.hookimpl(tryfirst=True)
    def report_result(self, result: TestResult) -> None:
        """Completes the result of a scenario before it is written."""
        record, self._record = self._record, None
        if record is not None:
            keep = allure_commons.plugin_manager.hook.report_attached_data
            complete(
                result,
                record,
                epic=title(self._config),
                keep=lambda body, file: keep(body=body, file_name=file),
                issue=self._address_of_issue,
            )
            self._place_in_timeline(result)

    def _place_in_timeline(self, result: TestResult) -> None:
        """Names the lane of a scenario; allure-pytest knows the process that was copied."""
        if lane := self._config.stash.get(LANE, 0):
            for label in result.labels:
                if label.name == LabelType.THREAD:
                    label.value = f"lane {lane}"

    def _address_of_issue(self, name: str) -> str:
        """The address that --allure-link-pattern=issue:https://... gives."""
        patterns = dict(self._config.getoption("allure_link_pattern"))
        return str(patterns.get("issue", "{}")).format(name)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Joins allure-pytest; a worker never clears the directory, which others have written to."""
    if not config.getoption("allure_report_dir", None):
        return
    if is_worker(config):
        config.option.clean_alluredir = False
    completer = Completer(config)
    config.pluginmanager.register(completer)
    allure_commons.plugin_manager.register(completer)
    config.add_cleanup(lambda: allure_commons.plugin_manager.unregister(completer))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Writes what the run has once, when every worker has finished."""
    config = session.config
    directory = config.getoption("allure_report_dir", None)
    if not directory or RESULTS not in config.stash:
        return
    categories = chain.from_iterable(config.hook.pytest_bdd_report_categories(config=config))
    lines = environment(config, config.stash[RESULTS].begun)
    promises = [
        cause.proof.noticed_by.promise_of(cause.proof.failure)
        for cause in config.stash[RESULTS].causes
        if cause.rule
    ]
    named = list(dict.fromkeys(promises))
    write_run(Path(directory), lines, named, list(categories), executor_of(os.environ))
