"""Servers that fail their operators."""

import asyncio
import os
import sys
from dataclasses import replace
from functools import partial
from typing import Any

from pydantic import ValidationError
from pydantic_settings import SettingsConfigDict
from starlette.types import Message

from app.delays import Delays
from app.edges.events import GOING_AWAY, TRY_AGAIN_LATER, EventsSocket
from app.exchange import InMemoryOrderStore, Publish
from app.feed import InMemoryFeed
from app.settings import PREFIX, Settings
from app.wiring import Parts
from faults.altering import altering_closings
from faults.fault import OWN_SERVER, SETTINGS, Fault, ScenarioSet

_ENDLESS = 10**9


class _NeverFull(InMemoryOrderStore):
    def __init__(self, max_orders: int, publish: Publish) -> None:  # noqa: ARG002 - setting lost
        super().__init__(_ENDLESS, publish)


class _NobodyCutOff(InMemoryFeed):
    def __init__(self, *parts: object, **options: int) -> None:
        super().__init__(*parts, **options | {"queue_size": _ENDLESS})  # type: ignore[arg-type]


class _NeverLeaves(EventsSocket):
    async def close(self, patience: float) -> None:  # noqa: ARG002 - endless
        await asyncio.wait(self.senders or [asyncio.Future()])


class _ComplainsAtTheEnd(EventsSocket):
    async def close(self, patience: float) -> None:
        await super().close(patience)
        raise RuntimeError("cannot say goodbye twice")


def _without_place_to_resume(message: Message) -> Message:
    cut_off = message.get("code") == TRY_AGAIN_LATER
    return {**message, "reason": "slow consumer"} if cut_off else message


def _leaves_as_if_broken(message: Message) -> Message:
    return {**message, "code": 1011} if message.get("code") == GOING_AWAY else message


def _bad_settings_dropped() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        for problem in error.errors():
            for name in problem["loc"] or ("delay_min", "delay_max"):
                os.environ.pop(PREFIX + str(name).upper(), None)
        return Settings()


class _EmptySettings(Settings):
    model_config = SettingsConfigDict(env_ignore_empty=False)


def _seed_forgotten(minimum: float, maximum: float, **given: Any) -> Delays:
    return Delays(minimum, maximum, clock=given["clock"])


def _seed_fixed(minimum: float, maximum: float, **given: Any) -> Delays:
    return Delays(minimum, maximum, **given | {"seed": given["seed"] or 7})


def _showing_values(settings: type[Settings]) -> Settings:
    try:
        return settings()
    except ValidationError as error:
        names = ["".join(map(str, each["loc"])).upper() or "DELAY_MIN" for each in error.errors()]
        values = [each["input"] for each in error.errors()]
        shown = (f"{name}={value!r}" for name, value in zip(names, values, strict=True))
        sys.exit(f"Bad setting: {', '.join(shown)}")


def _runs(
    name: str,
    breaks: str,
    about: str,
    rule: str,
    selection: ScenarioSet = OWN_SERVER,
    **differences: Any,
) -> Fault:
    scenario = about if ": " in about else f"running_a_server: {about}"
    return Fault(name, breaks, (scenario,), rule, selection=selection, **differences)


FAULTS = (
    _runs(
        "never-full",
        "A server at capacity rejects further orders.",
        "An order beyond the capacity is rejected",
        "Running a server: A server at capacity",
        parts=Parts(store=_NeverFull),
    ),
    _runs(
        "nobody-cut-off",
        "A subscriber whose queue is full is closed with 1013.",
        "misbehaving_subscribers: A slow subscriber is disconnected",
        "Misbehaving subscribers: A subscriber that does not read is disconnected",
        parts=Parts(feed=_NobodyCutOff),
    ),
    _runs(
        "cut-off-without-place-to-resume",
        "A slow subscriber that is disconnected is told where to resume.",
        "misbehaving_subscribers: A slow subscriber is disconnected",
        "Misbehaving subscribers: A subscriber that does not read is disconnected",
        wrap=altering_closings(_without_place_to_resume),
    ),
    _runs(
        "leaves-as-if-broken",
        "At shutdown subscribers get 1001.",
        "Subscribers are notified of a shutdown",
        "Running a server: A server shuts down gracefully",
        wrap=altering_closings(_leaves_as_if_broken),
    ),
    _runs(
        "never-leaves",
        "A server that is asked to shut down exits within 3 seconds.",
        "Subscribers are notified of a shutdown",
        "Running a server: A server shuts down gracefully",
        parts=Parts(events_socket=_NeverLeaves),
    ),
    _runs(
        "complains-at-the-end",
        "A server that is asked to shut down exits cleanly.",
        "Subscribers are notified of a shutdown",
        "Running a server: A server shuts down gracefully",
        parts=Parts(events_socket=_ComplainsAtTheEnd),
    ),
    _runs(
        "seed-forgotten",
        "With the same seed, the delays are the same in each run.",
        "A restarted server with a seed repeats its delays",
        "Running a server: Servers with the same seed",
        parts=Parts(delays=_seed_forgotten),
    ),
    _runs(
        "seed-always-the-same",
        "Without a seed, the delays are other ones in each run.",
        "A restarted server without a seed does not repeat its delays",
        "Running a server: Servers without a seed",
        parts=Parts(delays=_seed_fixed),
    ),
    _runs(
        "bad-key-shown",
        "An API key is in no error, not even one that is invalid.",
        "An API key is not shown, not even one that is invalid",
        "Running a server: A server with an invalid setting",
        selection=replace(OWN_SERVER, features=("running_a_server",)),
        load_settings=partial(_showing_values, Settings),
    ),
    _runs(
        "bad-settings-dropped",
        "A server with an invalid setting does not start.",
        "A server with <setting> set to <value> does not start",
        "Running a server: A server with an invalid setting",
        selection=SETTINGS,
        load_settings=_bad_settings_dropped,
    ),
    _runs(
        "empty-settings-rejected",
        "An empty setting is as good as none.",
        "A server with an empty <setting> starts",
        "Running a server: An empty setting",
        selection=SETTINGS,
        load_settings=partial(_showing_values, _EmptySettings),
    ),
    _runs(
        "bad-settings-in-a-traceback",
        "An invalid setting is reported in one clear line.",
        "A server with <setting> set to <value> does not start",
        "Running a server: A server with an invalid setting",
        selection=SETTINGS,
        load_settings=Settings,
    ),
)
