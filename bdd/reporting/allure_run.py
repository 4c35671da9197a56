"""What Allure wants to know once of a whole run: environment, categories, executor.

The formats: https://allurereport.org/docs/how-it-works/#additional-files
"""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bdd.reporting.evidence import NOT_OFFERED

SUITE_ERROR = "suite error"
BREAKS = "breaks: "


def write_run(
    directory: Path,
    environment: Mapping[str, str],
    promises: Sequence[str],
    categories: Sequence[str],
    executor: Mapping[str, str],
) -> None:
    """Writes the three files beside the results."""
    directory.mkdir(parents=True, exist_ok=True)
    _write(directory / "environment.properties", properties(environment))
    _write(directory / "categories.json", _json(matching(promises, categories)))
    _write(directory / "executor.json", _json(executor))


def properties(values: Mapping[str, str]) -> str:
    """The values in the format of Java's properties files."""
    lines = (f"{_key(name)} = {_escaped(value)}\n" for name, value in values.items())
    return "".join(lines)


def matching(promises: Sequence[str], categories: Sequence[str]) -> list[dict[str, Any]]:
    """Allure's rules: the broken promises, which end a message, then the kinds of failures.

    A failure is of the kind that its message begins with in brackets.
    """
    broken = [(each, rf"[\s\S]*{BREAKS}{_pattern(each)}$") for each in promises]
    kinds = [(each, rf"^\[{_pattern(each)}\][\s\S]*") for each in categories]
    rules: list[dict[str, Any]] = [
        {"name": name, "messageRegex": pattern} for name, pattern in [*broken, *kinds]
    ]
    absent = rf"^{NOT_OFFERED}( by [^:]+)?: [\s\S]*"
    return [
        *rules,
        {"name": NOT_OFFERED, "matchedStatuses": ["skipped"], "messageRegex": absent},
        {"name": SUITE_ERROR, "matchedStatuses": ["broken"]},
    ]


def executor_of(environ: Mapping[str, str]) -> dict[str, str]:
    """Who ran it: GitHub's server, as its variables tell, or somebody's own machine."""
    if "GITHUB_RUN_ID" not in environ:
        return {"name": "own machine", "type": "local"}
    repository = f"{environ['GITHUB_SERVER_URL']}/{environ['GITHUB_REPOSITORY']}"
    return {
        "name": "GitHub Actions",
        "type": "github",
        "buildName": f"{environ['GITHUB_WORKFLOW']} #{environ['GITHUB_RUN_NUMBER']}",
        "buildOrder": environ["GITHUB_RUN_NUMBER"],
        "buildUrl": f"{repository}/actions/runs/{environ['GITHUB_RUN_ID']}",
    }


def _key(name: str) -> str:
    return re.sub(r"([\s:=#!])", r"\\\1", _escaped(name))


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace("\n", r"\n")


def _pattern(name: str) -> str:
    """The name as a regular expression that Java and JavaScript read alike."""
    return re.sub(r"[][(){}.*+?^$|\\]", r"\\\g<0>", name)


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")
