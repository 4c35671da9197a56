"""What the reports say about the run, and what they show of each step and scenario."""

import json
import platform
from collections.abc import Callable
from pathlib import Path

import pytest

from bdd import Fault, attach
from step_defs.checks.end_of_scenario import require_invariants, tapes
from step_defs.plugin import SERVER, WORLD
from step_defs.servers.tested import ServerUnderTest, contract_of, promise_of
from step_defs.world.mismatches import CATEGORIES
from step_defs.world.naming import legend, wording
from step_defs.world.transcript import request_text, request_title

SHOWN_IN_FULL = 10
FAULTS = Path("docs", "faults.json")


def pytest_bdd_report_title() -> str:
    """What the reports are about."""
    return "Trading server: what it promises, and what holds"


def pytest_bdd_report_categories() -> list[str]:
    """How the reports count failures."""
    return CATEGORIES


def pytest_bdd_report_environment(config: pytest.Config) -> dict[str, str]:
    """What the reports say about the run."""
    promise = promise_of(config)
    server = config.stash.get(SERVER, ServerUnderTest("none"))
    started = "started for this run" if server.started else "given by --base-url"
    return {
        "Server": f"{server.base_url} ({started})",
        "Server version": server.version,
        "Dialect": contract_of(config).name,
        "Promised delay": f"{promise.delay_min:g} to {promise.delay_max:g} s "
        f"(grace {promise.grace:g} s)",
        "Python": platform.python_version(),
        "Platform": platform.platform(),
    }


def pytest_bdd_faults(config: pytest.Config) -> list[Fault] | None:
    """The faulty servers of the latest proof; an image of the suite is shipped without it."""
    file = config.rootpath / FAULTS
    if not file.exists():
        return None
    tried = json.loads(file.read_text(encoding="utf-8"))["faults"]
    return [Fault(each["name"], each["breaks"], frozenset(each["noticed_by"])) for each in tried]


def pytest_bdd_after_step(request: pytest.FixtureRequest) -> None:
    """Shows the requests of the step and their answers."""
    _attach_requests(request)


def pytest_bdd_step_error(request: pytest.FixtureRequest) -> None:
    """Shows the requests of the failed step and their answers."""
    _attach_requests(request)


def pytest_bdd_end_of_scenario_checks(
    request: pytest.FixtureRequest,
) -> list[tuple[str, Callable[[], object]]]:
    """After every scenario, whatever it is about, the event streams must have kept the promises."""
    world = request.node.stash.get(WORLD, None)
    if world is None:
        return []

    def check() -> None:
        for title, text in tapes(world):
            attach(title, text)
        if names := legend(world):
            attach("IDs of the orders", names, as_it_is=True)
        require_invariants(world)

    return [
        ("Always checked: every subscriber received every event, in order and exactly once", check)
    ]


def pytest_bdd_wording(request: pytest.FixtureRequest) -> Callable[[str], str] | None:
    """Orders are called by their names."""
    world = request.node.stash.get(WORLD, None)
    return None if world is None else wording(world)


def _attach_requests(request: pytest.FixtureRequest) -> None:
    world = request.node.stash.get(WORLD, None)
    if world is None:
        return
    requests, world.requests[:] = list(world.requests), []
    for logged in requests[:SHOWN_IN_FULL]:
        attach(request_title(logged), request_text(logged, world.start))
    if further := requests[SHOWN_IN_FULL:]:
        attach(f"{len(further)} more requests", "\n".join(map(request_title, further)))
