"""Servers that resume a stream at the wrong place."""

import asyncio

from app.feed import Frame, InMemoryFeed, Subscription, UnknownPosition
from app.wiring import Parts
from faults.altering import Query, altering_queries
from faults.fault import OWN_REPLAY, OWN_SERVER, SUBSCRIBED, Fault

_GAP_SECONDS = 0.05


class _RepeatsTheLast(InMemoryFeed):
    def after(self, since: int) -> list[Frame]:
        return super().after(max(0, since - 1)) if since < self.sequence else []


class _JoinsAfterTheReplay(InMemoryFeed):
    """Looks the past up first and joins the live events a moment later."""

    async def subscribe(self, since: int | None = None) -> Subscription:
        subscription = await super().subscribe(since)
        if since is not None:
            self.subscriptions.discard(subscription)
            join = self.subscriptions.add
            asyncio.get_running_loop().call_later(_GAP_SECONDS, join, subscription)
        return subscription


class _FutureAccepted(InMemoryFeed):
    def check(self, since: int) -> int:
        return super().check(min(since, self.sequence))


class _PresentIsAhead(InMemoryFeed):
    def check(self, since: int) -> int:
        if since == self.sequence:
            raise UnknownPosition(f"since lies ahead of the stream, now at {since}")
        return super().check(since)


class _ForgottenSkipped(InMemoryFeed):
    def check(self, since: int) -> int:
        try:
            return super().check(since)
        except UnknownPosition:
            if since > self.sequence:
                raise
            return self.sequence - len(self.history)


class _OneStreamForEver(InMemoryFeed):
    def __init__(self, *parts: object, **options: int) -> None:
        super().__init__(*parts, **options)  # type: ignore[arg-type]  # as `InMemoryFeed` takes them
        self.stream_id = "11111111-1111-4111-8111-111111111111"


def _odd_since_dropped(query: Query) -> Query:
    is_odd = not query.get("since", "0").isdecimal()
    return {name: value for name, value in query.items() if not (is_odd and name == "since")}


def _since_in_any_digits(query: Query) -> Query:
    return query | ({"since": str(int(query["since"]))} if query.get("since", "").isdigit() else {})


def _resumes(name: str, breaks: str, about: str, rule: str, feed: type[InMemoryFeed]) -> Fault:
    scenario = f"event_replay: {about}"
    return Fault(name, breaks, (scenario,), rule, Parts(feed=feed), selection=SUBSCRIBED)


FAULTS = (
    _resumes(
        "replay-repeats-the-last",
        "A replay begins with event N+1, without duplicates.",
        "A returning subscriber receives everything it missed",
        "Event replay: A replay delivers every missed event",
        _RepeatsTheLast,
    ),
    _resumes(
        "gap-between-replay-and-live",
        "A replay continues with live events without a gap.",
        "A replay continues with live events without a gap",
        "Event replay: A replay delivers every missed event",
        _JoinsAfterTheReplay,
    ),
    _resumes(
        "future-accepted",
        "A `since` ahead of the stream closes the connection.",
        'A replay from <position> is rejected … position="999999999999"',
        "Event replay: A replay from an invalid sequence number is rejected",
        _FutureAccepted,
    ),
    Fault(
        "odd-since-dropped",
        breaks="A `since` that is not a whole number closes the connection.",
        about=('event_replay: A replay from <position> is rejected … position="yesterday"',),
        rule="Event replay: A replay from an invalid sequence number is rejected",
        wrap=altering_queries(_odd_since_dropped),
        selection=SUBSCRIBED,
    ),
    Fault(
        "since-in-any-digits",
        breaks="A `since` that is not written in plain digits closes the connection.",
        about=('event_replay: A replay from <position> is rejected … position="٣"',),
        rule="Event replay: A replay from an invalid sequence number is rejected",
        wrap=altering_queries(_since_in_any_digits),
        selection=SUBSCRIBED,
    ),
    Fault(
        "present-counts-as-ahead",
        breaks="A subscriber that missed nothing can resume from the latest event.",
        about=("event_replay: A subscriber that missed nothing continues with live events",),
        rule="Event replay: A replay delivers every missed event",
        parts=Parts(feed=_PresentIsAhead),
        selection=OWN_REPLAY,
    ),
    Fault(
        "forgotten-events-skipped",
        breaks="A `since` that reaches back past the kept history closes the connection.",
        about=("event_replay: A subscriber that was away for too long cannot catch up",),
        rule="Event replay: A replay that reaches back beyond",
        parts=Parts(feed=_ForgottenSkipped),
        selection=OWN_SERVER,
    ),
    Fault(
        "one-stream-for-ever",
        breaks="The stream ID changes when the server loses its memory.",
        about=("running_a_server: A restarted server has a new event stream",),
        rule="Running a server: After a restart, event numbering starts afresh",
        parts=Parts(feed=_OneStreamForEver),
        selection=OWN_SERVER,
    ),
)
