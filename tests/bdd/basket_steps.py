"""A toy step language: a basket of vegetables."""

from collections import Counter

import pytest

from bdd import PlaceholderType, Vocabulary


def read_count(text: str) -> int:
    if not text.isdecimal():
        raise ValueError("it is not a whole number")
    return int(text)


words = Vocabulary(
    PlaceholderType("Count", read_count, example="3", meaning="a whole number"),
    PlaceholderType("Name", str, pattern="[A-Z][a-z]+", example="Ann", meaning="a name"),
    PlaceholderType(
        "Vegetable",
        str,
        pattern="cucumbers|leeks|tomatoes",
        example="cucumbers",
        meaning="cucumbers, leeks or tomatoes",
    ),
)
given, when, then, table = words.given, words.when, words.then, words.table


@pytest.fixture
def basket() -> Counter[str]:
    return Counter()


@given("an empty basket")
def empty_basket(basket: Counter[str]) -> None:
    """Has nothing in it."""
    basket.clear()


@given("a basket with {count:Count} {vegetable:Vegetable}")
def fill(basket: Counter[str], count: int, vegetable: str) -> None:
    """Fills the basket."""
    basket[vegetable] += count


@given("these vegetables are in the basket:")
@table(required={"vegetable": "Vegetable"}, optional={"count": "Count"})
def fill_by_table(basket: Counter[str], datatable: list[dict[str, object]]) -> None:
    """Fills the basket with one of each, or as many as the table says."""
    for row in datatable:
        count = row.get("count", 1)
        assert isinstance(count, int)
        basket[str(row["vegetable"])] += count


@when("{name:Name} eats {count:Count} {vegetable:Vegetable}")
def eat(basket: Counter[str], name: str, count: int, vegetable: str) -> None:
    """Takes vegetables out of the basket."""
    assert basket[vegetable] >= count, f"{name} finds too little"
    basket[vegetable] -= count


@when("{name:Name} washes {vegetable:Vegetable}")
@when("{name:Name} washes {anything}")
def wash(name: str, vegetable: str = "", anything: str = "") -> None:
    """Is defined twice for vegetables."""
    del name, vegetable, anything


@when("the cook is called")
async def call_cook() -> None:
    """Would never run."""


@then("the basket holds {count:Count} {vegetable:Vegetable}")
def holds(basket: Counter[str], count: int, vegetable: str) -> None:
    """Counts the vegetables of a kind."""
    assert basket[vegetable] == count


@then("the label says:")
def label_says(basket: Counter[str], docstring: str) -> None:
    """Compares the label with the text below the step."""
    assert docstring == "\n".join(f"{count} {kind}" for kind, count in basket.items())
