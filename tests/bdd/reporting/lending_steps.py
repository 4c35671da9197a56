"""A lending library whose reports are known: the steps of the sample project."""

import os
from collections.abc import Callable, Iterator

import pytest
from pytest_bdd import given, parsers, then, when

from bdd import Mismatch, announce, attach


class WrongCount(Mismatch):
    category = "wrong count"


class Shelf:
    def __init__(self) -> None:
        self.books = 0

    def __repr__(self) -> str:
        return "<the shelf>"


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture(autouse=True)
def building(request: pytest.FixtureRequest) -> Iterator[None]:
    if request.node.get_closest_marker("flooded"):
        raise ConnectionError("the pump does not answer")
    yield
    if request.node.get_closest_marker("draughty"):
        raise OSError("the door is stuck")


def pytest_bdd_end_of_scenario_checks(
    request: pytest.FixtureRequest,
) -> list[tuple[str, Callable[[], object]]]:
    def never_negative() -> None:
        books = request.getfixturevalue("shelf").books
        if books < 0:
            raise WrongCount("a shelf holds less than nothing", expected="0", got=books)

    return [("the shelf is sound", never_negative)]


def pytest_bdd_report_environment() -> dict[str, str]:
    return {"Library": "Alexandria <main hall>"}


def pytest_bdd_report_categories() -> list[str]:
    return ["wrong count"]


def pytest_bdd_report_title() -> str:
    return "The library"


def pytest_bdd_apply_tag(tag: str, function: Callable[..., object]) -> bool | None:
    if tag != "skip":
        return None
    pytest.mark.skip(reason="closed for repair")(function)
    return True


def pytest_bdd_step_error(exception: BaseException) -> None:
    attach("Tape", f"+0.000 s  LENT\n+0.120 s  {type(exception).__name__}")


@given("a shelf with these books:")
def stock_from_table(shelf: Shelf, datatable: list[list[str]]) -> None:
    shelf.books = sum(int(copies) for _, copies in datatable[1:])


@given(parsers.parse("a shelf with {count:d} books"))
def stock(shelf: Shelf, count: int) -> None:
    shelf.books = count


@when(parsers.parse("a reader borrows {count:d} books"))
def borrow(shelf: Shelf, count: int) -> None:
    shelf.books -= count
    attach("POST /loans", f'{{"books": {count}, "reader": "Jürgen <b>"}}', "application/json")


@then("the step code is wrong")
def wrong() -> None:
    raise KeyError("missing")


@when("the day is drawn")
def draw() -> None:
    picture = '<rect width="60" height="20" fill="teal"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20">{picture}</svg>'
    attach("The day", svg, "image/svg+xml")
    announce("Visitors", "hour  count\n9     12 €")


@then("a notice says")
def notice(docstring: str) -> None:
    attach("As sent", docstring)


@when("the roof comes down")
def crash() -> None:
    os._exit(3)


@then(parsers.parse("{count:d} books are left"))
def left(shelf: Shelf, count: int) -> None:
    if shelf.books != count:
        raise WrongCount(
            "the shelf holds what was not lent",
            expected=f"{count} books",
            got=f"{shelf.books} books",
        )


@then("the shelf is empty")
def empty(shelf: Shelf) -> None:
    assert shelf.books == 0


@then("the reader is happy")
def happy() -> None:
    pass
