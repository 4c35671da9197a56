"""The features judge five servers that none of them was written for, each in its own dialect.

Each correct server keeps what it offers; each faulty version is noticed, in its dialect, by the
scenario that is about what it breaks.
"""

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.dialects.exchange import Fault

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
PUBLISHED = {"original": ROOT / "dialects" / "original-task.toml"}
"""Dialects that stand elsewhere than beside these tests."""

FAULTS = [
    ("counting", Fault.LOSES_EXECUTIONS, "response_times", "each executed after"),
    ("counting", Fault.EXECUTES_CANCELLED, "cancelling_orders", "never executed"),
    ("lowercase", Fault.CANCELS_EXECUTED, "cancelling_orders", "executed order cannot"),
    ("lowercase", Fault.ACCEPTS_ZERO, "placing_orders", "zero quantity"),
    ("snapshots", Fault.SKIPS_SECOND, "order_events", "Simultaneous or different or Five"),
    ("snapshots", Fault.REPEATS_EXECUTED, "order_events", "No event follows"),
    ("nested", Fault.LOSES_LAST, "listing_orders", "listed, oldest first"),
    ("nested", Fault.SHOWS_OLD, "viewing_orders", "executed order is shown"),
    ("original", Fault.ACCEPTS_ZERO, "placing_orders", "zero quantity"),
    ("original", Fault.REPEATS_EXECUTED, "order_events", "No event follows"),
]
CORE = {
    "placing_orders": "valid order or zero quantity",
    "cancelling_orders": "PENDING order is cancelled or executed order cannot",
    "order_events": "PENDING arrives or Five",
    "listing_orders": "listed, oldest first or remains",
    "viewing_orders": "executed order is shown",
    "event_replay": "missed",
}


def judged(
    tmp_path: Path,
    name: str,
    files: list[str],
    words: str,
    *fault: str,
    dialect: Path | None = None,
) -> dict[str, str]:
    """What became of each scenario: passed, failed or skipped with its reason."""
    junit = tmp_path / "junit.xml"
    command = [sys.executable, "-m", f"tests.dialects.servers.{name}", *fault]
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", *(f"features/{file}.feature" for file in files)),
            *("-k", words, "--dialect", str(dialect or PUBLISHED.get(name, HERE / f"{name}.toml"))),
            *("--server-command", subprocess.list2cmdline(command)),
            *("--delay-min", "0.2", "--delay-max", "0.6", "-n", "0", "-o", "bdd_reports="),
            *("-p", "no:cacheprovider", f"--junitxml={junit}"),
        ],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert junit.exists(), done.stdout + done.stderr
    return {
        str(case.get("name")): _outcome(case) for case in ElementTree.parse(junit).iter("testcase")
    }


def _outcome(case: ElementTree.Element) -> str:
    for name in ("failure", "error", "skipped"):
        if (found := case.find(name)) is not None:
            return f"{name}: {found.get('message', '')}"
    return "passed"


def _words(expression: str) -> str:
    """pytest's -k takes single words: those of a phrase must all be there."""
    phrases = (phrase.split() for phrase in expression.replace(",", "").split(" or "))
    return " or ".join(f"({' and '.join(words)})" for words in phrases)


@pytest.mark.parametrize("name", ["counting", "lowercase", "snapshots", "nested", "original"])
def test_a_correct_server_is_blamed_for_nothing(tmp_path: Path, name: str) -> None:
    outcomes = judged(tmp_path, name, list(CORE), _words(" or ".join(CORE.values())))
    failed = {scenario: said for scenario, said in outcomes.items() if "passed" not in said}
    missing = {scenario: said for scenario, said in failed.items() if "not offered" in said}
    assert failed == missing
    assert any("replay of past events (" in said for said in missing.values())
    assert len(outcomes) - len(missing) >= 8


@pytest.mark.parametrize(("name", "fault", "file", "words"), FAULTS)
def test_a_faulty_server_is_noticed(
    tmp_path: Path, name: str, fault: Fault, file: str, words: str
) -> None:
    outcomes = judged(tmp_path, name, [file], _words(words), "--fault", fault.name)
    assert any(said.startswith("failure") for said in outcomes.values()), outcomes


def test_what_is_declared_missing_and_is_there_is_a_finding(tmp_path: Path) -> None:
    dialect = tmp_path / "modest.toml"
    dialect.write_text(
        f"extends = '{(HERE / 'counting.toml').as_posix()}'\n"
        "[missing]\nfractions = 'nobody has tried'\n",
        encoding="utf-8",
    )
    outcomes = judged(tmp_path, "counting", ["what_is_offered"], "missing", dialect=dialect)
    (said,) = outcomes.values()
    assert said.startswith("failure")
    assert "quantities with decimal places" in said or "there after all" in said
