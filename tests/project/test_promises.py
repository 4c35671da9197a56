"""Findings name Rules that the features have."""

import re
from pathlib import Path

import pytest

from bdd import Rule
from step_defs.world import rules

ROOT = Path(__file__).parents[2]
NAMED = {name: value for name, value in vars(rules).items() if isinstance(value, Rule)}


def rules_of_features() -> set[Rule]:
    found = set()
    for file in (ROOT / "features").glob("*.feature"):
        text = file.read_text("utf-8")
        [feature] = re.findall(r"^Feature: (.*)$", text, re.MULTILINE)
        titles = re.findall(r"^  Rule: (.*)$", text, re.MULTILINE)
        found |= {Rule(feature, title) for title in titles}
    return found


@pytest.mark.parametrize("name", NAMED)
def test_every_rule_that_a_finding_names_is_in_the_features(name: str) -> None:
    assert NAMED[name] in rules_of_features()


@pytest.mark.parametrize("name", NAMED)
def test_every_named_rule_is_of_use(name: str) -> None:
    glue = [path.read_text("utf-8") for path in (ROOT / "step_defs").rglob("*.py")]
    assert any(f"rules.{name}" in text for text in glue)
