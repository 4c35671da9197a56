"""The run as Cucumber Messages, the format that Cucumber's own reports and tools read.

One JSON document a line, https://github.com/cucumber/messages, written by the controlling process
when all scenarios are recorded, so that it is complete however many processes ran them.
"""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from cucumber_messages import Envelope, message_converter

from bdd.language.checks import checker
from bdd.reporting.cucumber.of_run import run_messages
from bdd.reporting.results import RESULTS


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the name of the file."""
    group = parser.getgroup("feature files")
    group.addoption(
        "--cucumber-messages", metavar="FILE", help="write the run as Cucumber Messages"
    )


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Writes the file, when every worker has finished."""
    config = session.config
    if (file := config.getoption("cucumber_messages")) and RESULTS in config.stash:
        definitions = checker(config).definitions
        write(Path(file), run_messages(config.stash[RESULTS], config.rootpath, definitions))


def write(file: Path, envelopes: Iterable[Envelope]) -> None:
    """Writes one envelope a line."""
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(message_converter.to_dict(each), ensure_ascii=False) for each in envelopes)
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
