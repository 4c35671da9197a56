"""What looks like a mistake and is none."""

from pathlib import Path

import pytest

from bdd.language.checks import check
from bdd.language.definitions import StepDefinition
from bdd.language.document import read
from tests.bdd.conftest import CheckText, Project
from tests.bdd.samples import GOOD

pytest_plugins = ["pytester"]

GERMAN = """\
# language: de
Funktionalität: Körbe
  Grundlage:
    Angenommen an empty basket
  Szenariogrundriss: Aus dem Korb <gegessen> essen
    Angenommen a basket with 3 cucumbers
    Und these vegetables are in the basket:
      | vegetable |
      | leeks     |
    Wenn Ann eats <gegessen> cucumbers
    Dann the basket holds <übrig> cucumbers
    Beispiele:
      | gegessen | übrig |
      | 1        | 2     |
"""

DESCRIBED = """\
@smoke
Feature: Baskets
  The basket holds what it was given. Note: it is small.
  When a basket is full, nothing more fits; example given below.
  They say: the more the better
  The role of the cook: none.

  Some scenarios differ only in their numbers.
  Scenarios that an analyst writes say what, and not how.
  Example given by a trader
  Rule of thumb: none. Examples of it

  # Scenario: not now
  Background: An empty basket
    An ordinary one, as they are sold.
    Given an empty basket

  @severity:minor @issue:BASKET-1 @link:https://example.org/baskets
  Scenario: Reading <b>bold</b> & "quoted"
    The first basket of the day.
    They are fresh.

    * a basket with 3 leeks
    Given a basket with 3 cucumbers
    But a basket with 1 tomatoes
    When Ann eats 1 cucumbers
    And Ann eats 1 leeks
    Then the basket holds 2 cucumbers

  Rule: Labels are exact
    Scenario: Angle brackets in a text
      Given a basket with 3 leeks
      When Ann eats 3 leeks
      Then the label says:
        \"\"\"
        <b>0</b>
        \"\"\"
"""

UNDER_AN_OUTLINE = """\
Feature: Baskets
  Scenario Outline: <name>
    Given a basket with <count> cucumbers
    Then the label says:
      \"\"\"
      <count> <vegetable>
      \"\"\"

    Examples: few
      | name | count | vegetable |
      | one  | 1     | cucumbers |

    @slow
    Examples: many
      | name | count | vegetable |
      | lots | 99    | cucumbers |
"""


@pytest.mark.parametrize(
    "text", [GERMAN, DESCRIBED.replace("    * a basket with 3 leeks\n", ""), UNDER_AN_OUTLINE]
)
def test_sound_features_have_no_problem(text: str, check_text: CheckText) -> None:
    assert check_text(text).told() == ""


def test_a_byte_order_mark_and_windows_lines_are_fine(
    tmp_path: Path, definitions: list[StepDefinition]
) -> None:
    path = tmp_path / "basket.feature"
    path.write_bytes(b"\xef\xbb\xbf" + UNDER_AN_OUTLINE.replace("\n", "\r\n").encode())
    assert check(read(path), path.name, definitions, ["slow"]).told() == ""


def test_lines_are_those_that_editors_count(check_text: CheckText) -> None:
    text = "Feature: Baskets\n  Above\x0cand\x85below.\n\n  Scenario: Later\n"
    assert "basket.feature:4: the Scenario has no steps" in check_text(text).told()


def test_a_project_may_do_without_then(project: Project) -> None:
    project.write("features/eating.feature", GOOD.partition("    Then")[0])
    project.run("--dry-run").stdout.fnmatch_lines(["features/eating.feature:2: *has no Then step*"])
    project.run("--dry-run", "-o", "bdd_then_required=false").stdout.fnmatch_lines(["*no problem"])
