"""The ratios as a picture."""

from collections.abc import Sequence
from pathlib import Path

from matplotlib import rc_context
from matplotlib.figure import Figure

from perf.bench.results import Goal
from perf.palette import BLACK, BLUE, ORANGE

_WIDTH, _INCHES_PER_GOAL, _MARGIN = 11, 0.75, 1.6


def draw(goals: Sequence[Goal], path: Path) -> None:
    """One bar for each goal, with a mark where it is reached, as SVG."""
    with rc_context({"font.size": 15, "axes.spines.top": False, "axes.spines.right": False}):
        figure = Figure((_WIDTH, len(goals) * _INCHES_PER_GOAL + _MARGIN), layout="constrained")
        axes = figure.subplots()
        lines = range(len(goals))
        colours = [BLUE if goal.reached else ORANGE for goal in goals]
        bars = axes.barh(lines, [goal.ratio for goal in goals], color=colours, height=0.6)
        axes.bar_label(bars, fmt="%.2f", padding=6)
        marks = [goal.wanted for goal in goals]
        axes.plot(marks, lines, "|", color=BLACK, markersize=30, markeredgewidth=3, label="wanted")
        axes.set_yticks(lines, [goal.name for goal in goals])
        axes.invert_yaxis()
        axes.margins(x=0.12)
        axes.set_xlabel("trading server, as a multiple of the baseline in the same rounds")
        axes.legend(loc="lower right", frameon=False)
        figure.savefig(path, metadata={"Date": None})
