"""Findings without servers."""

from faults.fault import Fault
from faults.proof import Finding, Proof
from faults.trial import Cause, Failure, Trial

FAULT = Fault(
    "zero-accepted",
    "A quantity is greater than 0.",
    ("placing: Nothing … value=0",),
    "Orders: Quantities",
)
RIGHT = Failure("placing: Nothing is bought[value=0]", "The order was accepted")
OTHER_ROW = Failure("placing: Nothing is bought[value=1]", "The order was accepted")
UNRELATED = Failure("listing: Lists are full", "The list lacks an order")
SCENARIOS = (RIGHT.scenario, OTHER_ROW.scenario, UNRELATED.scenario)

PASSED = Trial(SCENARIOS)


NAMED = Cause("Orders: Quantities are greater than 0", "The order was accepted", 1)
UNNAMED = Cause("Lists: All orders are listed", "The list lacks an order", 2)


def finding(*failures: Failure, trouble: str = "", causes: tuple[Cause, ...] = (NAMED,)) -> Finding:
    return Finding(FAULT, Trial(SCENARIOS, failures, causes, trouble=trouble))


def proof_of(*findings: Finding, correct: Trial = PASSED) -> Proof:
    return Proof(findings, (correct,), seconds=1.5)
