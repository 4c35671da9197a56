"""The tables for people."""

import json
import re
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from faults.__main__ import JSON, MARKDOWN
from faults.catalogue import CATALOGUE
from faults.mutation.__main__ import PAGE
from faults.proof import Finding, Proof, Verdict
from faults.report import as_html, as_json, as_markdown, in_full, in_short, scenario_rows
from faults.trial import ROOT, Failure, Trial
from tests.faults.samples import (
    FAULT,
    NAMED,
    OTHER_ROW,
    RIGHT,
    UNNAMED,
    UNRELATED,
    finding,
    proof_of,
)

SAID = Failure("placing: A <side> | of <b>", "expected *BUY* | got <SELL>")


def full_proof() -> Proof:
    trial = Trial((SAID.scenario,), (SAID,))
    return proof_of(*(Finding(fault, trial) for fault in CATALOGUE.values()))


def test_every_fault_has_a_row_in_both_tables() -> None:
    markdown, html = as_markdown(full_proof()), as_html(full_proof())
    for name in CATALOGUE:
        assert f"| `{name}` |" in markdown
        assert f"<code>{name}</code>" in html


def test_no_page_tells_where_it_was_made() -> None:
    folder = Path(tempfile.gettempdir(), "tmp1a2b")
    said = f"{sys.executable} {folder / 'serve.py'} in {ROOT}: it ended"
    trial = Trial((SAID.scenario,), (replace(SAID, message=said),))
    markdown = as_markdown(proof_of(*(Finding(fault, trial) for fault in CATALOGUE.values())))
    assert "serve.py in …: it ended" in markdown
    assert not any(str(place) in markdown for place in (sys.prefix, folder, ROOT))


@pytest.mark.parametrize("page", [MARKDOWN, PAGE], ids=["faults", "mutants"])
def test_no_published_page_tells_where_it_was_made(page: Path) -> None:
    assert not re.search(r"/(tmp|home|root|work|Users)/", page.read_text("utf-8"))


def test_the_published_table_has_a_row_for_every_fault_and_no_other() -> None:
    names = re.findall(r"^\| `([a-z0-9-]+)` \|", MARKDOWN.read_text("utf-8"), re.MULTILINE)
    assert set(names) == set(CATALOGUE), "run: python -m faults"


def test_the_promises_name_no_fault_that_is_gone() -> None:
    told = json.loads(JSON.read_text("utf-8"))["faults"]
    assert {each["name"] for each in told} <= set(CATALOGUE), "run: python -m faults"


def test_what_a_scenario_says_cannot_break_the_tables() -> None:
    markdown, html = as_markdown(full_proof()), as_html(full_proof())
    assert r"placing: A \<side\> \| of \<b\>" in markdown
    assert "&lt;SELL&gt;" in html
    assert "<SELL>" not in html


def test_a_scenario_is_judged_by_its_rarest_fault() -> None:
    rows = scenario_rows(proof_of(finding(RIGHT, OTHER_ROW)))
    assert rows == [
        ("placing: Nothing is bought", 1, "zero-accepted"),
        ("listing: Lists are full", 0, ""),
    ]


def test_programs_learn_which_scenarios_noticed_each_fault() -> None:
    data = json.loads(as_json(proof_of(finding(RIGHT, OTHER_ROW, UNRELATED))))
    assert data == {
        "faults": [
            {
                "name": "zero-accepted",
                "breaks": "A quantity is greater than 0.",
                "noticed_by": [
                    "features/listing.feature::Lists are full",
                    "features/placing.feature::Nothing is bought",
                ],
            }
        ]
    }


def test_one_fault_in_short_shows_what_tells_most() -> None:
    text = in_short(finding(RIGHT, UNRELATED))
    assert Verdict.CAUGHT in text
    assert f"{RIGHT.scenario} and 1 more" in text
    assert f"first cause: {NAMED}" in text
    doubtful = in_short(finding(RIGHT, causes=(UNNAMED, NAMED)))
    assert f"first cause: {UNNAMED}, and not {FAULT.rule}" in doubtful
    assert RIGHT.message in text


def test_one_fault_in_full_shows_every_failure() -> None:
    text = in_full(finding(RIGHT, UNRELATED))
    assert Verdict.CAUGHT in text
    assert RIGHT.scenario in text
    assert UNRELATED.message in text
