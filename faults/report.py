"""What the proof found: tables in Markdown and HTML, one fault in full, and data for programs."""

import json
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import jinja2

from faults.catalogue import GROUPS
from faults.proof import Finding, Proof, without_row
from faults.trial import ROOT

TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=jinja2.select_autoescape(["html.jinja"]),
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
)


_TEMPORARY = rf"{re.escape(tempfile.gettempdir())}[/\\][^/\\\s]+"
_PLACES = re.compile("|".join([*map(re.escape, (sys.prefix, str(ROOT))), _TEMPORARY]))


def _cell(text: str) -> str:
    """Text as it may stand in a cell of a Markdown table, without places of this machine."""
    text = _PLACES.sub("…", text)
    for character in "\\|<>*_`[":
        text = text.replace(character, f"\\{character}")
    return text


def _cause(finding: Finding) -> str:
    """The first cause, and how many others there are; in doubt the promise that it misses."""
    others = len(finding.trial.causes) - 1
    more = f" and {others} more" if others > 0 else ""
    return finding.first_cause + more + _doubt(finding)


TEMPLATES.filters.update(cell=_cell, cause=_cause)


def as_markdown(proof: Proof) -> str:
    """The tables as a page of Markdown."""
    return _page("faults.md.jinja", proof)


def as_html(proof: Proof) -> str:
    """The tables as one self-contained page."""
    return _page("faults.html.jinja", proof)


def as_json(proof: Proof) -> str:
    """Which scenarios noticed each fault, by pytest's names without the values of a row."""
    faults = [_noticed(finding) for finding in proof.findings]
    return json.dumps({"faults": faults}, indent=1, ensure_ascii=False) + "\n"


def _noticed(finding: Finding) -> dict[str, object]:
    nodes = {node_of(failure.scenario) for failure in finding.trial.failures}
    fault = finding.fault
    return {"name": fault.name, "breaks": fault.breaks, "noticed_by": sorted(nodes)}


def node_of(scenario: str) -> str:
    """Pytest's name for a scenario, given as `file: name`, without the values of a row."""
    file, _, name = without_row(scenario).partition(": ")
    return f"features/{file}.feature::{name}"


def in_short(finding: Finding) -> str:
    """One faulty server's row of the table, for the console."""
    return (
        f"{finding.fault.name}: {finding.verdict} ({finding.trial.seconds:.0f} s)\n"
        f"           it breaks:   {finding.fault.breaks}\n"
        f"           first cause: {finding.first_cause}{_doubt(finding)}\n"
        f"           noticed by:  {finding.noticed_by}\n"
        f"           which says:  {finding.says or 'nothing'}"
    )


def _doubt(finding: Finding) -> str:
    return "" if finding.names_rule else f", and not {finding.fault.rule}"


def in_full(finding: Finding) -> str:
    """All that the features said of one faulty server."""
    fault, trial = finding.fault, finding.trial
    return "\n".join(
        [
            trial.trouble or trial.output,
            f"{fault.name}: {finding.verdict}",
            f"It breaks: {fault.breaks}",
            f"About it:  {'; '.join(fault.about)}",
            f"Promise:   {fault.rule}",
            *(f"Cause:     {each}" for each in trial.causes),
            *(f"Failed:    {each.scenario}\n           {each.message}" for each in trial.failures),
        ]
    )


def _page(template: str, proof: Proof) -> str:
    by_name = {finding.fault.name: finding for finding in proof.findings}
    groups = {
        title: found
        for title, faults in GROUPS.items()
        if (found := [by_name[each.name] for each in faults if each.name in by_name])
    }
    return TEMPLATES.get_template(template).render(
        proof=proof, groups=groups, scenarios=scenario_rows(proof)
    )


def scenario_rows(proof: Proof) -> Sequence[tuple[str, int, str]]:
    """For each scenario: how many faults it noticed, and the one that fewest others notice.

    Rows of an outline count as one scenario.
    """
    noticed = proof.noticed_by_scenario
    rarity = {
        name: sum(name in names for names in noticed.values())
        for names in noticed.values()
        for name in names
    }
    return [
        (scenario, len(names), min(sorted(names), key=rarity.__getitem__, default=""))
        for scenario, names in noticed.items()
    ]
