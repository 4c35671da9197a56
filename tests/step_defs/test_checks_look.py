"""Then steps look, they never act: what a scenario knows is the same after each of them."""

import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from pytest_bdd.parsers import StepParser

import step_defs
from bdd import Mismatch
from bdd.language.definitions import StepDefinition, definitions_in
from driver import TRADING
from driver.server_process import launch_anew
from step_defs.checks.times import ENOUGH
from step_defs.phrases.requests import REQUESTS
from step_defs.placing import no_trace_is_left
from step_defs.rejecting import leads_to_explanation
from step_defs.servers.own_servers import OwnServers
from step_defs.world.drafts import draft
from step_defs.world.mismatches import ScenarioWrong
from step_defs.world.paging import page_through
from step_defs.world.world import World
from tests.perf.samples import random_record
from tests.step_defs.fake_port import PROMISE, FakePort, fake_world

FOLDER = Path(step_defs.__file__).parent
PAGE = "trading_page"  # its steps want a browser: features/trading_page.feature tries them
THEN_STEPS = [
    each
    for file in sorted(FOLDER.glob("[!_]*.py"))
    if file.stem != PAGE
    for each in definitions_in(import_module(f"step_defs.{file.stem}"), FOLDER)
    if each.type == "then"
]


def many_orders(world: World) -> None:
    for name in ("Ann", "Bob", "Mallory"):
        world.subscribe(name)
    placements = world.place([draft() for _ in range(25)])
    for name, placement in zip("AB", placements, strict=False):
        world.name(name, placement)


def views(world: World) -> None:
    many_orders(world)
    world.act([partial(world.port.view, each.order.order_id) for each in world.placements])


def a_list(world: World) -> None:
    many_orders(world)
    page_through(world, {})


def cancels(world: World) -> None:
    many_orders(world)
    world.act([partial(world.port.cancel, each.order.order_id) for each in world.placements])


def a_rejected_order(world: World) -> None:
    world.place([draft()])
    world.place([draft(quantity="0")])


def an_unknown_order(world: World) -> None:
    world.place([draft()])
    world.act([partial(world.port.cancel, world.port.unused_order_id())])


def health_checks(world: World) -> None:
    world.act([REQUESTS["check the server's health"](world)])


def two_servers(world: World) -> None:
    world.subscribe("Ann")
    world.place([draft() for _ in range(ENOUGH)])
    world.meet("another")
    world.subscribe("Bob")
    world.place([draft() for _ in range(ENOUGH)])


def a_burst(world: World) -> None:
    many_orders(world)
    world.burst = random_record(10)


STAGES: list[Callable[[World], None]] = [
    a_burst,
    many_orders,
    views,
    a_list,
    cancels,
    a_rejected_order,
    an_unknown_order,
    health_checks,
    two_servers,
]


@pytest.fixture(scope="module")
def own_servers() -> Iterator[OwnServers]:
    command = [sys.executable, "-c", "print('http://127.0.0.1:1')"]
    servers = OwnServers(command, PROMISE, launch_anew)
    servers.try_to_start({})
    yield servers
    servers.close()


def arguments_of(step: StepDefinition, fixtures: dict[str, object]) -> dict[str, object]:
    """What the step function takes: the values of its example, and fixtures."""
    assert isinstance(step.parser, StepParser)
    known = {**fixtures, **(step.parser.parse_arguments(step.example()) or {})}
    return {name: known[name] for name in inspect.signature(step.function).parameters}


def looked(step: StepDefinition, world: World, fixtures: dict[str, object]) -> bool:
    """Runs the step; whether the scenario had what the step speaks of."""
    try:
        step.function(**arguments_of(step, {"world": world, **fixtures}))
    except ScenarioWrong:
        return False
    except Mismatch:
        return True
    return True


@pytest.mark.parametrize("step", THEN_STEPS, ids=lambda step: step.text)
def test_a_then_step_leaves_what_the_scenario_knows_as_it_is(
    step: StepDefinition, own_servers: OwnServers
) -> None:
    fixtures = {
        "own_servers": own_servers,
        "own_replicas": SimpleNamespace(addresses=["one", "another"]),
        "contract": TRADING,
        "found": [],
    }
    times_looked = 0
    for prepare in STAGES:
        with closing(fake_world()) as world:
            prepare(world)
            assert isinstance(world.port, FakePort)
            answers, placements = world.answers, world.placements
            subscribed, acts = list(world.subscribers.history), world.port.acts
            times_looked += looked(step, world, fixtures)
            assert world.answers is answers
            assert world.placements is placements
            assert world.subscribers.history == subscribed
            assert world.port.acts == acts, "a check placed, cancelled or subscribed"
    assert times_looked, "no stage of this test holds what the step speaks of"


def test_there_are_then_steps_to_try() -> None:
    assert len(THEN_STEPS) > 25


def test_a_rejection_is_still_the_latest_answer_after_a_look_at_the_lists() -> None:
    with closing(fake_world()) as world:
        world.place([draft(quantity="0")])
        no_trace_is_left(world)
        leads_to_explanation(world)


def test_only_the_world_records_answers_and_orders() -> None:
    callers = [
        file.relative_to(FOLDER).as_posix()
        for file in FOLDER.rglob("*.py")
        if file.parent.name != "world" and ".record(" in file.read_text(encoding="utf-8")
    ]
    assert callers == []
