"""The conformance report: a page about the tested system, and a row for a table of several.

It says whether the core is kept, and of each thing that not every system has whether it is offered,
missing or broken.
"""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from bdd.language.checks import checker
from bdd.language.runs import Run
from bdd.language.tags import needs
from bdd.reporting.capabilities.offered import reason_against
from bdd.reporting.capabilities.standing import Conformance, Part, Standing, conformance_of
from bdd.reporting.environment import environment, title
from bdd.reporting.page import STYLE, TEMPLATES
from bdd.reporting.results import RESULTS, Results

MARKS = {
    Standing.KEPT: "✓",
    Standing.BROKEN: "✗",
    Standing.MISSING: "○",
    Standing.NOT_TRIED: "\N{EN DASH}",
}
SAID = {
    Standing.KEPT: "offered",
    Standing.BROKEN: "broken",
    Standing.MISSING: "missing",
    Standing.NOT_TRIED: "not tried",
}
"""How a capability stands, in a word."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the option for the file."""
    parser.getgroup("bdd").addoption(
        "--conformance",
        metavar="FILE",
        help="write how the tested system stands to this HTML file, and as a row of Markdown "
        "beside it: the core, and what is offered, missing or broken",
    )


def pytest_bdd_meanwhile(session: pytest.Session) -> None:
    """Reads the features that were not asked for."""
    if session.config.getoption("--conformance"):
        _planned(session.config, {item.path for item in session.items})


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Writes the files, where the records of all processes are."""
    config = session.config
    file = config.getoption("--conformance")
    if not file or RESULTS not in config.stash or not config.stash[RESULTS].records:
        return
    results = config.stash[RESULTS]
    conformance = _conformance(config, results)
    path = Path(file)
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = environment(config, results.begun)
    page = as_html(conformance, title(config), lines)
    path.write_text(page, encoding="utf-8", newline="\n")
    path.with_suffix(".md").write_text(as_markdown(conformance), encoding="utf-8", newline="\n")


def _conformance(config: pytest.Config, results: Results) -> Conformance:
    declared = needs(config)
    reasons = {name: reason_against(config, name) for name in declared}
    name: str | None = config.hook.pytest_bdd_tested_system(config=config)
    return conformance_of(
        name or config.rootpath.name,
        [scenario for feature in results.features() for scenario in feature.scenarios],
        _planned(config, {config.rootpath / feature.file for feature in results.features()}),
        declared,
        {name: reason for name, reason in reasons.items() if reason is not None},
    )


def _planned(config: pytest.Config, ran: set[Path]) -> list[Run]:
    """All that the features hold, of which perhaps only a part was asked for."""
    folders = {file.parent for file in ran}
    files = ran.union(*(folder.glob("*.feature") for folder in folders))
    return [run for file in sorted(files) for run in checker(config).planned(file)]


def as_html(conformance: Conformance, about: str, lines: Mapping[str, str]) -> str:
    """The page; it needs nothing beside it."""
    counted = Counter(each.standing for each in conformance.capabilities)
    return TEMPLATES.get_template("conformance.html.jinja").render(
        conformance=conformance,
        about=about,
        lines=lines,
        marks_of=MARKS,
        said=SAID,
        detail=detail,
        counts=", ".join(f"{counted[each]} {SAID[each]}" for each in Standing if counted[each]),
        row=as_markdown(conformance),
        style=STYLE.read_text(encoding="utf-8"),
    )


def detail(part: Part) -> str:
    """What is to be said of it beside how it stands."""
    if part.cause is not None:
        return f"{part.cause.promise or 'No promise'}: {part.cause.finding}"
    if part.reason:
        return part.reason
    counts = (f"{number} {status}" for status, number in part.counts.items() if number)
    return f"scenarios: {', '.join(counts)}"


def as_markdown(conformance: Conformance) -> str:
    """A table with one row, of which more can be put below each other."""
    columns = [SAID[each] for each in Standing]
    core = conformance.core
    said = "" if core.standing is Standing.KEPT else f" {detail(core)}"
    cells = [conformance.system, MARKS[core.standing] + said]
    cells += [_cell(conformance, each) for each in Standing]
    head = ["tested system", "core", *columns]
    rows = [head, ["---"] * len(head), [_escaped(cell) for cell in cells]]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _cell(conformance: Conformance, standing: Standing) -> str:
    parts = conformance.standing(standing)
    if standing is Standing.KEPT or not parts:
        return str(len(parts))
    causes = standing is Standing.BROKEN
    named = (_name(each) + (f" ({detail(each)})" if causes else "") for each in parts)
    return f"{len(parts)}: {', '.join(named)}"


def _name(part: Part) -> str:
    return part.name.replace("_", " ")


def _escaped(text: str) -> str:
    return text.replace("|", r"\|").replace("\n", " ")
