"""A step that counts on something that no step before it brings is told before anything runs."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bdd.language.checks import check, checker
from bdd.language.document import read
from bdd.language.tags import declared_tags

HEAD = "Feature: F\n  Scenario: S\n"
TABLE = "| order | side | quantity | symbol |\n| Alpha | buy | 5 | EURUSD |\n"
Tell = Callable[..., list[tuple[int, str, str]]]


@pytest.fixture
def told(pytestconfig: pytest.Config, tmp_path: Path) -> Tell:
    """Lines, mistakes and what was meant in a scenario with these steps, the first in line 3."""

    def told(steps: str, head: str = HEAD) -> list[tuple[int, str, str]]:
        path = tmp_path / "own.feature"
        path.write_text(head + steps, encoding="utf-8")
        tags = declared_tags(pytestconfig)
        found = check(read(path), path.name, checker(pytestconfig).definitions, tags).problems
        return sorted((each.line, each.what, each.meant) for each in found)

    return told


@pytest.mark.parametrize(
    ("steps", "line", "what"),
    [
        ("Then the order is shown as PENDING", 3, "places an order"),
        ("Given an order is placed\nThen the cancel is accepted", 4, "cancels an order"),
        ("When the trader cancels the order\nThen the cancel is accepted", 3, "places an order"),
        ("Given an order is placed\nThen the list is empty", 4, "lists orders"),
        ("Given an order is placed\nThen Zoe receives 5 events, numbered without gaps", 4, "Zoe"),
        ("When Zoe disconnects\nThen the list is empty", 3, "subscribes Zoe to order events"),
        (
            "Given a dedicated server\nThen every order of the burst is accepted, announced as"
            " PENDING and then as EXECUTED",
            4,
            "places a burst of orders",
        ),
        (
            "When the server is restarted\nThen the server exits cleanly within 5 seconds",
            3,
            "starts a dedicated server",
        ),
    ],
)
def test_what_no_step_brings_is_told(told: Tell, steps: str, line: int, what: str) -> None:
    first = told(steps)[0]
    assert first[0] == line
    assert first[1].startswith("no step before this one ")
    assert what in first[1]


def test_a_name_close_to_another_is_asked_back(told: Tell) -> None:
    orders = f"Given these orders:\n{TABLE}Then order Alhpa is shown as PENDING"
    assert told(orders) == [(6, "no step before this one introduces order Alhpa", "Alpha")]
    people = "Given Anna is subscribed to order events\n"
    found = told(people + "Then Ana receives 5 events, numbered without gaps")
    assert found == [(4, "no step before this one subscribes Ana to order events", "Anna")]


def test_two_orders_of_one_name_are_told(told: Tell) -> None:
    steps = f"Given these orders:\n{TABLE}When the trader places these orders:\n{TABLE}"
    what = "this step introduces order Alpha, and there is one of this name already"
    assert told(f"{steps}Then order Alpha is shown as PENDING") == [(6, what, "")]


@pytest.mark.parametrize(
    ("steps", "what"),
    [
        (f"Given these orders:\n{TABLE}| Alpha | sell | 7 | GBPUSD |\n", "order `Alpha`"),
        (
            "When the trader places an order with:\n"
            "| field | value |\n| quantity | 1 |\n| quantity | 2 |\n",
            "field `quantity`",
        ),
    ],
)
def test_rows_of_one_name_are_told(told: Tell, steps: str, what: str) -> None:
    found = told(f"{steps}Then the order is accepted as PENDING")
    assert found == [(6, f"another row has the {what}, too", "")]


@pytest.mark.parametrize(
    "steps",
    [
        "Given Ann and Ann are subscribed to order events\nThen the list is empty",
        f"Given these orders:\n{TABLE}Then orders Alpha and Alpha are shown as PENDING",
    ],
)
def test_a_name_that_is_said_twice_is_told(told: Tell, steps: str) -> None:
    assert "is named twice: name each once" in told(steps)[0][1]


def test_too_few_are_counted(told: Tell) -> None:
    text = "Given 5 orders are EXECUTED\nThen every execution takes a random time within the "
    ((line, what, _),) = told(text + "promised range")
    assert (line, what[:31]) == (4, "20 are needed, and 5 given: a s")
    assert told(text.replace("5 orders", "20 orders") + "promised range") == []


def test_the_latest_action_is_what_counts(told: Tell) -> None:
    text = "Given an order is placed\nWhen the trader cancels the order\n"
    ((line, what, _),) = told(text + "And the trader views the order\nThen the list is empty")
    assert (line, what) == (6, "no step before this one lists orders")
    listed = "When the trader lists all orders\nAnd the trader places an order\n"
    ((line, what, _),) = told(listed + "Then the list is empty")
    assert (line, what[:30]) == (5, "the latest action before this ")


def test_backgrounds_count_and_examples_are_filled_in(told: Tell) -> None:
    head = (
        "Feature: F\n  Background:\n    Given Ann is subscribed to order events\n"
        "  Rule: R\n    Background:\n      Given an order is placed\n    Scenario Outline: S\n"
    )
    steps = (
        "Then <who> receives the events for the order immediately\nExamples:\n| who |\n| Ann |\n"
    )
    assert told(steps, head) == []
    assert told(f"{steps}| Anni |\n", head) == [
        (12, "no step before this one subscribes Anni to order events", "Ann")
    ]
