"""The course of a soak as a picture."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.figure import Figure

from perf.palette import BLUE, ORANGE
from perf.soak.course import Window

_STYLE: Any = {"font.size": 15, "axes.spines.top": False, "axes.spines.right": False}


def draw(course: Sequence[Window], path: Path) -> None:
    """Answer times above, the server's memory below, over the minutes of the run, as SVG."""
    minutes = [each.end / 60 for each in course]
    with rc_context(_STYLE):
        figure = Figure((11, 8), layout="constrained")
        times, memory = figure.subplots(2, 1, sharex=True)
        times.plot(minutes, [each.p99 * 1e3 for each in course], color=ORANGE, label="p99")
        times.plot(minutes, [each.p50 * 1e3 for each in course], color=BLUE, label="median")
        times.set_ylabel("answer time, ms")
        times.legend(frameon=False)
        memory.plot(minutes, [each.memory / 1e6 for each in course], color=BLUE, label="memory")
        memory.set_ylabel("server's memory, MB")
        memory.set_xlabel("minutes")
        orders = memory.twinx()
        orders.plot(minutes, [each.orders / 1e3 for each in course], "--", color=ORANGE)
        orders.set_ylabel("orders it keeps, thousands (dashed)")
        for axes in (times, memory, orders):
            axes.set_ylim(bottom=0)
        figure.savefig(path, metadata={"Date": None})
