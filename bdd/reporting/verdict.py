"""The verdict of a run as data, for programs: `verdict.json`, and `verdict.md` for a summary.

The format is in `verdict.schema.json`, beside this module.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from bdd.reporting.causes import Cause
from bdd.reporting.evidence import NOT_OFFERED, STATUSES, Status
from bdd.reporting.results import RESULTS, Results
from bdd.reporting.words import broken_promises, cause_in_words, plural

SCHEMA = Path(__file__).with_name("verdict.schema.json")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the option for the file."""
    parser.getgroup("bdd").addoption(
        "--verdict",
        metavar="FILE",
        help="write the verdict and its causes to this JSON file, and as Markdown beside it",
    )


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Writes the files, where the records of all processes are."""
    file = session.config.getoption("--verdict")
    if not file or RESULTS not in session.config.stash:
        return
    results = session.config.stash[RESULTS]
    verdict = verdict_of(results, session.exitstatus)
    path = Path(file)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(verdict, indent=2, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
    page = as_markdown(verdict, results.causes)
    path.with_suffix(".md").write_text(page, encoding="utf-8", newline="\n")


def verdict_of(results: Results, exit_code: int) -> dict[str, Any]:
    """The verdict as plain data; `exit_code` is pytest's, which knows of what is no scenario."""
    causes, counts = results.causes, results.counts
    ended_well = exit_code in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
    held = "passed" if counts["passed"] else "nothing ran"
    data: dict[str, Any] = {
        "verdict": "failed" if causes or not ended_well else held,
        "causes": [_cause(cause) for cause in causes],
    }
    data.update((_key(status), number) for status, number in counts.items())
    return data


def as_markdown(verdict: Mapping[str, Any], causes: Sequence[Cause]) -> str:
    """The verdict as a short page."""
    counts = ", ".join(
        f"{verdict[_key(status)]} {status}"
        for status in STATUSES
        if status != NOT_OFFERED or verdict[_key(status)]
    )
    head = broken_promises(causes) or f"The verdict: {verdict['verdict']}"
    parts = [f"## {head}", f"{counts}."]
    for cause in causes:
        scenarios = "\n".join(
            f"- {each.name} (`{each.file}:{each.line}`)" for each in cause.scenarios
        )
        parts += [
            f"### {cause.rule or cause.finding}",
            f"```text\n{cause_in_words(cause)}\n```",
            f"<details><summary>{plural(len(cause.scenarios), 'scenario')}</summary>\n\n"
            f"{scenarios}\n\n</details>",
        ]
    return "\n\n".join(parts) + "\n"


def _key(status: Status) -> str:
    return status.replace(" ", "_")


def _cause(cause: Cause) -> dict[str, Any]:
    return {
        "feature": cause.feature,
        "rule": cause.rule,
        "category": cause.category,
        "finding": cause.finding,
        "expected": cause.expected,
        "got": cause.got,
        "evidence": list(cause.evidence),
        "also": list(cause.also),
        "scenarios": [
            {"name": each.name, "file": each.file, "line": each.line, "id": each.nodeid}
            for each in cause.scenarios
        ],
    }
