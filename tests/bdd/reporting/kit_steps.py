"""The steps that the features of the compatibility kit need."""

import pytest

from bdd import PlaceholderType, Vocabulary

words = Vocabulary(
    PlaceholderType("Int", int, pattern=r"-?\d+", example="3", meaning="a whole number"),
    PlaceholderType("Text", str, pattern='"[^"]*"', example='"eggs"', meaning="text in quotes"),
)
given, when, then = words.given, words.when, words.then


@pytest.fixture
def state() -> dict[str, object]:
    return {}


@given("I have {count:Int} cukes in my belly")
def cukes(count: int) -> None:
    """Nothing more."""


@given("an order for {what:Text}")
def order(what: str) -> None:
    assert what


@when("an action")
@then("an outcome")
def nothing() -> None:
    """Nothing."""


@given("a doc string:")
def doc_string(docstring: str) -> None:
    assert docstring


@when("the following table is transposed:")
def transpose(state: dict[str, object], datatable: list[list[str]]) -> None:
    state["table"] = [list(column) for column in zip(*datatable, strict=True)]


@then("it should be:")
def is_transposed(state: dict[str, object], datatable: list[list[str]]) -> None:
    assert state["table"] == datatable


@given("there are {count:Int} cucumbers")
def cucumbers(state: dict[str, int], count: int) -> None:
    state["count"] = count


@given("there are {count:Int} friends")
def friends(state: dict[str, int], count: int) -> None:
    state["friends"] = count


@when("I eat {count:Int} cucumbers")
def eat(state: dict[str, int], count: int) -> None:
    state["count"] -= count


@then("I should have {count:Int} cucumbers")
def left(state: dict[str, int], count: int) -> None:
    assert state["count"] == count


@then("each person can eat {count:Int} cucumbers")
def share(state: dict[str, int], count: int) -> None:
    assert state["count"] // (1 + state["friends"]) == count


@given("the customer has {cents:Int} cents")
def customer(state: dict[str, int], cents: int) -> None:
    state["cents"] = cents


@given("there are chocolate bars in stock")
def stock(state: dict[str, int]) -> None:
    state["stock"] = 5


@given("there are no chocolate bars in stock")
def no_stock(state: dict[str, int]) -> None:
    state["stock"] = 0


@when("the customer tries to buy a {price:Int} cent chocolate bar")
def buy(state: dict[str, int], price: int) -> None:
    state["sold"] = bool(state["stock"]) and state["cents"] >= price


@then("the sale should happen")
def sold(state: dict[str, int]) -> None:
    assert state["sold"]


@then("the sale should not happen")
def not_sold(state: dict[str, int]) -> None:
    assert not state["sold"]
