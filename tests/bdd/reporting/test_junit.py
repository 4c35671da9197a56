from tests.bdd.reporting.sample import Run

FEATURE = "features/lending.feature"


def test_cases_point_at_the_line_of_the_feature(run: Run) -> None:
    case = run.cases["A broken promise is told in words"]
    assert (case.attrib["file"], case.attrib["line"]) == (FEATURE, "17")


def test_rows_of_an_outline_point_at_their_row(run: Run) -> None:
    case = run.cases["Borrowing <lent> of <stock>[stock=5, lent=5, left=1]"]
    assert case.attrib["line"] == "46"


def test_a_failure_has_one_line_and_the_whole_story(run: Run) -> None:
    failure = run.cases["A broken promise is told in words"].find("failure")
    assert failure is not None
    assert failure.attrib["message"] == (
        "Then 3 books are left: the shelf holds what was not lent (wrong count)"
    )
    assert "✗ Then 3 books are left  (features/lending.feature:20)" in str(failure.text)


def test_skipped_and_broken_scenarios_are_no_successes(run: Run) -> None:
    assert run.cases["Closed on Sundays"].find("skipped") is not None
    assert run.cases["The cellar is under water"].find("error") is not None
    assert run.cases["The door does not close"].find("error") is not None
