"""What no delay is promised for: the answer to a health check, and heartbeats."""

import time
from functools import partial

from driver import RawSubscription
from step_defs.checks.events import await_ping
from step_defs.checks.limits import AT_ONCE, require_within
from step_defs.world.drafts import renewed
from step_defs.world.machine import connecting
from step_defs.world.spans import Span, of_answers
from step_defs.world.world import World


def require_answered_at_once(world: World) -> None:
    """The health check is answered without a delay, whatever else the server does.

    It cannot tell the machine's part of itself, which is what a connection takes.
    """
    busy = [renewed(each.draft) for each in world.placements]

    def again() -> list[Span]:
        if busy:
            world.ask([partial(world.port.place, each) for each in busy])
        return of_answers(world.ask(world.again()))

    require_within(
        world,
        "response time",
        AT_ONCE,
        of_answers(world.answers),
        again,
        machine=connecting(world.base_url, world.promise.answer_timeout),
    )


def require_heartbeat(world: World, recorder: RawSubscription, seconds: float) -> None:
    """The server sends a heartbeat in time, and if not, at least the next time."""

    def next_one() -> list[Span]:
        return [Span.between(time.perf_counter(), await_ping(world, recorder, seconds))]

    require_within(world, "time to a heartbeat", seconds, next_one(), next_one)
