import base64
import json
import threading
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bdd.reporting.attaching import Mismatch, announce, attach, collector
from bdd.reporting.evidence import Attachment, Failure, ScenarioRecord, StepRecord, printable
from bdd.reporting.page import data_uri

STEP = StepRecord(
    keyword="Then",
    name="one is left",
    line=4,
    status="failed",
    table=(("a", "b"), ("1", "2")),
    attachments=(Attachment("Tape", "…"),),
    failure=Failure("too few", "1", "0", category="count"),
)
RECORD = ScenarioRecord(
    nodeid="x.feature::One",
    feature="F",
    name="One",
    file="x.feature",
    line=3,
    tags=("smoke",),
    parameters=(("n", "1"),),
    steps=(STEP,),
    attachments=(Attachment("All", "<>", announced=True),),
    failures=(Failure("and the door", broken=True),),
    status="failed",
)


@pytest.fixture
def collected() -> list[Attachment]:
    """What a running step would have collected."""
    attachments: list[Attachment] = []
    collector.set(attachments)
    return attachments


def test_a_record_survives_json() -> None:
    data = json.loads(json.dumps(RECORD.to_dict()))
    assert ScenarioRecord.from_dict(data) == RECORD


def test_failures_of_steps_come_before_those_around_them() -> None:
    assert [failure.message for failure in RECORD.all_failures] == ["too few", "and the door"]


def test_only_announced_evidence_is_announced() -> None:
    told = replace(STEP, attachments=(Attachment("Table", "1 2", announced=True),))
    record = replace(RECORD, steps=(STEP, told))
    assert [each.title for each in record.announcements] == ["Table", "All"]


def test_evidence_goes_to_what_runs(collected: list[Attachment]) -> None:
    attach("Body", '{"a": 1}', "application/json")
    announce("Table", "1 2")
    assert collected == [
        Attachment("Body", '{"a": 1}', "application/json"),
        Attachment("Table", "1 2", announced=True),
    ]


def test_evidence_outside_a_scenario_is_nobodys() -> None:
    collector.set(None)
    attach("Body", "text")


def test_an_unknown_media_type_is_rejected() -> None:
    with pytest.raises(ValueError, match="cannot attach text/html, only application/json"):
        attach("Page", "<p>", "text/html")


def test_evidence_from_another_thread_is_rejected(collected: list[Attachment]) -> None:
    rejected: list[RuntimeError] = []

    def attach_elsewhere() -> None:
        try:
            attach("Body", "text")
        except RuntimeError as error:
            rejected.append(error)

    thread = threading.Thread(target=attach_elsewhere)
    thread.start()
    thread.join()
    assert len(rejected) == 1
    assert collected == []


def test_a_mismatch_is_one_readable_block() -> None:
    mismatch = Mismatch("the tape is in order", expected="1\n2", got=(2, 1))
    assert str(mismatch) == (
        "the tape is in order\n  expected: 1\n            2\n       got: (2, 1)"
    )


@given(st.text(st.characters()))
def test_printable_text_can_be_encoded_and_shown(text: str) -> None:
    shown = printable(text)
    assert shown.encode().decode() == shown
    assert not any(char for char in shown if ord(char) < 32 and char not in "\n\t")


def test_printable_text_spells_out_what_cannot_be_shown() -> None:
    assert printable("a\r\nb\x1b[31m\ud800\té€") == "a\nb\\x1b[31m\\ud800\té€"


def test_a_picture_is_kept_as_the_bytes_that_it_is() -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
    attached = Attachment("The page", base64.b64encode(picture).decode(), "image/png")
    assert attached.content == picture
    assert data_uri(attached).startswith("data:image/png;base64,iVBOR")
