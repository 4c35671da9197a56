"""A burst's record as files: JSON for programs, CSV for spreadsheets."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from perf.records import BurstRecord
from perf.summary import Summary

_COLUMNS = (
    "reference",
    "order_id",
    "outcome",
    "sent",
    "answered",
    "pending_at",
    "executed_at",
    "pending_occurred",
    "executed_occurred",
    "answer_time",
    "execution_delay",
    "server_delay",
    "measuring_error",
    "pending_lag",
    "executed_lag",
)


@dataclass(frozen=True, slots=True)
class Report:
    """What a JSON file holds."""

    summary: Summary
    record: BurstRecord


_REPORT = TypeAdapter(Report)


def write_json(report: Report, path: Path) -> None:
    """Writes all that is known of a burst."""
    path.write_bytes(_REPORT.dump_json(report, indent=2))


def read_json(path: Path) -> Report:
    """Reads what `write_json` wrote."""
    return _REPORT.validate_json(path.read_bytes())


def csv_text(record: BurstRecord) -> str:
    """A line for each order; times are seconds since the start signal, empty if unknown."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow((*_COLUMNS, "findings"))
    for order in record.orders:
        cells = (getattr(order, column) for column in _COLUMNS)
        lines.writerow((*cells, "; ".join(order.findings)))
    return text.getvalue()


def write_csv(record: BurstRecord, path: Path) -> None:
    """Writes `csv_text`."""
    path.write_text(csv_text(record), encoding="utf-8", newline="\n")
