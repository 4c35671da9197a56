"""What a rejection says to people must fit its reason, in words that a dialect can change."""

from pathlib import Path

import pytest

from driver import TRADING, Complaint, Contract, ContractViolation, Rejection, read_contract
from tests.driver.samples import ORDER, PROBLEM, problem, text

ABOUT_LISTS = {
    *(Complaint.PAGE_SIZE, Complaint.STATUS_UNKNOWN),
    *(Complaint.CURSOR, Complaint.GIVEN_TWICE),
}
"""What nobody says of a quantity, though the words may be the same."""

LATE = {
    "type": "/problems/too-late-to-cancel",
    "status": 409,
    "errors": None,
    "orderId": ORDER["orderId"],
    "orderStatus": "EXECUTED",
}


def complaints(contract: Contract, detail: str) -> frozenset[Complaint]:
    errors = [{"pointer": "/quantity", "detail": detail}]
    outcome = contract.answers.placed(problem(422, text(PROBLEM, errors=errors)))
    assert isinstance(outcome, Rejection)
    ((invalid),) = outcome.invalid_fields or ()
    return invalid.complaints - ABOUT_LISTS


def written(folder: Path, toml: str) -> Contract:
    path = folder / "own.toml"
    path.write_text(f'name = "own"\n{toml}', encoding="utf-8")
    return read_contract(path)


@pytest.mark.parametrize(
    ("detail", "complaint"),
    [
        ("must be greater than 0", Complaint.QUANTITY_TOO_SMALL),
        ("Must be Positive", Complaint.QUANTITY_TOO_SMALL),
        ("must be at most 1000000000", Complaint.QUANTITY_TOO_LARGE),
        ("must have at most 8 decimal places", Complaint.QUANTITY_TOO_PRECISE),
        ("must be a plain decimal number, such as 100.5", Complaint.QUANTITY_NO_NUMBER),
        ("Field required", Complaint.MISSING),
        ("must be six capital letters, such as EURUSD", Complaint.SYMBOL_FORM),
        ("must be BUY or SELL", Complaint.SIDE_UNKNOWN),
        ("Extra inputs are not permitted", Complaint.UNKNOWN_FIELD),
    ],
)
def test_a_sentence_that_says_one_thing_is_one_complaint(detail: str, complaint: Complaint) -> None:
    assert complaints(TRADING, detail) == {complaint}


def test_the_whole_rule_in_one_sentence_fits_each_of_its_parts() -> None:
    whole = "must be a number greater than 0, at most 1000000000, with at most 8 decimal places"
    assert {
        Complaint.QUANTITY_TOO_SMALL,
        Complaint.QUANTITY_TOO_LARGE,
        Complaint.QUANTITY_TOO_PRECISE,
        Complaint.QUANTITY_NO_NUMBER,
    } == complaints(TRADING, whole)


def test_a_dialect_has_words_of_its_own_or_says_less(tmp_path: Path) -> None:
    toml = "[complaints]\nquantity_too_small = ['zu klein']\nquantity_too_large = []"
    own = written(tmp_path, toml)
    assert complaints(own, "ist ZU klein") == {
        Complaint.QUANTITY_TOO_SMALL,
        Complaint.QUANTITY_TOO_LARGE,
    }
    assert complaints(own, "must be positive") == {Complaint.QUANTITY_TOO_LARGE}


def test_the_sentence_of_a_rejection_must_fit_its_type(tmp_path: Path) -> None:
    said = problem(409, text(PROBLEM, **LATE, detail="The order has been executed."))
    assert isinstance(TRADING.answers.cancelled(said, ORDER["orderId"]), Rejection)
    other = problem(409, text(PROBLEM, **LATE, detail="The order is sleeping."))
    with pytest.raises(ContractViolation, match="one of these words: executed or filled"):
        TRADING.answers.cancelled(other, ORDER["orderId"])
    toml = "[rejections]\ntoo_late_to_cancel = { code = 409, type = 'too-late-to-cancel' }"
    less = written(tmp_path, toml)
    assert isinstance(less.answers.cancelled(other, ORDER["orderId"]), Rejection)
