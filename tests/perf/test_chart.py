import re
import xml.etree.ElementTree as ET

import pytest

from perf.chart import chart_svg
from perf.records import BurstRecord
from tests.perf.samples import executed, random_record, record_of, unanswered

RECORDS = {
    "a hundred": random_record(100),
    "so many that they are drawn as an image": random_record(1100),
    "one": record_of(executed(1)),
    "none executed": record_of(unanswered(1)),
    "all alike": record_of(executed(1), executed(2)),
}


def ids(svg: str) -> list[str]:
    return re.findall(r'\bid="([^"]+)"', svg)


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS.keys())
def test_it_is_one_svg_element_that_needs_nothing_else(record: BurstRecord) -> None:
    svg = chart_svg(record)
    assert ET.fromstring(svg).tag == "{http://www.w3.org/2000/svg}svg"
    references = re.findall(r'(?:href="|url\()([^")]+)', svg)
    assert all(each.startswith(("#", "data:")) for each in references)


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS.keys())
def test_its_ids_are_unique_and_every_reference_has_one(record: BurstRecord) -> None:
    svg = chart_svg(record)
    assert len(ids(svg)) == len(set(ids(svg)))
    assert set(re.findall(r'(?:href="#|url\(#)([^")]+)', svg)) <= set(ids(svg))


def test_two_pictures_in_one_page_share_no_id() -> None:
    first, second = random_record(50, seed=1), random_record(50, seed=2)
    assert not set(ids(chart_svg(first))) & set(ids(chart_svg(second)))


def test_the_same_burst_gives_the_same_picture() -> None:
    assert chart_svg(random_record(50)) == chart_svg(random_record(50))


def test_it_takes_the_width_of_its_place() -> None:
    root = ET.fromstring(chart_svg(random_record(50)))
    assert "viewBox" in root.attrib
    assert not {"width", "height"} & set(root.attrib)


def test_a_large_burst_stays_small_enough_for_a_report() -> None:
    assert len(chart_svg(random_record(5000))) < 500_000
