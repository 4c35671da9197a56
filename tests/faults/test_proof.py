"""What counts as caught."""

from dataclasses import replace
from pathlib import Path

import pytest

from faults.__main__ import Progress, chosen
from faults.catalogue import CATALOGUE
from faults.proof import Finding, Share, Verdict, prove
from faults.trial import CORRECT, Cause, Failure, Trial
from tests.faults.samples import (
    FAULT,
    NAMED,
    OTHER_ROW,
    RIGHT,
    SCENARIOS,
    UNNAMED,
    UNRELATED,
    finding,
    proof_of,
)


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (finding(RIGHT), Verdict.CAUGHT),
        (finding(UNRELATED, RIGHT), Verdict.CAUGHT),
        (finding(), Verdict.SURVIVED),
        (finding(UNRELATED), Verdict.OFF_THE_MARK),
        (finding(OTHER_ROW), Verdict.OFF_THE_MARK),
        (finding(RIGHT, trouble="the server did not start"), Verdict.UNTRIED),
    ],
)
def test_only_a_scenario_about_the_broken_sentence_catches_a_fault(
    found: Finding, verdict: Verdict
) -> None:
    assert found.verdict is verdict


def test_the_telling_scenario_is_shown_and_the_others_are_counted() -> None:
    found = finding(UNRELATED, RIGHT, OTHER_ROW)
    assert found.noticed_by == f"{RIGHT.scenario} and 2 more"
    assert found.says == RIGHT.message


def test_the_proof_holds_when_all_is_caught_and_the_correct_server_passes() -> None:
    assert proof_of(finding(RIGHT)).holds


@pytest.mark.parametrize("found", [finding(), finding(UNRELATED), finding(trouble="no address")])
def test_the_proof_fails_with_a_single_fault_that_is_not_caught(found: Finding) -> None:
    assert not proof_of(finding(RIGHT), found).holds


@pytest.mark.parametrize(
    "correct", [Trial(SCENARIOS, (UNRELATED,)), Trial(trouble="the server did not start")]
)
def test_the_proof_fails_with_a_false_alarm(correct: Trial) -> None:
    assert not proof_of(finding(RIGHT), correct=correct).holds


def test_the_proof_fails_when_nothing_ran_on_the_correct_server() -> None:
    assert not proof_of(finding(RIGHT), correct=Trial()).holds


@pytest.mark.parametrize("unclear", [(UNNAMED, NAMED), (NAMED, UNNAMED, UNNAMED), ()])
def test_the_proof_fails_when_the_reports_do_not_name_the_broken_promise(
    unclear: tuple[Cause, ...],
) -> None:
    clear = [finding(RIGHT)] * 9
    assert proof_of(*clear, finding(RIGHT)).holds
    assert not proof_of(*clear[:7], *[finding(RIGHT, causes=unclear)] * 3).holds


def test_a_share_is_never_rounded_up() -> None:
    told = [str(Share(count, 183)) for count in (173, 174, 182, 183)]
    percent = [each.partition("(")[2] for each in told]
    assert percent == ["94.5 %)", "95.0 %)", "99.4 %)", "100.0 %)"]
    named, unnamed = finding(RIGHT), finding(RIGHT, causes=(UNNAMED,))
    summary = proof_of(*[named] * 18, unnamed).summary
    assert "the broken promise for 18 of 19 (94.7 %)" in summary
    assert "at most 2 causes for 19 of 19 (100.0 %)" in summary


def test_a_further_try_is_of_a_server_that_was_counted(capsys: pytest.CaptureFixture[str]) -> None:
    tell = Progress(2)
    for found in (finding(), finding(RIGHT), replace(finding(RIGHT), tries=2)):
        tell(found)
    heads = [line for line in capsys.readouterr().out.splitlines() if FAULT.name in line]
    numbers = [each.split()[0] for each in heads]
    assert numbers == ["1/2", "2/2", "again"]


def test_the_first_cause_is_held_against_the_promise_of_the_fault() -> None:
    assert finding(RIGHT, causes=(NAMED, UNNAMED)).names_rule
    assert not finding(RIGHT, causes=(UNNAMED, NAMED)).names_rule
    assert not finding(RIGHT, causes=()).names_rule


def test_what_the_run_is_charged_with_is_a_false_alarm() -> None:
    charged = Trial(SCENARIOS, causes=(Cause("Events: In order", "Disorder", 0),))
    assert charged.alarms == ("the run: Events: In order (Disorder; 0)",)
    assert not proof_of(finding(RIGHT), correct=charged).holds


def test_each_scenario_is_told_what_it_notices_rows_taken_together() -> None:
    noticed = proof_of(finding(RIGHT, OTHER_ROW)).noticed_by_scenario
    assert noticed == {
        "placing: Nothing is bought": {FAULT.name},
        "listing: Lists are full": set(),
    }


def test_rows_that_no_fault_makes_fail_are_told_one_by_one() -> None:
    assert proof_of(finding(RIGHT)).silent_rows == [OTHER_ROW.scenario, UNRELATED.scenario]


def test_a_failure_outside_the_correct_servers_run_is_counted_too() -> None:
    stranger = Failure("viewing: Somewhere else", "")
    assert "viewing: Somewhere else" in proof_of(finding(stranger)).noticed_by_scenario


@pytest.mark.parametrize(
    ("second", "verdict"),
    [(Trial(("a",), (RIGHT,)), Verdict.CAUGHT_AGAIN), (Trial(("a",)), Verdict.SURVIVED)],
)
def test_what_is_not_caught_is_tried_once_more(second: Trial, verdict: Verdict) -> None:
    trials = [Trial(("a",)), second]

    def try_out(server: str, _: object) -> Trial:
        return Trial(("a",)) if server == CORRECT else trials.pop(0)

    told: list[Verdict] = []
    (found,), _ = prove([FAULT], 1, lambda finding: told.append(finding.verdict), try_out)
    assert found.verdict is verdict
    assert told == [Verdict.SURVIVED, verdict]
    assert not trials


def test_a_dialect_is_tried_with_everything_that_it_could_tell() -> None:
    faults, selections = chosen(Path("any.toml"))
    left_out = [each for each in CATALOGUE.values() if each not in faults]
    assert all(each.shares_store or each.selection.channel == "page" for each in left_out)
    assert not any(each.shares_store for each in faults)
    assert {each.channel for each in selections} == {"api"}
    assert {each.channel for each in chosen(None)[1]} == {"api", "page"}
