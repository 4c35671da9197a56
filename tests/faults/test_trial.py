"""A trial starts a server, runs features against it and reads what they found."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from faults.catalogue import CATALOGUE
from faults.fault import ScenarioSet
from faults.proof import Finding, Verdict
from faults.trial import CORRECT, ROOT, Cause, Failure, read_causes, read_results, try_out

SMOKE = ScenarioSet(("placing_orders",), marks="smoke")
REPORT = """<testsuites><testsuite>
<testcase file="features/a.feature" name="It works" />
<testcase file="features/a.feature" name="It fails" line="11">
<failure message="Too late&#10;and more" />
</testcase>
<testcase file="features/b.feature" name="It breaks" line="7"><error message="Gone" /></testcase>
<testcase file="features/b.feature" name="It is left out"><skipped /></testcase>
</testsuite></testsuites>"""


def test_results_are_read(tmp_path: Path) -> None:
    junit = tmp_path / "junit.xml"
    junit.write_text(REPORT, encoding="utf-8")
    ran, failures = read_results(junit)
    assert ran == ("a: It works", "a: It fails", "b: It breaks")
    assert failures == (
        Failure("a: It fails", "Too late", "features/a.feature:11"),
        Failure("b: It breaks", "Gone", "features/b.feature:7"),
    )


VERDICT = {
    "causes": [
        {"feature": "Orders", "rule": "One each", "finding": "None", "scenarios": [{}, {}]},
        {"feature": "Events", "rule": "In order", "finding": "A gap", "scenarios": []},
    ]
}


def test_causes_are_read(tmp_path: Path) -> None:
    verdict = tmp_path / "verdict.json"
    assert read_causes(verdict) == ()
    verdict.write_text(json.dumps(VERDICT), encoding="utf-8")
    assert read_causes(verdict) == (
        Cause("Orders: One each", "None", 2),
        Cause("Events: In order", "A gap", 0),
    )


IN_EACH_DIALECT = pytest.mark.parametrize("dialect", [None, ROOT / "dialects" / "renamed.toml"])


@IN_EACH_DIALECT
def test_the_correct_server_passes(dialect: Path | None) -> None:
    trial = try_out(CORRECT, SMOKE, dialect)
    assert trial.ran
    assert not trial.alarms


@IN_EACH_DIALECT
def test_a_faulty_server_is_caught(dialect: Path | None) -> None:
    fault = replace(CATALOGUE["no-location"], selection=SMOKE)
    finding = Finding(fault, try_out(fault.name, SMOKE, dialect))
    assert finding.verdict is Verdict.CAUGHT, finding.trial.output
    assert "breaks the contract" in finding.says
    assert finding.names_rule


def test_a_server_that_does_not_start_is_told() -> None:
    assert "ended with exit code 2" in try_out("no-such-server", SMOKE).trouble
