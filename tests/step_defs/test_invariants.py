from collections.abc import Iterable
from dataclasses import replace

from bdd import Rule
from step_defs.checks.invariants import (
    Finding,
    changed_references,
    continued,
    different_orders,
    gaps,
    illegal_transitions,
    times_in_disorder,
)
from step_defs.world import rules
from tests.step_defs.samples import CANCELLED, EXECUTED, PENDING, event


def said(found: Iterable[Finding]) -> list[str]:
    return [finding.got for finding in found]


def broken(found: Iterable[Finding]) -> list[Rule]:
    return [finding.rule for finding in found]


def test_a_good_stream_has_no_findings() -> None:
    events = [
        event(7, "a", PENDING),
        event(8, "b", PENDING),
        event(9, "a", EXECUTED, second=1),
        event(10, "b", CANCELLED, second=1),
    ]
    assert not list(gaps(6, events))
    assert not list(illegal_transitions(events))
    assert not list(times_in_disorder(events))
    assert not list(changed_references(events))
    assert not list(different_orders([events, events[2:]]))


def test_a_gap_a_repetition_and_a_late_start_are_found() -> None:
    assert said(gaps(6, [event(8, "a", PENDING)])) == ["event 8 came where 7 was due"]
    assert len(list(gaps(6, [event(7, "a", PENDING), event(7, "a", EXECUTED)]))) == 1
    gap = [event(7, "a", PENDING), event(9, "b", PENDING), event(10, "c", PENDING)]
    assert said(gaps(6, gap)) == ["event 9 came where 8 was due"]


def test_every_illegal_transition_is_found() -> None:
    for before, after in [
        (PENDING, PENDING),
        (EXECUTED, EXECUTED),
        (EXECUTED, CANCELLED),
        (CANCELLED, EXECUTED),
        (CANCELLED, CANCELLED),
        (EXECUTED, PENDING),
    ]:
        found = list(illegal_transitions([event(1, "a", before), event(2, "a", after)]))
        assert said(found) == [f"order a became {after} after {before}"]
        both = {before, after} == {EXECUTED, CANCELLED}
        assert broken(found) == [rules.NEVER_BOTH if both else rules.STATUS_SEQUENCE]


def test_a_wrong_previous_status_is_found() -> None:
    wrong = replace(event(1, "a", EXECUTED), previous_status=None)
    assert "was None before EXECUTED, not PENDING" in next(illegal_transitions([wrong])).got
    wrong = replace(event(1, "a", PENDING), previous_status=PENDING)
    assert "was PENDING before PENDING, not None" in next(illegal_transitions([wrong])).got


def test_an_event_that_tells_truly_of_an_illegal_transition_has_the_right_form() -> None:
    late = replace(event(2, "a", CANCELLED), previous_status=EXECUTED)
    assert broken(illegal_transitions([event(1, "a", EXECUTED), late])) == [rules.NEVER_BOTH]
    assert broken(illegal_transitions([event(1, "a", PENDING), late])) == [rules.EVENT_FORM]


def test_an_order_whose_beginning_was_missed_may_begin_in_the_middle() -> None:
    assert not list(illegal_transitions([event(1, "a", EXECUTED)]))


def test_times_that_run_backwards_are_found() -> None:
    events = [event(1, "a", PENDING, second=1), event(2, "a", EXECUTED, second=0)]
    assert said(times_in_disorder(events)) == ["order a became EXECUTED before it was PENDING"]


def test_the_times_of_statuses_in_the_wrong_order_may_be_right() -> None:
    swapped = [event(1, "a", EXECUTED, second=1), event(2, "a", PENDING, second=0)]
    assert broken(illegal_transitions(swapped)) == [rules.STATUS_SEQUENCE]
    assert not list(times_in_disorder(swapped))


def test_a_stream_that_goes_on_after_a_restart_is_found() -> None:
    assert broken(continued(["one", "one"])) == [rules.NEW_STREAM]
    assert not list(continued(["one", "two"]))
    assert not list(continued(["", ""])), "a server whose streams have no identity"


def test_subscribers_who_were_told_different_things_are_found() -> None:
    found = list(different_orders([[event(1, "a", PENDING)], [event(1, "b", PENDING)]]))
    assert said(found) == ["subscribers received different events with number 1"]


def test_a_reference_that_changes_is_found() -> None:
    events = [event(1, "a", PENDING), event(2, "a", EXECUTED, reference="S")]
    assert said(changed_references(events)) == ["order a changed its reference in event 2"]


def test_what_one_subscriber_alone_misses_is_not_the_numbering() -> None:
    whole = [event(7, "a", PENDING), event(8, "b", PENDING), event(9, "c", PENDING)]
    holed = [whole[0], whole[2]]
    assert broken(gaps(6, holed, [whole])) == [rules.SAME_FOR_ALL]
    assert broken(gaps(6, holed, [holed])) == [rules.NUMBERING]
    assert broken(gaps(6, holed, [whole], alone=rules.REPLAY)) == [rules.REPLAY]


def test_what_one_subscriber_alone_is_told_in_another_sequence_is_not_the_numbering() -> None:
    whole = [event(7, "a", PENDING), event(8, "b", PENDING), event(9, "c", PENDING)]
    last_two_swapped = [whole[0], whole[2], whole[1]]
    assert broken(gaps(6, last_two_swapped, [whole])) == [rules.SAME_FOR_ALL] * 2
    assert broken(gaps(6, last_two_swapped, [last_two_swapped])) == [rules.NUMBERING] * 2


def test_what_one_subscriber_alone_misses_is_about_nobodys_order() -> None:
    whole = [event(7, "a", PENDING), event(8, "b", PENDING), event(9, "c", PENDING)]
    holed = [whole[0], whole[2]]
    assert [each.order_id for each in gaps(6, holed, [whole])] == [None]
    assert [each.order_id for each in gaps(6, holed, [holed])] == ["c"]


def test_subscribers_who_are_all_told_twice_are_told_a_wrong_number() -> None:
    twice = [event(7, "a", PENDING), event(7, "a", PENDING), event(8, "b", PENDING)]
    assert set(broken(gaps(6, twice, [twice]))) == {rules.NUMBERING}
