from perf.report import table
from perf.summary import summarise
from tests.perf.samples import executed, record_of, unanswered


def test_the_whole_table() -> None:
    first = executed(1, sent=0.0, answered=0.2, delay=0.5)
    second = executed(2, sent=0.001, answered=0.501, delay=1.5)
    assert table(summarise(record_of(first, second))).splitlines() == [
        "2 orders placed, 2 accepted, 2 executed, none lost",
        "all sent within 1.0 ms, 1.0 orders executed per second",
        "",
        "milliseconds                 mean       sd      min      p50      p90      p99      max",
        "answer time                   350      212      200      350      470      497      500",
        "execution delay              1000      707      500     1000     1400     1490     1500",
        "  by the server's record     1000      707      500     1000     1400     1490     1500",
        "  error of measuring          0.0      0.0      0.0      0.0      0.0      0.0      0.0",
        "event lag                     0.0      0.0      0.0      0.0      0.0      0.0      0.0",
    ]


def test_what_went_wrong_is_counted() -> None:
    first, *_ = table(summarise(record_of(executed(1), unanswered(2)))).splitlines()
    assert first == "2 orders placed, 1 accepted, 1 executed, 1 unanswered"


def test_a_quantity_that_was_not_measured_is_a_dash() -> None:
    lines = table(summarise(record_of(unanswered(1)))).splitlines()
    assert lines[4].split() == ["answer", "time", "-"]


def test_every_console_can_show_it() -> None:
    assert table(summarise(record_of(executed(1), unanswered(2)))).isascii()
