"""The run as Cucumber Messages, held against the official compatibility kit."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cucumber_compatibility_kit import CompatibilityKit
from cucumber_messages import Envelope, message_converter

from tests.bdd.reporting.sample import TYPO, Run, run_sample

KIT = CompatibilityKit()
OF_THE_KIT = ["minimal", "rules", "backgrounds", "examples-tables", "data-tables", "doc-strings"]
"""Those that need nothing of Cucumber which pytest-bdd lacks, such as retries and pending steps."""

STEPS = Path(__file__).with_name("kit_steps.py").read_text(encoding="utf-8")
INI = """[pytest]
addopts = --strict-config --strict-markers -p no:cacheprovider
bdd_then_required = false
bdd_tags =
    passing: of the kit
    failing: of the kit
    some-tag: of the kit
"""

Messages = list[dict[str, Any]]


def messages_in(file: Path) -> Messages:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def messages_of(run: Run) -> Messages:
    return messages_in(run.directory / "reports" / "cucumber-messages.ndjson")


def all_of(messages: Messages, kind: str) -> list[dict[str, Any]]:
    return [message[kind] for message in messages if kind in message]


def told(messages: Messages, kind: str) -> list[Any]:
    """Messages of a kind without what every implementation chooses for itself."""
    return [bare(each) for each in all_of(messages, kind)]


def bare(value: Any) -> Any:
    if isinstance(value, list):
        return [bare(each) for each in value]
    if not isinstance(value, dict):
        # Gherkin's parsers differ in the spaces at the end of a description.
        return value.rstrip() if isinstance(value, str) else value
    own = ("id", "Id", "Ids", "uri", "timestamp", "duration")
    return {key: bare(each) for key, each in value.items() if not key.endswith(own)}


def outcomes(messages: Messages) -> dict[str, list[str]]:
    """The statuses of the steps of each scenario, by its name and line."""
    pickles = {each["id"]: each for each in all_of(messages, "pickle")}
    names = {
        each["id"]: "{name}:{location[line]}".format(**pickles[each["pickleId"]])
        for each in all_of(messages, "testCase")
    }
    cases = {each["id"]: names[each["testCaseId"]] for each in all_of(messages, "testCaseStarted")}
    found: dict[str, list[str]] = {name: [] for name in cases.values()}
    for each in all_of(messages, "testStepFinished"):
        found[cases[each["testCaseStartedId"]]].append(each["testStepResult"]["status"])
    return found


@pytest.fixture(scope="module", params=OF_THE_KIT)
def kit(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Messages, Messages]:
    """What we and what the kit make of one of its features."""
    name = request.param
    folder = KIT.feature_code_for(name)
    files = {
        "pytest.ini": INI,
        "lending_steps.py": STEPS,
        f"features/{name}.feature": (folder / f"{name}.feature").read_text(encoding="utf-8"),
    }
    run = run_sample(tmp_path_factory.mktemp(name), files, "features", "-n2")
    return messages_of(run), messages_in(folder / f"{name}.ndjson")


@pytest.mark.parametrize("kind", ["source", "gherkinDocument", "pickle", "testCaseFinished"])
def test_the_file_is_read_as_the_kit_reads_it(kit: tuple[Messages, Messages], kind: str) -> None:
    ours, expected = kit
    assert told(ours, kind) == told(expected, kind)


def test_every_step_ends_as_in_the_kit(kit: tuple[Messages, Messages]) -> None:
    ours, expected = kit
    assert outcomes(ours) == outcomes(expected)
    success = [each["success"] for each in all_of(ours, "testRunFinished")]
    assert success == [each["success"] for each in all_of(expected, "testRunFinished")]


def test_every_kind_of_message_is_there_as_often_as_in_the_kit(
    kit: tuple[Messages, Messages],
) -> None:
    ours, expected = ([next(iter(each)) for each in messages] for messages in kit)
    of_project = {"stepDefinition"}  # ours has the steps of all features
    kinds = [Counter(kind for kind in each if kind not in of_project) for each in (ours, expected)]
    assert kinds[0] == kinds[1]


def test_the_values_of_steps_are_marked_as_in_the_kit(kit: tuple[Messages, Messages]) -> None:
    def values(messages: Messages) -> list[Any]:
        steps = [step for case in all_of(messages, "testCase") for step in case["testSteps"]]
        lists = [each for step in steps for each in step["stepMatchArgumentsLists"]]
        return [
            (argument["group"]["start"], argument["group"]["value"].strip('"'))
            for each in lists
            for argument in each["stepMatchArguments"]
        ]

    ours, expected = kit
    quoted = ["backgrounds"]  # Cucumber's own {string} has a group inside its quotes
    if not any(name in json.dumps(expected[1]) for name in quoted):
        assert Counter(values(ours)) == Counter(values(expected))


def test_every_line_is_an_envelope_of_the_official_package(run: Run) -> None:
    for message in messages_of(run):
        envelope = message_converter.from_dict(message, Envelope)
        assert message_converter.to_dict(envelope) == message


def ids_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "id" in value:
            yield value["id"]
        for each in value.values():
            yield from ids_of(each)
    elif isinstance(value, list):
        for each in value:
            yield from ids_of(each)


def references_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            if key.endswith("Id"):
                yield each
            elif key.endswith("Ids"):
                yield from each
            else:
                yield from references_of(each)
    elif isinstance(value, list):
        for each in value:
            yield from references_of(each)


def test_every_id_is_there_once_and_known_before_it_is_referred_to(run: Run) -> None:
    seen: set[str] = set()
    for message in messages_of(run):
        new = list(ids_of(message))
        assert not seen & set(new)
        assert len(set(new)) == len(new)
        seen |= set(new)
        if "pickle" not in message:
            assert set(references_of(message)) <= seen
    assert len(seen) > 100


def test_every_scenario_is_there_however_many_processes_ran_it(run: Run) -> None:
    messages = messages_of(run)
    assert len(all_of(messages, "testCaseStarted")) == len(run.results)
    assert len(all_of(messages, "testCaseFinished")) == len(run.results)
    names = {each["name"] for each in all_of(messages, "pickle")}
    assert names == set(run.results)
    (finished,) = all_of(messages, "testRunFinished")
    assert finished["success"] is False


def test_what_is_around_the_steps_is_told_as_hooks(run: Run) -> None:
    found = {name.rpartition(":")[0]: each for name, each in outcomes(messages_of(run)).items()}
    broken = found["A broken promise is told in words"]
    assert broken == ["PASSED", "PASSED", "FAILED", "SKIPPED", "PASSED"]
    assert found["The cellar is under water"] == ["FAILED", "SKIPPED", "SKIPPED"]
    assert found["The door does not close"][-1] == "FAILED"
    assert set(found["Closed on Sundays"]) == {"SKIPPED"}


def test_a_failure_has_its_words_and_evidence_its_step(run: Run) -> None:
    messages = messages_of(run)
    failed = [
        each["testStepResult"]
        for each in all_of(messages, "testStepFinished")
        if each["testStepResult"]["status"] == "FAILED"
    ]
    assert any("expected: 3 books" in each["message"] for each in failed)
    steps = {step["id"] for case in all_of(messages, "testCase") for step in case["testSteps"]}
    drawn = [each for each in all_of(messages, "attachment") if "svg" in each["mediaType"]]
    assert drawn
    assert all(each["testStepId"] in steps for each in drawn)


def test_a_file_that_cannot_be_read_is_a_parse_error(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    text = TYPO.replace("  Scenaro: Nobody would miss it\n", "  Scenario: Missed\n    Nonsense\n")
    files = {"features/hasty.feature": text.replace("Nonsense", "Given a\n    Nonsense")}
    run = run_sample(tmp_path_factory.mktemp("unreadable"), files, "features")
    (error,) = all_of(messages_of(run), "parseError")
    assert error["source"]["location"]["line"] == 4
