"""Findings without servers."""

from faults.fault import Fault
from faults.proof import Finding, Proof
from faults.trial import Failure, Trial

FAULT = Fault("zero-accepted", "A quantity is greater than 0.", ("placing: Nothing … value=0",))
RIGHT = Failure("placing: Nothing is bought[value=0]", "The order was accepted")
OTHER_ROW = Failure("placing: Nothing is bought[value=1]", "The order was accepted")
UNRELATED = Failure("listing: Lists are full", "The list lacks an order")
SCENARIOS = (RIGHT.scenario, OTHER_ROW.scenario, UNRELATED.scenario)

PASSED = Trial(SCENARIOS)


def finding(*failures: Failure, trouble: str = "") -> Finding:
    return Finding(FAULT, Trial(SCENARIOS, failures, trouble=trouble))


def proof_of(*findings: Finding, correct: Trial = PASSED) -> Proof:
    return Proof(findings, (correct,), seconds=1.5)
