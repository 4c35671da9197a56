"""A burst of orders, measured: placed at the same time, followed until executed, summarised.

`burst` does all the waiting and returns plain data; everything else is a pure function of that
data, apart from the writers of files. Times are seconds since the start signal.
"""

from perf.chart import chart_svg
from perf.files import Report, csv_text, read_json, write_csv, write_json
from perf.placing import burst
from perf.promises import Bounds, deviation_bounds, largest_correlation, mean_bounds
from perf.records import BurstRecord, OrderRecord, Outcome
from perf.report import table
from perf.steady import place_steadily
from perf.summary import Distribution, Summary, summarise
from perf.watch import Phase, Progress

__all__ = [
    "Bounds",
    "BurstRecord",
    "Distribution",
    "OrderRecord",
    "Outcome",
    "Phase",
    "Progress",
    "Report",
    "Summary",
    "burst",
    "chart_svg",
    "csv_text",
    "deviation_bounds",
    "largest_correlation",
    "mean_bounds",
    "place_steadily",
    "read_json",
    "summarise",
    "table",
    "write_csv",
    "write_json",
]
