"""Whether measured times keep a limit, and what the machine has added to them.

How long a suite waits for an event says nothing about how long the event may take. Once it is
there, its time is compared with the limit. Only what was measured to be the machine's part is
added. A breach counts only if it shows each time that it is measured again, alone on the machine.
"""

import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bdd import attach
from step_defs.world.machine import Machine
from step_defs.world.mismatches import ContractBroken, TimeWrong
from step_defs.world.promise import CLOCK_RESOLUTION
from step_defs.world.spans import Measured, Span, measured
from step_defs.world.world import World

T = TypeVar("T")

AT_ONCE = 0.1
"""Seconds within which something that is not delayed arrives."""

FURTHER_LOOKS = 2
"""How often a breach must show once more, alone on the machine."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What stands for many times, of which there is at least one."""

    name: str
    of: Callable[[Sequence[Measured]], Measured]


def _longest(times: Sequence[Measured]) -> Measured:
    return max(times, key=lambda each: each.net)


def _average(times: Sequence[Measured]) -> Measured:
    return Measured(
        statistics.fmean(each.seconds for each in times),
        statistics.fmean(each.machine for each in times),
    )


LONGEST = Figure("longest", _longest)
AVERAGE = Figure("average", _average)


def share(count: int, total: int) -> Figure:
    """The time within which `count` of `total` are."""

    def of(times: Sequence[Measured]) -> Measured:
        ranked = sorted(times, key=lambda each: each.net)
        return ranked[math.ceil(len(ranked) * count / total) - 1]

    return Figure(f"longest of the fastest {count} of {total}", of)


def require_within(
    world: World,
    what: str,
    limit: float,
    spans: Sequence[Span],
    again: Callable[[], Sequence[Span]],
    *,
    figure: Figure = LONGEST,
    machine: Machine | None = None,
) -> None:
    """The figure is within `limit` seconds, or at least one of the times it is measured `again`.

    `machine` tells the machine's part where that of the scenario cannot.
    """
    machine = machine or world.machine
    looks = [figure.of(_some(measured(spans, machine)))]
    while looks[-1].net > limit and len(looks) <= FURTHER_LOOKS:
        looks.append(figure.of(_some(measured(world.alone(again, machine), machine))))
    told = [each.against(limit) for each in reversed(looks)]
    attach(f"Measured: the {figure.name} {what}", "; and before that ".join(told))
    if looks[-1].net > limit:
        raise TimeWrong(
            f"The {figure.name} {what} is too long",
            expected=f"at most {limit:.3f} s",
            got="\nand before that ".join(told),
        )


def require_not_sooner(what: str, spans: Sequence[Span], limit: float) -> None:
    """None of the times is shorter than `limit` seconds: no machine can hasten anything."""
    shortest = Measured(min(each.seconds for each in _some(spans)))
    told = shortest.against(limit)
    attach(f"Measured: the shortest {what}", told)
    if shortest.seconds < limit - CLOCK_RESOLUTION:
        raise TimeWrong(
            f"The shortest {what} is too short", expected=f"at least {limit:.3f} s", got=told
        )


def record_error(world: World, spans: Sequence[Span]) -> str:
    """How the recorded times differ from those that the client saw, for half of them; or empty."""
    apart = statistics.median(abs(each.seen - each.seconds) for each in _some(spans))
    machine = statistics.median(each.machine for each in measured(spans, world.machine))
    if apart <= machine + CLOCK_RESOLUTION:
        return ""
    return f"{apart:.3f} s apart for half of the orders, machine's part {machine:.3f} s"


def _some(times: Sequence[T]) -> Sequence[T]:
    if not times:
        raise ContractBroken(
            "There is nothing to measure", expected="executed orders", got="no executed order"
        )
    return times
