import csv
from dataclasses import replace
from pathlib import Path

import pytest

from perf.files import Report, csv_text, read_json, write_csv, write_json
from perf.summary import summarise
from tests.perf.samples import executed, random_record, record_of


def test_json_gives_back_what_was_written(tmp_path: Path) -> None:
    record = random_record(20)
    report = Report(summarise(record), record)
    write_json(report, tmp_path / "burst.json")
    assert read_json(tmp_path / "burst.json") == report


def test_csv_has_a_line_for_each_order(tmp_path: Path) -> None:
    record = random_record(20)
    write_csv(record, tmp_path / "burst.csv")
    with (tmp_path / "burst.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [line["reference"] for line in lines] == [order.reference for order in record.orders]
    assert [float(line["answered"] or -1) for line in lines] == [
        -1 if order.answered is None else order.answered for order in record.orders
    ]
    assert lines[-1]["outcome"] == "unanswered"
    assert lines[-1]["execution_delay"] == ""
    assert lines[-1]["findings"] == "No answer arrived"


def test_csv_computes_the_durations() -> None:
    order = replace(executed(1, answered=1.0, delay=0.5), findings=("one, two", "three"))
    (line,) = csv.DictReader(csv_text(record_of(order)).splitlines())
    assert float(line["execution_delay"]) == pytest.approx(0.5)
    assert line["findings"] == "one, two; three"
