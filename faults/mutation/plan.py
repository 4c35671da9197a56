"""Which scenarios a mutant is put to, and which of them first: so that most fail soon."""

from collections.abc import Sequence
from dataclasses import replace

from faults.fault import EVERYTHING, REPLICAS, ScenarioSet

FIRST = {
    "app/__main__": ("running_a_server",),
    "app/delays": ("response_times", "placing_orders"),
    "app/domain/orders": ("placing_orders", "cancelling_orders", "viewing_orders"),
    "app/domain/rejections": ("rejections", "cancelling_orders", "placing_orders"),
    "app/domain/rules": ("order_validation", "malformed_requests"),
    "app/domain/statuses": ("cancelling_orders", "viewing_orders"),
    "app/edges/answer_delay": ("response_times", "rejections"),
    "app/edges/api_key": ("access",),
    "app/edges/events": ("event_replay", "misbehaving_subscribers", "order_events"),
    "app/edges/headers": ("access", "malformed_requests"),
    "app/edges/json_body": ("malformed_requests", "order_validation"),
    "app/edges/messages": ("order_validation", "listing_orders", "order_events"),
    "app/edges/order_texts": ("viewing_orders", "listing_orders"),
    "app/edges/orders": ("placing_orders", "cancelling_orders", "listing_orders"),
    "app/edges/origins": ("access",),
    "app/edges/prepared_frames": ("order_events", "event_replay"),
    "app/edges/problems": ("rejections", "malformed_requests"),
    "app/edges/queries": ("listing_orders", "event_replay"),
    "app/edges/rejections": ("rejections", "malformed_requests"),
    "app/edges/service": ("rejections", "access"),
    "app/edges/validation": ("order_validation", "listing_orders"),
    "app/exchange/exchange": ("placing_orders", "cancelling_orders"),
    "app/exchange": ("listing_orders", "placing_orders"),
    "app/feed": ("event_replay", "order_events", "misbehaving_subscribers"),
    "app/serving": ("running_a_server", "misbehaving_subscribers"),
    "app/settings": ("running_a_server",),
    "app/shutdown": ("running_a_server",),
    "app/socket_protocol": ("order_events", "misbehaving_subscribers"),
}
"""The features that are likely to notice a module's mutants, to be asked first."""

_STARTED = (
    "app/__main__",
    "app/edges/api_key",
    "app/edges/origins",
    "app/serving",
    "app/settings",
    "app/shutdown",
)
"""Modules whose mutants show on servers that are started for a scenario, and hardly elsewhere."""

_SHARED = (
    *("app/edges/events", "app/edges/problems", "app/exchange/takeover", "app/settings"),
    "app/wiring",
)
"""Modules of which something is at work only where several servers share a store."""


def plan(path: str) -> Sequence[ScenarioSet]:
    """All scenarios for a mutant of the module at `path`, in sets of the same promised delays."""
    first = _first(path)
    by_cost = sorted(EVERYTHING, key=lambda each: _cost(each, started=path.startswith(_STARTED)))
    shared = [REPLICAS] * path.startswith(_SHARED)
    return [*shared, *(_with_first(first, each) for each in by_cost)]


def quick_plan(path: str) -> Sequence[ScenarioSet]:
    """Of these, what costs little, and what is likely to notice: enough for most mutants."""
    return [each for each in plan(path) if _costs_little(each) or each.features[0] in _first(path)]


def _first(path: str) -> Sequence[str]:
    return next((FIRST[each] for each in FIRST if path.startswith(each)), ())


def _costs_little(selection: ScenarioSet) -> bool:
    return selection.marks not in {"own_server", "slow"} and selection.delays[1] < 1


def _cost(selection: ScenarioSet, *, started: bool) -> tuple[bool, bool, float]:
    """What sorts first."""
    starts = selection.marks == "own_server"
    return (starts != started, selection.marks == "slow", selection.delays[1])


def _with_first(first: Sequence[str], selection: ScenarioSet) -> ScenarioSet:
    features = sorted(selection.features, key=lambda name: name not in first)
    return replace(selection, features=tuple(features))
