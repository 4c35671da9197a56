from dataclasses import replace

from perf.records import Outcome
from tests.perf.samples import executed, record_of, unanswered


def test_an_order_without_executed_is_lost() -> None:
    assert replace(executed(1), executed_at=None).outcome is Outcome.LOST


def test_an_order_without_an_id_is_rejected() -> None:
    assert replace(executed(1), order_id=None).outcome is Outcome.REJECTED


def test_an_order_without_an_answer_is_unanswered_even_if_events_speak_of_it() -> None:
    assert replace(executed(1), answered=None).outcome is Outcome.UNANSWERED


def test_durations_that_lack_an_end_are_unknown() -> None:
    order = replace(executed(1), answered=None)
    assert order.answer_time is None
    assert order.execution_delay is None
    assert order.server_delay == 1.0


def test_problems_name_the_orders_that_share_them() -> None:
    record = record_of(unanswered(1), executed(2), unanswered(3), unanswered(4, "Rejected"))
    assert record.problems == ("No answer arrived: order-1, order-3", "Rejected: order-4")


def test_a_long_list_of_orders_is_cut() -> None:
    record = record_of(*(unanswered(number) for number in range(1, 13)))
    (problem,) = record.problems
    assert problem.endswith("order-9, order-10 and 2 more")


def test_problems_of_the_stream_come_first() -> None:
    record = record_of(unanswered(1), stream_findings=("The stream ended",))
    assert record.problems[0] == "The stream ended"
