"""All faulty servers, grouped by the parts of the contract."""

from collections.abc import Mapping

from faults.fault import Fault
from faults.servers import (
    announcing,
    cancel_outcomes,
    cancelling,
    crowds,
    delivering,
    executing,
    filtering,
    letting_in,
    listing,
    paging,
    phantoms,
    placing,
    reading,
    references,
    rejecting,
    rejection_side_effects,
    replaying,
    running,
    sharing,
    showing,
    timing,
    under_load,
    validating,
)

GROUPS: Mapping[str, tuple[Fault, ...]] = {
    "Placing and echoing": placing.FAULTS,
    "Rules of an order's fields": validating.FAULTS,
    "The body of a request": reading.FAULTS,
    "Rejected orders and references": (
        *rejection_side_effects.FAULTS,
        *references.FAULTS,
        *phantoms.FAULTS,
    ),
    "Rejections and their form": rejecting.FAULTS,
    "Viewing and listing": listing.FAULTS,
    "Filters, pages and cursors": (*filtering.FAULTS, *paging.FAULTS),
    "Cancelling and its races": (*cancelling.FAULTS, *cancel_outcomes.FAULTS),
    "Events, and the state behind them": announcing.FAULTS,
    "Delivery to every subscriber": delivering.FAULTS,
    "Replay and sequence": replaying.FAULTS,
    "Many subscribers, long streams": crowds.FAULTS,
    "Delays": (*timing.FAULTS, *executing.FAULTS),
    "Many orders at the same time": under_load.FAULTS,
    "Several servers, one exchange": sharing.FAULTS,
    "What the page shows": showing.FAULTS,
    "Strangers": letting_in.FAULTS,
    "Running a server": running.FAULTS,
}
CATALOGUE: Mapping[str, Fault] = {
    fault.name: fault for faults in GROUPS.values() for fault in faults
}
