"""Features with one mistake each, and what has to be said of it."""

from dataclasses import dataclass

from tests.bdd.samples import GOOD, OUTLINE, RULES, TABLE


@dataclass(frozen=True)
class Trap:
    """A feature with one mistake; `tells` is all the problems as line and words of them."""

    text: str
    tells: tuple[tuple[int, str], ...]


def trap(text: str, old: str, new: str, *tells: tuple[int, str]) -> Trap:
    assert old in text
    return Trap(text.replace(old, new, 1), tells)


TRAPS = {
    "misspelt Scenario, first in the file": trap(
        GOOD,
        "  Scenario: Eating\n",
        "  Scenaro: Eating\n",
        (2, "meant: Scenario: Eating"),
    ),
    "misspelt Scenario below a complete one": Trap(
        GOOD + "  Senario: Another\n    Given an empty basket\n",
        ((6, "meant: Scenario: Another"),),
    ),
    "Scenario without colon": trap(
        GOOD,
        "Scenario: Eating",
        "Scenario Eating",
        (2, "meant: Scenario: Eating"),
    ),
    "Scenario with a space before its colon": Trap(
        GOOD + "  Scenario : Another\n    Given an empty basket\n",
        ((6, "meant: Scenario: Another"),),
    ),
    "lower case scenario": Trap(
        GOOD + "  scenario: Another\n    Given an empty basket\n",
        ((6, "meant: Scenario: Another"),),
    ),
    "misspelt Rule in a description": trap(
        GOOD, "  Scenario:", "  Ruel: Eaten is gone\n  Scenario:", (2, "meant: Rule: Eaten is gone")
    ),
    "misspelt Background": trap(
        GOOD,
        "  Scenario:",
        "  Backgound:\n    Given an empty basket\n  Scenario:",
        (2, "meant: Background:"),
    ),
    "misspelt Examples": trap(
        OUTLINE,
        "Examples:",
        "Exampels:",
        (6, "meant: Examples:"),
    ),
    "misspelt Given, first in the scenario": trap(
        GOOD, "Given a", "Givn a", (3, "meant: Given a basket with 3 cucumbers")
    ),
    "lower case given, first in the scenario": trap(
        GOOD, "Given a", "given a", (3, "meant: Given a basket with 3 cucumbers")
    ),
    "first step without a keyword": trap(
        GOOD, "Given a", "a", (3, "meant: Given a basket with 3 cucumbers")
    ),
    "first step behind another word": trap(
        GOOD, "Given a", "Suppose a", (3, "meant: Given a basket with 3 cucumbers")
    ),
    "misspelt When": trap(GOOD, "When Ann", "Wehn Ann", (4, "meant: When Ann eats 1 cucumbers")),
    "steps without a scenario": trap(
        RULES,
        "    Scenario: Filled\n",
        "",
        (6, "no scenario in this Rule"),
        (7, "no scenario begins above them"),
    ),
    "Examples without colon": trap(OUTLINE, "Examples:", "Examples", (6, "meant: Examples:")),
    "Rule without colon": trap(
        RULES, "Rule: Baskets can be e", "Rule Baskets can be e", (2, "meant: Rule: Baskets can")
    ),
    "a full stop": trap(GOOD, "2 cucumbers", "2 cucumbers.", (5, "does not end with `.`")),
    "a double space": trap(GOOD, "eats 1", "eats  1", (4, "more than one space after `eats`")),
    "a hard space": trap(GOOD, "eats 1", "eats\u00a01", (4, "another kind after `eats`")),
    "a tab": trap(GOOD, "eats 1", "eats\t1", (4, "there is a tab after `eats`")),
    "a tab beside a space": trap(GOOD, "eats 1", "eats \t1", (4, "there is a tab after `eats`")),
    "a tab behind a keyword": trap(GOOD, "When Ann", "When\tAnn", (4, "a tab after `When`")),
    "a tab behind the first keyword": trap(
        GOOD, "Given a", "Given\ta", (3, "meant: Given a basket with 3 cucumbers")
    ),
    "an invisible character": trap(
        GOOD, "eats 1", "eats\u200b 1", (4, "character (zero width space) after `eats`")
    ),
    "a comment behind a step": trap(
        GOOD, "2 cucumbers", "2 cucumbers # all", (5, "`# all` is no comment")
    ),
    "a capital letter": trap(
        GOOD, "Then the", "Then The", (5, "`The` begins with a capital letter")
    ),
    "a letter that the step does not take": trap(
        GOOD, "Ann eats", "J\u00fcrgen eats", (4, "the letter \u00fc is none that the step takes")
    ),
    "two slips in one step": trap(
        GOOD,
        "Then the basket holds 2 cucumbers",
        "Then The basket holds 2 cucumbers!",
        (5, "meant: Then the basket holds 2 cucumbers"),
    ),
    "a tab where the others have spaces": trap(
        RULES, "    Scenario: Em", "\tScenario: Em", (3, "tabs and spaces are mixed: this line")
    ),
    "a Rule with a tab": trap(
        RULES,
        "  Rule: Baskets can be em",
        "\t\t\t\t\tRule: Baskets can be em",
        (3, "tabs and spaces are mixed: the Rule"),
    ),
    "English steps in another language": Trap(
        "# language: de\n" + GOOD.replace("Feature", "Funktion").replace("Scenario", "Szenario"),
        ((4, "meant: Angenommen a basket with 3 cucumbers"),),
    ),
    "all keywords of another language than the file says": Trap(
        "# language: de\n" + GOOD, ((2, "remove the line `# language: de`, or write"),)
    ),
    "an English step below one of another language": Trap(
        "# language: de\n"
        + GOOD.replace("Feature", "Funktion")
        .replace("Scenario", "Szenario")
        .replace("Given", "Angenommen")
        .replace("When", "Wenn"),
        ((6, "or remove the line `# language: de`"),),
    ),
    "two scenarios with one name": Trap(
        GOOD + GOOD.partition("\n")[2], ((6, "line 2 has a scenario of the same name"),)
    ),
    "one name in two Rules": trap(
        RULES, "Filled", "Emptied", (7, "line 3 has a scenario of the same name")
    ),
    "a scenario without steps": Trap(
        GOOD + "  Scenario: Later\n", ((6, "the Scenario has no steps"),)
    ),
    "a scenario without a Then": Trap(
        GOOD.partition("    Then")[0], ((2, "has no Then step, so nothing is looked at"),)
    ),
    "a scenario with only Given": Trap(
        GOOD.partition("    When")[0] + "    And a basket with 1 leeks\n",
        ((2, "has only Given steps: nothing happens"),),
    ),
    "a Then in the Background only": trap(
        GOOD.partition("    Then")[0],
        "  Scenario:",
        "  Background:\n    Given an empty basket\n    Then the basket holds 0 leeks\n  Scenario:",
        (5, "has no Then step"),
    ),
    "an Outline without a Then": trap(
        OUTLINE.replace("Eating <eaten>", "Eating <eaten> <left>"),
        "    Then the basket holds <left> cucumbers\n",
        "",
        (2, "the Scenario Outline has no Then step"),
    ),
    "a Background without steps": trap(
        GOOD, "  Scenario", "  Background:\n  Scenario", (2, "the Background has no steps")
    ),
    "a feature without scenarios": Trap(
        "Feature: Baskets\n", ((1, "no scenario in this Feature"),)
    ),
    "an empty file": Trap("", ((1, "no feature in this file"),)),
    "comments only": Trap("# Feature: Baskets\n", ((1, "no feature in this file"),)),
    "no Feature line": trap(GOOD, "Feature: Baskets\n", "", (1, "does not begin with `Feature:`")),
    "misspelt Feature": trap(GOOD, "Feature:", "Featur:", (1, "meant: Feature: Baskets")),
    "keywords of another language": trap(
        GOOD, "Feature:", "Funktionalität:", (1, "write `# language: de` as the first line")
    ),
    "an unknown language": Trap("# language: xx\n" + GOOD, ((1, "no such language"),)),
    "a scenario without a name": trap(GOOD, ": Eating", ":", (2, "the Scenario has no name")),
    "And as the first step": trap(GOOD, "Given a", "And a", (3, "it continues nothing")),
    "a second Feature": Trap(GOOD + "Feature: More\n", ((6, "one feature for each file"),)),
    "Examples with a heading only": trap(
        OUTLINE,
        "      | 1     | 2    |\n      | 2     | 1    |\n",
        "",
        (6, "no rows, so nothing runs"),
    ),
    "Examples without a table": Trap(
        OUTLINE.partition("      | eaten")[0],
        ((6, "no rows, so nothing runs"),),
    ),
    "a column named twice": trap(
        OUTLINE,
        "| eaten | left |\n      | 1     | 2    |\n      | 2     | 1    |",
        "| eaten | left | left |\n      | 1     | 2    | 1    |",
        (7, "`left` is there 2 times"),
    ),
    "an unused column": trap(
        OUTLINE,
        "holds <left>",
        "holds 2",
        (7, "no step uses the column `left`"),
    ),
    "an unknown placeholder": trap(
        OUTLINE,
        "eats <eaten>",
        "eats <eatn>",
        (4, "meant: <eaten>"),
    ),
    "a placeholder without Examples": trap(
        GOOD, "holds 2", "holds <left>", (5, "no Examples that fill in <left>")
    ),
    "an Outline without Examples": trap(
        GOOD, "Scenario:", "Scenario Outline:", (2, "the Scenario Outline has no Examples")
    ),
    "rows of different length": trap(
        OUTLINE, "| 1     | 2    |", "| 1     |", (8, "different numbers of cells")
    ),
    "a scenario that slid under a Rule": Trap(
        RULES + "  Scenario: Apart\n    Then the basket holds 0 leeks\n",
        ((10, "belongs to the Rule of line 6, `Baskets can be filled`"),),
    ),
    "a tag with a typo": trap(GOOD, "  Scenario", "  @smok\n  Scenario", (2, "meant: @smoke")),
    "a tag with a typo above Examples": trap(
        OUTLINE, "    Examples", "    @slwo\n    Examples", (6, "meant: @slow")
    ),
    "an unknown severity": trap(
        GOOD, "  Scenario", "  @severity:critcal\n  Scenario", (2, "meant: @severity:critical")
    ),
    "an unknown tag with a value": trap(
        GOOD, "  Scenario", "  @isue:12\n  Scenario", (2, "meant: @issue:12")
    ),
    "an undefined step": trap(
        GOOD, "Ann eats 1 cucumbers", "Ann devours 1 cucumbers", (4, "no step is defined")
    ),
    "a step of another kind": trap(
        GOOD, "Then the", "When the", (5, "this is a Then step (basket_steps.py:")
    ),
    "two definitions for one step": trap(
        GOOD, "Ann eats 1", "Ann washes", (4, "2 step definitions match this step")
    ),
    "an async definition": trap(
        GOOD, "Ann eats 1 cucumbers", "the cook is called", (4, "`async def`")
    ),
    "an unreadable value": trap(
        GOOD, "eats 1", "eats one", (4, "`one` cannot be read as count: it is not a whole number")
    ),
    "an unreadable value in Examples": trap(
        OUTLINE, "| 2     | 1    |", "| two   | 1    |", (9, "write a whole number, such as 3")
    ),
    "the same row twice": trap(
        OUTLINE, "| 2     | 1    |", "| 1     | 2    |", (9, "line 8 has the same values")
    ),
    "a row that no step understands": trap(
        OUTLINE.replace("Given a basket with 3 cucumbers", "Given a basket with 3 <kind>")
        .replace("| left |", "| left | kind |")
        .replace("| 2    |", "| 2    | leeks |"),
        "| 1    |",
        "| 1    | apples |",
        (9, "no step is defined"),
    ),
    "an unknown column": trap(
        TABLE,
        "| vegetable |",
        "| vegtable |",
        (4, "meant: vegetable"),
        (4, "`vegetable` is missing"),
    ),
    "a column twice in a table": trap(
        TABLE,
        "| vegetable | count |\n      | cucumbers | 2     |\n      | leeks     |       |",
        "| vegetable | vegetable |\n      | cucumbers | leeks     |",
        (4, "`vegetable` is there 2 times"),
    ),
    "an unreadable cell": trap(
        TABLE, "| 2     |", "| two   |", (5, "`two` cannot be read as the column `count`")
    ),
    "an empty cell in a required column": trap(
        TABLE, "| leeks     |", "|           |", (6, "write cucumbers, leeks or tomatoes")
    ),
    "a table without rows": trap(
        TABLE,
        "      | cucumbers | 2     |\n      | leeks     |       |\n",
        "",
        (4, "a heading but no rows"),
    ),
    "a missing table": Trap(
        "\n".join(line for line in TABLE.splitlines() if "|" not in line),
        ((3, "this step needs a table"),),
    ),
    "a table below a step that takes none": trap(
        GOOD, "3 cucumbers\n", "3 cucumbers\n      | a |\n", (4, "this step takes no table")
    ),
    "a text below a step that takes none": trap(
        GOOD,
        "3 cucumbers\n",
        '3 cucumbers\n      """\n      a\n      """\n',
        (3, "this step takes no text below it"),
    ),
    "a missing text": trap(
        GOOD,
        "the basket holds 2 cucumbers",
        "the label says:",
        (5, "this step needs a text below it"),
    ),
    "a text that does not end": trap(
        GOOD,
        "the basket holds 2 cucumbers",
        'the label says:\n      """\n      3 leeks',
        (8, "the file ends in the middle"),
    ),
}
