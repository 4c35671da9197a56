"""A faulty server: the trading server but for one part, and the sentence that it breaks."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from starlette.types import ASGIApp

from app.serving import PING_SECONDS
from app.settings import Settings, load_settings
from app.wiring import Parts, create_app


@dataclass(frozen=True, slots=True)
class ScenarioSet:
    """Which scenarios could notice a fault, and the delays in seconds that are promised to them.

    `features` are names of files; `marks` and `words` are expressions as pytest's -m and -k take,
    `channel` is the way to the server.
    """

    features: tuple[str, ...]
    words: str = ""
    marks: str = "not own_server and not slow"
    delays: tuple[float, float] = (0.03, 0.15)
    channel: str = "api"

    @property
    def files(self) -> tuple[str, ...]:
        """The paths of the files."""
        return tuple(f"features/{name}.feature" for name in self.features)


_LIFE = (
    "placing_orders",
    "order_validation",
    "viewing_orders",
    "listing_orders",
    "cancelling_orders",
    "responses",
)
_EVENTS = ("order_events", "event_replay", "misbehaving_subscribers")
_REJECTIONS = ("rejections", "malformed_requests")
_TIMES = ("response_times", "performance")
_OWN = (
    "running_a_server",
    "placing_orders",
    "event_replay",
    "misbehaving_subscribers",
    "order_validation",
)
FEATURES = (*_LIFE, *_EVENTS, *_REJECTIONS, "access", "trading_page", "running_a_server", *_TIMES)

ACCEPTED = ScenarioSet((*_LIFE, *_EVENTS), words="not rejected")
"""Where orders live: a fault in an order's life cannot show where there is none."""

UNDER_LOAD = replace(ACCEPTED, features=(*ACCEPTED.features, "performance"))
"""The same, and a hundred orders at the same time."""

SHOWN = ScenarioSet(
    ("placing_orders", "order_validation", "viewing_orders", "listing_orders"),
    words="not rejected",
)
"""Where it is looked at how an order is shown."""

LISTED = ScenarioSet(("listing_orders", *_REJECTIONS))
"""Where lists are looked at."""

PLACED = ScenarioSet(("placing_orders", "order_validation", *_REJECTIONS))
"""Where orders are placed that must be rejected."""

REFERRED = ScenarioSet(("placing_orders", "rejections", "listing_orders"))
"""Where references are used again or looked up."""

CANCELLED = ScenarioSet(("cancelling_orders", "viewing_orders", *_REJECTIONS))
"""Where cancels, and views of unknown orders, are rejected."""

REJECTED = ScenarioSet((*_LIFE, *_REJECTIONS))
"""Where anything is rejected."""

SUBSCRIBED = ScenarioSet(_EVENTS)
"""Where there is more than one subscriber, and some misbehave, leave or come back."""

RACES = ScenarioSet(("cancelling_orders",), delays=(0.1, 1.0))
"""Races, at delays that a busy machine cannot be blamed for."""

TIMES = ScenarioSet(_TIMES, delays=(0.1, 1.0))
"""What is about time, at delays that a busy machine's noise does not drown."""

EXECUTED = ScenarioSet(_TIMES, words="executed", delays=(0.1, 1.0))
"""Many simultaneous orders whose executions are measured to the millisecond."""

LINES = ScenarioSet(_TIMES, delays=(0.05, 0.15))
"""The same at shorter delays, which add up when everybody waits in line."""

OWN_SERVER = ScenarioSet(_OWN, "not setting", "own_server", delays=(0.1, 0.5))
"""Where servers are started for the scenario, to be filled up and stopped."""

ACCESS = ScenarioSet(("access",))
"""Where those try who may not trade."""

OWN_ACCESS = ScenarioSet(("access",), marks="own_server", delays=(0.03, 0.15))
"""The same on servers that an operator has set up."""

ON_THE_PAGE = ScenarioSet(("trading_page",), delays=(0.1, 1.0), channel="page")
"""What people are shown; the delays leave a browser the time to show it."""

OWN_LISTS = ScenarioSet(("listing_orders",), marks="own_server", delays=(0.1, 0.5))
"""Where all orders of a server are listed."""

LONG_PAGES = ScenarioSet(("listing_orders",), marks="slow")
"""Where a page has as many orders as it may."""

OWN_PLACING = ScenarioSet(
    ("order_validation", "malformed_requests"), marks="own_server", delays=(0.1, 0.5)
)
"""Where orders are placed on a server that has no others."""

OWN_REPLAY = ScenarioSet(("event_replay",), marks="own_server", delays=(0.1, 0.5))
"""Where subscribers come back to a server whose past the scenario knows."""

SETTINGS = ScenarioSet(_OWN, "setting", "own_server")
"""Where servers are started with bad settings."""

PATIENT = ScenarioSet(("order_events",), marks="slow")
"""Where something is waited for that happens rarely."""

REPLICAS = ScenarioSet(("several_replicas",), marks="replicas", delays=(0.1, 0.5))
"""Where several servers that share a store are started for the scenario."""

EVERYTHING = (
    ScenarioSet((*_LIFE, *_EVENTS, *_REJECTIONS, "access", "what_is_offered")),
    ON_THE_PAGE,
    *(PATIENT, LONG_PAGES, TIMES, OWN_SERVER, SETTINGS),
    ScenarioSet(("malformed_requests", "listing_orders", "access"), marks="own_server"),
)
"""All scenarios together but for REPLICAS, as the correct server is put to them."""


def _unchanged(app: ASGIApp) -> ASGIApp:
    return app


@dataclass(frozen=True)
class Fault:
    """One way to break the contract.

    `breaks` is the broken sentence. `about` names the scenarios that are about it, one of which
    must fail: `file: name` or the beginning of that; of an outline, also a part of the row that is
    meant, as in `order_validation: A symbol of <value> is rejected … value="EUR"`. `rule` is the
    promise behind the sentence, which the first cause must name: `feature: Rule` by their names, or
    the beginning of that.
    """

    name: str
    breaks: str
    about: tuple[str, ...]
    rule: str
    parts: Parts = field(default_factory=Parts)
    wrap: Callable[[ASGIApp], ASGIApp] = _unchanged
    load_settings: Callable[[], Settings] = load_settings
    ping_seconds: float | None = PING_SECONDS
    selection: ScenarioSet = ACCEPTED

    def app(self) -> ASGIApp:
        """The faulty server, with the settings of the environment."""
        return self.wrap(create_app(self.load_settings(), self.parts))

    @property
    def shares_store(self) -> bool:
        """Whether it takes several servers, and the store that they share, to try it."""
        return self.selection.features == REPLICAS.features

    def is_about(self, scenario: str) -> bool:
        """Whether a scenario, given as `file: name`, is about the broken sentence."""
        wanted = (each.partition(" … ") for each in self.about)
        return any(scenario.startswith(name) and row in scenario for name, _, row in wanted)
