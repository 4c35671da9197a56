"""The records of all scenarios of the run, gathered where the reports are written."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby

import pytest

from bdd.borrowed.xdist import is_crash
from bdd.reporting.causes import Cause, causes_of
from bdd.reporting.evidence import NOT_OFFERED, STATUSES, Failure, ScenarioRecord, Status
from bdd.reporting.planned_record import blank_of_nodeid, file_of, is_feature

CRASHED = "the process that ran this scenario ended unexpectedly"


@dataclass(frozen=True)
class FeatureResult:
    """The scenarios of one file, in the order of the file."""

    name: str
    description: str
    file: str
    scenarios: tuple[ScenarioRecord, ...]

    @property
    def counts(self) -> dict[Status, int]:
        """How many scenarios ended how."""
        return counts_of(self.scenarios)

    @property
    def status(self) -> Status:
        """Failed if any scenario is, skipped or not offered if none ran."""
        if self.counts["failed"]:
            return "failed"
        if self.counts["passed"]:
            return "passed"
        return "skipped" if self.counts["skipped"] else NOT_OFFERED

    @property
    def seconds(self) -> float:
        """The scenarios' durations added up, though they may have run side by side."""
        return sum(scenario.seconds for scenario in self.scenarios)


class Results:
    """A plugin of the controlling process; with xdist it receives every worker's scenarios."""

    def __init__(self, config: pytest.Config) -> None:
        self.begun = datetime.now(UTC)
        self.records: dict[str, ScenarioRecord] = {}
        self.has_other_tests = False
        self._config = config
        self._order: dict[str, int] = {}
        self._causes: list[Cause] | None = None

    @property
    def seconds(self) -> float:
        """Wall time from the first step of the first scenario to the end of the last one."""
        begun = [each for each in self.records.values() if each.started]
        if not begun:
            return 0.0
        return max(each.ended for each in begun) - min(each.ended - each.seconds for each in begun)

    def expected(self) -> Counter[str]:
        """How many scenarios each file has."""
        return Counter(file_of(nodeid) for nodeid in self._order if is_feature(nodeid))

    def feature(self, file: str) -> FeatureResult:
        """What is known of one file."""
        nodeids = [nodeid for nodeid in self.records if file_of(nodeid) == file]
        nodeids.sort(key=lambda nodeid: (self.records[nodeid].line, self._order.get(nodeid, 0)))
        scenarios = tuple(self.records[nodeid] for nodeid in nodeids)
        named = next((each for each in scenarios if each.steps), scenarios[0])
        return FeatureResult(named.feature, named.feature_description, file, scenarios)

    def features(self) -> list[FeatureResult]:
        """What is known of every file, by name of the file."""
        return [self.feature(file) for file in sorted({file_of(nodeid) for nodeid in self.records})]

    @property
    def counts(self) -> dict[Status, int]:
        """How many scenarios ended how."""
        return counts_of(self.records.values())

    @property
    def has_features_only(self) -> bool:
        """Whether scenarios ran, and no other tests."""
        return bool(self.records) and not self.has_other_tests

    def of_status(self, status: Status) -> list[ScenarioRecord]:
        """The scenarios that ended so, in the order of the files."""
        all_of_them = (record for feature in self.features() for record in feature.scenarios)
        return [record for record in all_of_them if record.status == status]

    @property
    def causes(self) -> list[Cause]:
        """Why the run failed, most direct first, found out once; empty if it did not."""
        if self._causes is None:
            features = self.features()
            self._causes = causes_of(record for each in features for record in each.scenarios)
        return self._causes

    def slowest(self, count: int) -> list[ScenarioRecord]:
        """The scenarios that took longest, the slowest first."""
        return sorted(self.records.values(), key=lambda each: each.seconds, reverse=True)[:count]

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Learns the order of the scenarios."""
        self._learn([item.nodeid for item in session.items])

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: Sequence[str]) -> None:
        """Learns the order of the scenarios from a worker."""
        self._learn(ids)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keeps the newest record of each scenario."""
        self._causes = None
        if is_crash(report) and is_feature(report.nodeid):
            blank = blank_of_nodeid(report.nodeid, self._config)
            failure = Failure(CRASHED, broken=True)
            self.records[report.nodeid] = replace(blank, status="failed", failures=(failure,))
        elif not hasattr(report, "scenario"):
            self.has_other_tests = True
        elif report.scenario:
            self.records[report.nodeid] = ScenarioRecord.from_dict(report.scenario)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """A finding that no scenario is to blame for fails the run all the same."""
        charged = any(record.charged for record in self.records.values())
        if charged and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keeps in mind that something could not be collected."""
        self.has_other_tests |= report.failed

    def _learn(self, nodeids: Iterable[str]) -> None:
        for nodeid in nodeids:
            self._order.setdefault(nodeid, len(self._order))


RESULTS = pytest.StashKey[Results]()


def counts_of(scenarios: Iterable[ScenarioRecord]) -> dict[Status, int]:
    """How many scenarios ended how."""
    numbers = Counter(scenario.status for scenario in scenarios)
    return {status: numbers[status] for status in STATUSES}


def by_rule(scenarios: Iterable[ScenarioRecord]) -> list[tuple[str, list[ScenarioRecord]]]:
    """Neighbouring scenarios of one rule together, in order."""
    return [(rule, list(group)) for rule, group in groupby(scenarios, lambda each: each.rule)]
