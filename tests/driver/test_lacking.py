"""What a dialect declares missing, and the server has all the same, is found."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from driver import TRADING, Capability, Contract, ContractViolation, DialectWrong, read_contract
from driver.lacking import PROBES, found_after_all
from driver.server_process import ServerProcess
from tests.driver.samples import EVENT, HELLO, PROBLEM, problem

WITH_FORMS: dict[Capability, dict[str, dict[str, object]]] = {
    Capability.UUIDS: {"forms": {"order_id": "text"}},
    Capability.QUOTED_QUANTITIES: {"forms": {"sent_quantity": "text"}},
    Capability.ANY_SYMBOL: {"words": {"symbols": {"EURUSD": "EURUSD", "GBPUSD": "GBPUSD"}}},
}
BY_FORM = {Capability.NUMBERING, Capability.STREAMS, Capability.PREVIOUS_STATUS, Capability.HELLO}
BY_READER = {Capability.PROBLEM_DETAILS, Capability.DISTINCT_REASONS}
UNTRIED = {
    Capability.HEARTBEAT: "shows in 20 seconds",
    Capability.ANSWER_DELAYS: "shows in many answers",
    Capability.CONFIGURATION: "needs a server of its own",
    Capability.API_KEY: "needs a server of its own",
    Capability.PAGE: "needs a browser",
}


@pytest.fixture(scope="module")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    log = tmp_path_factory.mktemp("server") / "server.log"
    command = [sys.executable, "-m", "app", "--port", "0"]
    with ServerProcess(command, {"DELAY_MIN": "0", "DELAY_MAX": "0"}, log) as server:
        yield server.await_address()


def lacking(*capabilities: Capability) -> Contract:
    """The project's own contract, but for these."""
    terms = TRADING.terms
    missing = terms.missing.model_copy(update={each.key: "not at all" for each in capabilities})
    terms = terms.model_copy(update={"missing": missing})
    for each in capabilities:
        for table, changes in WITH_FORMS.get(each, {}).items():
            form = getattr(terms, table).model_copy(update=changes)
            terms = terms.model_copy(update={table: form})
    return Contract.of(terms)


def test_each_capability_is_tried_or_it_is_said_why_not() -> None:
    ways = (set(PROBES), BY_FORM, BY_READER, set(UNTRIED))
    assert set().union(*ways) == set(Capability)
    assert sum(map(len, ways)) == len(Capability)


@pytest.mark.parametrize("capability", PROBES, ids=lambda each: each.key)
def test_what_is_there_after_all_is_found(base_url: str, capability: Capability) -> None:
    assert list(found_after_all(base_url, lacking(capability), 5)) == [capability]


def test_what_is_offered_is_not_tried(base_url: str) -> None:
    assert not list(found_after_all(base_url, TRADING, 5))


@pytest.mark.parametrize("capability", sorted(BY_FORM), ids=lambda each: each.key)
def test_frames_have_no_place_for_what_is_missing(capability: Capability) -> None:
    frame = HELLO if capability in (Capability.HELLO, Capability.STREAMS) else EVENT
    TRADING.frames.read(json.dumps(frame))
    with pytest.raises(ContractViolation):
        lacking(capability).frames.read(json.dumps(frame))


def test_problem_details_that_are_there_after_all_break_the_contract() -> None:
    with pytest.raises(ContractViolation, match="there after all"):
        lacking(Capability.PROBLEM_DETAILS).answers.placed(problem(422, json.dumps(PROBLEM)))


def test_reasons_that_all_differ_are_not_missing(tmp_path: Path) -> None:
    file = tmp_path / "vague.toml"
    file.write_text('name = "vague"\n[missing]\ndistinct_reasons = "not sure"\n', encoding="utf-8")
    with pytest.raises(DialectWrong, match=r"vague.toml:3: all reasons look different here"):
        read_contract(file)
