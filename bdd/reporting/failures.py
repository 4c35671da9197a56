"""From an exception to a failure in plain words, without the framework's own lines."""

import traceback
from pathlib import Path

import pytest

from bdd.reporting.attaching import Mismatch, Rule
from bdd.reporting.evidence import Failure, printable

PROMISE_BROKEN = (AssertionError, pytest.fail.Exception)
_OWN_DIRECTORY = Path(__file__).parents[1]


def failure_of(error: BaseException, root: Path) -> Failure:
    """What the exception means to a reader; `root` tells the project's code from the rest.

    Any exception may name its `category`, as `Mismatch` does.
    """
    category = str(getattr(error, "category", ""))
    if isinstance(error, Mismatch):
        what, expected, got = map(printable, (error.what, error.expected, error.got))
        named = error.rule or Rule("", "")
        return Failure(what, expected, got, category, feature=named.feature, rule=named.title)
    return Failure(
        message=printable(_message(error)),
        category=category,
        broken=not category and not isinstance(error, PROMISE_BROKEN),
        trace=printable(_trace(error, root)),
    )


def _message(error: BaseException) -> str:
    """The exception's own words, and those of the one it was raised from."""
    message = "".join(traceback.format_exception_only(error)).strip()
    if isinstance(error, PROMISE_BROKEN):
        message = message.removeprefix("AssertionError: ").removeprefix("Failed: ")
    if error.__cause__ is None:
        return message
    return f"{message}\ncaused by {_message(error.__cause__)}"


def _trace(error: BaseException, root: Path) -> str:
    if error.__traceback__ is None or not getattr(error, "pytrace", True):
        return ""
    return "\n".join(
        f"{Path(entry.path).relative_to(root).as_posix()}:{entry.lineno + 1} in {entry.name}\n"
        f"    {str(entry.statement).strip()}"
        for entry in pytest.ExceptionInfo.from_exception(error).traceback
        if _is_of_the_project(Path(entry.path), root)
    )


def _is_of_the_project(path: Path, root: Path) -> bool:
    return (
        path.suffix == ".py"
        and path.is_relative_to(root)
        and not path.is_relative_to(_OWN_DIRECTORY)
        and "site-packages" not in path.parts
    )
