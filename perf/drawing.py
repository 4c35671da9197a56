"""The drawing of a burst with matplotlib."""

import io
from collections.abc import Sequence
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from driver import OrderStatus
from perf.palette import BLACK, BLUE, ORANGE
from perf.records import BurstRecord, OrderRecord
from perf.summary import Distribution

_INCHES = (9, 10)
_BINS = 18
_MARKS_AS_SHAPES = 1000

_STYLE: Any = {
    "font.size": 17,
    "axes.titlesize": 19,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 38,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "figure.constrained_layout.hspace": 0.08,
    "legend.frameon": False,
    "legend.handletextpad": 0.3,
    "legend.borderpad": 0,
    "savefig.dpi": 150,
    "svg.fonttype": "path",
    "svg.hashsalt": "burst",
}
_LEGEND: dict[str, Any] = {"loc": "lower left", "bbox_to_anchor": (0, 1), "ncols": 3}


def draw(record: BurstRecord) -> str:
    """The picture as an SVG file that depends on the record alone."""
    with rc_context(_STYLE):
        figure = Figure(figsize=_INCHES, layout="constrained")
        spread, course = figure.subplots(2, 1)
        _draw_delays(spread, record.orders)
        _draw_course(course, record.orders)
        buffer = io.BytesIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue().decode()


def _draw_delays(axes: Axes, orders: Sequence[OrderRecord]) -> None:
    axes.set_title("Execution delays")
    axes.set_xlabel("seconds from the answer to EXECUTED")
    axes.set_ylabel("orders")
    delays = [delay for order in orders if (delay := order.execution_delay) is not None]
    spread = Distribution.of(delays)
    if spread is None:
        axes.text(0.5, 0.5, "No order was executed.", ha="center", transform=axes.transAxes)
        return
    mean, deviation = spread.mean, spread.deviation
    axes.axvline(mean, color=ORANGE, linewidth=3, label=f"mean {mean:.3f} s")
    axes.axvspan(
        mean - deviation,
        mean + deviation,
        color=ORANGE,
        alpha=0.2,
        linewidth=0,
        zorder=0,
        label=f"± 1 sd ({deviation:.3f} s)",
    )
    axes.hist(delays, bins=_BINS, color=BLUE, edgecolor="white")
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(**_LEGEND)


def _draw_course(axes: Axes, orders: Sequence[OrderRecord]) -> None:
    axes.set_title("When each order was answered and executed")
    axes.set_xlabel("order")
    axes.set_ylabel("seconds since the start")
    answers = [order.answered for order in orders]
    executions = [order.executed_at for order in orders]
    missing = [0.0 if execution is None else None for execution in executions]
    _mark(axes, answers, color=BLUE, marker="o", label="answer")
    _mark(axes, executions, color=ORANGE, marker="^", label=str(OrderStatus.EXECUTED))
    _mark(axes, missing, color=BLACK, marker="x", label="not executed", clip_on=False)
    axes.set_ylim(bottom=0)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(**_LEGEND, markerscale=2)


def _mark(axes: Axes, moments: Sequence[float | None], **style: Any) -> None:
    marks = [(number, when) for number, when in enumerate(moments, 1) if when is not None]
    if marks:
        many = len(marks) > _MARKS_AS_SHAPES
        axes.plot(
            *zip(*marks, strict=True),
            linestyle="none",
            markersize=3 if many else 6,
            rasterized=many,
            **style,
        )
