"""GitLab reads our junit file: what it parses is documented under "Unit test reports"."""

from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.bdd.reporting.sample import LENDING, OPENING, Run, run_sample

FILES = {"features/lending.feature": LENDING, "features/opening.feature": OPENING}
LARGEST = 30 * 1024 * 1024


@pytest.fixture(scope="module")
def in_gitlab(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("gitlab")
    where = {"GITLAB_CI": "true", "CI_PROJECT_DIR": str(folder)}
    return run_sample(folder, FILES, "features", "-n2", **where)


def cases_of(run: Run) -> list[ElementTree.Element]:
    file = run.directory / "reports" / "junit.xml"
    assert file.stat().st_size < LARGEST
    root = ElementTree.parse(file).getroot()
    assert root.tag == "testsuites", "at least one level of suites is required"
    assert {suite.tag for suite in root} == {"testsuite"}
    return list(root.iter("testcase"))


def test_every_case_has_what_is_shown(in_gitlab: Run) -> None:
    for case in cases_of(in_gitlab):
        assert case.attrib["name"]
        assert float(case.attrib["time"]) >= 0
        assert Path(in_gitlab.directory, case.attrib["file"]).is_file()
        assert {each.tag for each in case} <= {"failure", "error", "skipped", "system-out"}


def test_no_name_is_there_twice_for_then_the_second_would_be_ignored(in_gitlab: Run) -> None:
    names = Counter((case.attrib["classname"], case.attrib["name"]) for case in cases_of(in_gitlab))
    assert [name for name, count in names.items() if count > 1] == []


def test_a_failure_has_its_story_as_content_and_the_report_attached(in_gitlab: Run) -> None:
    failed = [case for case in cases_of(in_gitlab) if case.find("failure") is not None]
    assert failed
    for case in failed:
        assert [each.tag for each in case] == ["failure", "system-out"]
        assert str(case.findtext("failure")).strip()
        assert case.findtext("system-out") == "[[ATTACHMENT|reports/report.html]]"
    assert Path(in_gitlab.directory, "reports/report.html").is_file()


def test_nothing_is_attached_elsewhere(run: Run) -> None:
    assert all(case.find("system-out") is None for case in cases_of(run))
