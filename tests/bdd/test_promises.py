"""What the features promise, and which faults their scenarios notice."""

from pathlib import Path

import pytest

from bdd import Fault
from bdd.language.promises import Promise, Reference, promises_of
from bdd.language.promises_page import UNBROKEN, as_markdown
from tests.bdd.conftest import CheckText

FEATURE = """\
@issue:SHOP-1
Feature: Basket

  Scenario: Below no Rule
    Given a basket

  Rule: Fruit | keeps

    @link:https://example.org/fruit
    Scenario: Apples keep
      Given a basket

    Scenario Outline: <fruit> keep
      Given a basket
      Examples:
        | fruit |
        | pears |
        | figs  |

  Rule: Bread does not keep

    Scenario: Bread goes stale
      Given a basket
"""

PAGE = Path("docs", "promises.md")


def noticed(name: str, *scenarios: str) -> Fault:
    nodes = frozenset(f"basket.feature::{each}" for each in scenarios)
    return Fault(name, f"{name} is told.", nodes)


APPLES = noticed("rot", "Apples keep", "<fruit> keep")
BOTH = noticed("flood", "Apples keep", "Bread goes stale")
GONE = noticed("old", "Apples keep", "A scenario that is gone")


@pytest.fixture
def promises(check_text: CheckText) -> list[Promise]:
    return promises_of([check_text(FEATURE)])


def test_a_promise_is_a_rule_with_its_scenarios_an_outline_counts_once(
    promises: list[Promise],
) -> None:
    assert [(each.rule, each.scenarios) for each in promises] == [
        ("", ("Below no Rule",)),
        ("Fruit | keeps", ("Apples keep", "<fruit> keep")),
        ("Bread does not keep", ("Bread goes stale",)),
    ]


def test_tags_lead_to_issues_and_links(promises: list[Promise]) -> None:
    issue, link = Reference("SHOP-1"), Reference("example.org/fruit", "https://example.org/fruit")
    assert [set(each.references) for each in promises] == [{issue}, {issue, link}, {issue}]


def test_a_fault_is_noticed_alone_if_no_other_promise_notices_it(promises: list[Promise]) -> None:
    faults = [APPLES, BOTH, GONE]
    none, fruit, bread = promises
    assert (none.noticed(faults), none.noticed_alone(faults)) == ([], [])
    assert (fruit.noticed(faults), fruit.noticed_alone(faults)) == (faults, [APPLES])
    assert (bread.noticed(faults), bread.noticed_alone(faults)) == ([BOTH], [])


def test_the_page_marks_what_no_fault_has_broken(promises: list[Promise]) -> None:
    page = as_markdown(promises, [APPLES, BOTH], PAGE)
    assert "3 promises, 4 scenarios, 2 faults. 1 promise that no fault has broken." in page
    assert f"| (no Rule)<br>SHOP-1 | Below no Rule | {UNBROKEN} | 0 |" in page
    assert (
        r"| Fruit \| keeps<br>SHOP-1<br>[example.org/fruit](https://example.org/fruit) "
        r"| Apples keep<br>\<fruit\> keep | rot is told. (`rot`) | 1 |"
    ) in page
    assert "| Bread does not keep<br>SHOP-1 | Bread goes stale | none | 1 |" in page
    assert "[basket.feature](../basket.feature)" in page


def test_without_any_faults_tried_the_page_says_nothing_of_them(promises: list[Promise]) -> None:
    page = as_markdown(promises, None, PAGE)
    assert "| Bread does not keep<br>SHOP-1 | Bread goes stale |\n" in page
    assert "fault" not in page
