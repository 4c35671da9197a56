"""All faulty servers, grouped by the parts of the contract."""

from collections.abc import Mapping

from faults.fault import Fault
from faults.servers import (
    announcing,
    cancelling,
    crowding,
    delivering,
    listing,
    placing,
    reading,
    refusing,
    replaying,
    running,
    timing,
    tracing,
    validating,
)

GROUPS: Mapping[str, tuple[Fault, ...]] = {
    "Placing and echoing": placing.FAULTS,
    "Rules of an order's fields": validating.FAULTS,
    "The body of a request": reading.FAULTS,
    "Refused orders and references": tracing.FAULTS,
    "Refusals and their form": refusing.FAULTS,
    "Viewing and listing": listing.FAULTS,
    "Cancelling and its races": cancelling.FAULTS,
    "Events, and the state behind them": announcing.FAULTS,
    "Delivery to every subscriber": delivering.FAULTS,
    "Replay and sequence": replaying.FAULTS,
    "Delays": timing.FAULTS,
    "Many orders at the same time": crowding.FAULTS,
    "Running a server": running.FAULTS,
}
CATALOGUE: Mapping[str, Fault] = {
    fault.name: fault for faults in GROUPS.values() for fault in faults
}
