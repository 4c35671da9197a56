"""Without numbers, what subscribers were told is compared between them."""

from driver import OrderEvent
from step_defs.checks.unnumbered import differences
from tests.step_defs.samples import EXECUTED, PENDING, event

A, B = event(1, "a", PENDING), event(2, "b", PENDING)
A_DONE, B_DONE = event(3, "a", EXECUTED), event(4, "b", EXECUTED)


def told(*streams: list[OrderEvent]) -> list[str]:
    return [each.got for each in differences(streams)]


def test_subscribers_may_begin_and_end_at_different_events() -> None:
    assert told([A, B, A_DONE], [B, A_DONE, B_DONE], [B_DONE], []) == []


def test_what_one_was_told_in_between_the_other_must_be_told() -> None:
    (lacking,) = told([A, B, A_DONE, B_DONE], [A, B, B_DONE])
    assert lacking == "a subscriber was not told that order a became EXECUTED, and another one was"


def test_both_are_told_in_the_same_order() -> None:
    (other,) = told([A, B], [B, A])
    assert "in another order that order a became PENDING" in other
