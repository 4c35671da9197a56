"""A burst's figures for the console, in plain ASCII so that every terminal shows them."""

from collections.abc import Iterator

from perf.summary import Distribution, Summary

_COLUMNS = ("mean", "sd", "min", "p50", "p90", "p99", "max")
_LABEL_WIDTH = 24
_WIDTH = 9
_WHOLE = 100


def table(summary: Summary) -> str:
    """The figures of a burst, a line for each quantity, times in milliseconds."""
    return "\n".join((_counts(summary), _pace(summary), "", *_rows(summary)))


def _counts(summary: Summary) -> str:
    others = {
        "lost": summary.lost,
        "rejected": summary.rejected,
        "unanswered": summary.unanswered,
    }
    counted = (f"{count} {outcome}" for outcome, count in others.items() if count)
    first = f"{summary.placed} orders placed, {summary.accepted} accepted"
    return ", ".join((first, f"{summary.executed} executed", *(tuple(counted) or ("none lost",))))


def _pace(summary: Summary) -> str:
    window, rate = summary.send_window, summary.orders_per_second
    sent = "nothing was sent" if window is None else f"all sent within {window * 1000:.1f} ms"
    return sent if rate is None else f"{sent}, {rate:.1f} orders executed per second"


def _rows(summary: Summary) -> Iterator[str]:
    yield f"{'milliseconds':<{_LABEL_WIDTH}}" + "".join(f"{name:>{_WIDTH}}" for name in _COLUMNS)
    yield _row("answer time", summary.answer_time)
    yield _row("execution delay", summary.execution_delay)
    yield _row("  by the server's record", summary.server_delay)
    yield _row("  error of measuring", summary.measuring_error)
    yield _row("event lag", summary.event_lag)


def _row(label: str, spread: Distribution | None) -> str:
    if spread is None:
        return f"{label:<{_LABEL_WIDTH}}{'-':>{_WIDTH}}"
    values = (
        spread.mean,
        spread.deviation,
        spread.least,
        spread.p50,
        spread.p90,
        spread.p99,
        spread.greatest,
    )
    return f"{label:<{_LABEL_WIDTH}}" + "".join(f"{_rounded(value):>{_WIDTH}}" for value in values)


def _rounded(seconds: float) -> str:
    """Milliseconds, to a tenth where that says something."""
    milliseconds = seconds * 1000
    return f"{milliseconds:.1f}" if abs(milliseconds) < _WHOLE else f"{milliseconds:.0f}"
