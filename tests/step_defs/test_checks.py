import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from driver import TRADING, Complaint, InvalidField, OrderPage, Reason, Rejection
from perf.promises import mean_bounds
from step_defs.checks.immediately import require_answered_at_once
from step_defs.checks.listings import (
    require_listed_as_viewed,
    require_page_sizes,
    require_pages,
    require_same_pages,
)
from step_defs.checks.orders import (
    require_listed,
    require_newly_pending,
    require_own_identities,
    require_shown,
)
from step_defs.checks.rejections import require_one_accepted, require_rejection
from step_defs.checks.times import (
    require_promised,
    require_random,
    require_side_by_side,
)
from step_defs.phrases.rejections import read_reason
from step_defs.world import rules
from step_defs.world.answers import AnyAnswer, accepted
from step_defs.world.drafts import draft
from step_defs.world.mismatches import ContractBroken, RejectionWrong, TimeWrong
from step_defs.world.promise import Promise
from step_defs.world.selection import Subject, Times
from step_defs.world.world import World
from tests.step_defs.fake_port import FakePort, fake_world
from tests.step_defs.samples import EXECUTED, PENDING, answer, order, placed

PROMISE = Promise(0.1, 1.0, grace=1.0)
EVEN = [0.1 + 0.9 * number / 39 for number in range(40)]


def rejected(reason: Reason, *fields: str) -> AnyAnswer:
    invalid = tuple(InvalidField(field, "is wrong") for field in fields)
    return answer(Rejection(reason, "t", "d", "/problems/x", invalid))


def test_a_rejection_must_blame_the_right_field_and_no_other() -> None:
    expected = read_reason("the quantity must be greater than 0")
    require_rejection(rejected(Reason.INVALID_ORDER, "quantity"), Subject.ORDER, expected)
    for wrong in (
        rejected(Reason.INVALID_ORDER, "symbol"),
        rejected(Reason.INVALID_ORDER, "quantity", "symbol"),
        rejected(Reason.INVALID_ORDER),
        rejected(Reason.MALFORMED, "quantity"),
        answer(order("a")),
    ):
        with pytest.raises(RejectionWrong):
            require_rejection(wrong, Subject.ORDER, expected)


def test_what_is_said_of_the_field_must_fit_the_reason() -> None:
    expected = read_reason("the quantity must be greater than 0")
    too_precise = frozenset({Complaint.QUANTITY_TOO_PRECISE})
    said = InvalidField("quantity", "must have at most 8 decimal places", too_precise)
    wrong = answer(Rejection(Reason.INVALID_ORDER, "t", "d", "/problems/x", (said,)))
    with pytest.raises(RejectionWrong) as raised:
        require_rejection(wrong, Subject.ORDER, expected)
    assert "in words of complaints.quantity_too_small" in str(raised.value)
    assert "quantity must have at most 8 decimal places" in str(raised.value)


def test_of_many_requests_exactly_one_is_accepted() -> None:
    expected = read_reason("its reference is already used")
    accepted, late = (
        answer(order("a")),
        rejected(Reason.DUPLICATE_REFERENCE),
    )
    require_one_accepted([late, accepted, late], Subject.ORDER, expected)
    for wrong in ([late, late], [accepted, accepted], [accepted, rejected(Reason.TOO_LARGE)]):
        with pytest.raises(RejectionWrong):
            require_one_accepted(wrong, Subject.ORDER, expected)


def test_an_order_must_show_what_was_ordered() -> None:
    wanted = placed("a", 0)
    with pytest.raises(ContractBroken, match=re.escape(str(wanted.draft["reference"]))):
        require_shown(order("a"), wanted)


def test_a_new_order_must_be_pending_since_it_was_created() -> None:
    require_newly_pending(order("a"))
    with pytest.raises(ContractBroken, match="wrong status"):
        require_newly_pending(order("a", status=EXECUTED))


def test_identities_must_not_repeat() -> None:
    require_own_identities([order("a"), order("b")])
    with pytest.raises(ContractBroken, match="orders 1, 3 have the ID a"):
        require_own_identities([order("a"), order("b"), order("a")])


def test_a_list_must_show_the_expected_orders_oldest_first() -> None:
    first, second = placed("a", 1), placed("b", 2)
    require_listed([first.order, second.order], [second, first])
    for wrong in (
        [second.order, first.order],
        [first.order],
        [first.order, second.order, second.order],
    ):
        with pytest.raises(ContractBroken):
            require_listed(wrong, [first, second])


def test_a_walk_must_meet_every_order_once_but_may_meet_newer_ones() -> None:
    first, second, newer = placed("a", 1), placed("b", 2), order("c", second=3)
    require_pages([first.order, second.order, newer], [first, second])
    for wrong, rule in (
        ([first.order], rules.PAGED),
        ([first.order, first.order, second.order], rules.PAGED),
        ([newer, first.order, second.order], rules.LISTED),
    ):
        with pytest.raises(ContractBroken) as raised:
            require_pages(wrong, [first, second])
        assert raised.value.rule == rule


def test_pages_must_have_the_expected_sizes() -> None:
    require_page_sizes([2, 2, 1], [2, 2, 1])
    with pytest.raises(ContractBroken):
        require_page_sizes([2, 3], [2, 2, 1])


def test_a_page_must_be_the_same_again() -> None:
    first, other = OrderPage((order("a"),), "x"), OrderPage((order("b"),), "x")
    moved = OrderPage((order("a", status=EXECUTED),), "y")
    require_same_pages([first, other], [moved, other])
    with pytest.raises(ContractBroken, match="requested again"):
        require_same_pages([first, other], [first, first])


def test_an_order_must_be_listed_as_it_is_viewed() -> None:
    with closing(fake_world()) as world:
        (placement,) = world.place([draft()])
        viewed = accepted(world.port.view(placement.order.order_id))
        pending = replace(viewed, status=PENDING, updated_at=viewed.created_at)
        for listed in (viewed, pending):
            world.record([answer(OrderPage((listed,), None))])
            require_listed_as_viewed(world, placement)
        for wrong in (
            replace(viewed, updated_at=viewed.updated_at + timedelta(microseconds=1)),
            replace(viewed, reference=None),
            replace(pending, reference=None),
        ):
            world.record([answer(OrderPage((wrong,), None))])
            with pytest.raises(ContractBroken, match="listed differently"):
                require_listed_as_viewed(world, placement)


@pytest.fixture
def world() -> Iterator[World]:
    """A world that measures the same once more."""
    with closing(World("fake", lambda _, log, __: FakePort(log), PROMISE)) as world:
        yield world


def answered(world: World, times: Sequence[float]) -> None:
    """The latest requests took these times, and take them again."""
    calls = [lambda each=each: answer(None, 0, each) for each in times]
    world.act(calls)


def test_even_times_keep_the_promise(world: World) -> None:
    answered(world, EVEN)
    require_promised(world, TRADING, Times.ANSWER)
    require_random(Times.ANSWER, EVEN, PROMISE)


@pytest.mark.parametrize(
    ("times", "told"),
    [
        ([0.05, *EVEN], "The shortest response time is too short"),
        ([*EVEN, 1.02], "The longest response time is too long"),
        ([2 * each for each in EVEN], "The longest response time is too long"),
        ([mean_bounds(0.1, 1.0, 40).high + 0.01] * 40, "The average response time is too long"),
        ([mean_bounds(0.1, 1.0, 40).low - 0.03] * 40, "The average response time is too short"),
    ],
    ids=["too short", "one too long", "twice as long", "long on average", "short on average"],
)
def test_other_times_break_it(world: World, times: Sequence[float], told: str) -> None:
    answered(world, times)
    with pytest.raises(TimeWrong, match=told):
        require_promised(world, TRADING, Times.ANSWER)


def test_equal_times_are_not_random() -> None:
    with pytest.raises(TimeWrong, match="hardly vary"):
        require_random(Times.EXECUTION, [0.5 + 0.001 * each for each in range(20)], PROMISE)


def test_requests_in_line_are_noticed(world: World) -> None:
    answered(world, [0.5, 1.0])
    require_side_by_side(world)
    answered(world, [0.5, 1.1])
    with pytest.raises(TimeWrong, match="time of 2 simultaneous requests is too long"):
        require_side_by_side(world)


def test_what_comes_at_once_does_so_at_least_when_it_is_measured_again(world: World) -> None:
    answered(world, [0.05, 0.09])
    require_answered_at_once(world)
    answered(world, [0.05, 0.3])
    with pytest.raises(TimeWrong, match=r"measured 0\.300 s, limit 0\.100 s"):
        require_answered_at_once(world)
