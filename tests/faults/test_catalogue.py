"""The catalogue names real servers and real scenarios."""

import re
import subprocess
import sys
from functools import cache

import pytest

from faults.catalogue import CATALOGUE, GROUPS
from faults.fault import EVERYTHING, Fault, ScenarioSet
from faults.trial import ROOT


@cache
def scenarios(selection: ScenarioSet) -> list[str]:
    """As pytest collects them: `file: name`."""
    command = [sys.executable, "-m", "pytest", *selection.files, "--collect-only", "-q", "-n", "0"]
    command += ["-m", selection.marks, "-k", selection.words, "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    ids = [line.removeprefix("features/") for line in done.stdout.splitlines() if "::" in line]
    return [line.replace(".feature::", ": ", 1) for line in ids]


def test_no_two_servers_have_one_name() -> None:
    assert len(CATALOGUE) == sum(len(faults) for faults in GROUPS.values())


def test_there_are_enough_of_them() -> None:
    assert len(CATALOGUE) >= 45


@pytest.mark.parametrize("fault", CATALOGUE.values(), ids=CATALOGUE)
def test_every_faulty_server_can_be_made(fault: Fault) -> None:
    assert callable(fault.app())


@cache
def promises() -> list[str]:
    """As the causes name them: `feature: Rule`."""
    found = []
    for file in (ROOT / "features").glob("*.feature"):
        text = file.read_text("utf-8")
        [feature] = re.findall(r"^Feature: (.*)$", text, re.MULTILINE)
        found += [
            f"{feature}: {rule}" for rule in re.findall(r"^  Rule: (.*)$", text, re.MULTILINE)
        ]
    return found


@pytest.mark.parametrize("fault", CATALOGUE.values(), ids=CATALOGUE)
def test_the_broken_promise_is_one_rule_of_the_features(fault: Fault) -> None:
    assert [each.startswith(fault.rule) for each in promises()].count(True) == 1, fault.rule


@pytest.mark.parametrize("fault", CATALOGUE.values(), ids=CATALOGUE)
def test_scenarios_about_the_broken_sentence_are_among_those_that_run(fault: Fault) -> None:
    ran = scenarios(fault.selection)
    for about in fault.about:
        name, _, row = about.partition(" … ")
        assert any(each.startswith(name) and row in each for each in ran), about


def test_the_correct_server_is_put_to_every_scenario() -> None:
    features = tuple(file.stem for file in (ROOT / "features").glob("*.feature"))
    # Scenarios about several replicas start them themselves; none is the server that is tried.
    every = scenarios(ScenarioSet(features, marks="not replicas"))
    tried = [each for selection in EVERYTHING for each in scenarios(selection)]
    assert sorted(tried) == sorted(every)
