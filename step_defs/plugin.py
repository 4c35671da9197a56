"""The server under test for all processes of a run, and one world for each scenario."""

import os
from collections.abc import Generator, Iterator, Sequence
from typing import Any, Protocol

import pytest

from bdd.running.alone import QuietMachine
from bdd.running.arguments import only_features
from driver import TRADING, Capability, Connect, Contract
from step_defs.channel import ApiChannel, is_page
from step_defs.servers.copies import holds_features
from step_defs.servers.own_replicas import OwnReplicas
from step_defs.servers.own_servers import OwnServers
from step_defs.servers.tested import (
    ServerUnderTest,
    base_url_of,
    command_of,
    contract_of,
    given_command_of,
    launch_of,
    need_no_longer,
    promise_of,
    replica_command_of,
    server_under_test,
)
from step_defs.world.promise import Promise
from step_defs.world.world import World

SERVER = pytest.StashKey[ServerUnderTest]()
WORLD = pytest.StashKey[World]()


class WorkerNode(Protocol):
    """What pytest-xdist, where it is installed, hands to `pytest_configure_node`."""

    config: pytest.Config
    workerinput: dict[str, Any]


def pytest_configure(config: pytest.Config) -> None:
    """Checks the options that say what is promised."""
    contract_of(config)
    promise = promise_of(config)
    if not 0 <= promise.delay_min <= promise.delay_max or promise.grace < 0:
        raise pytest.UsageError(
            "--delay-min, --delay-max and --grace are seconds: 0 <= min <= max, and grace >= 0"
        )
    base_url = base_url_of(config)
    if base_url and not base_url.startswith(("http://", "https://")):
        raise pytest.UsageError(f"--base-url {base_url}: write it as http://host:port")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Makes sure, before anything runs, that there is a server to test."""
    config = session.config
    if hasattr(config, "workerinput"):
        config.stash[SERVER] = ServerUnderTest(config.workerinput["base_url"])
    elif _runs_features(config):
        config.stash[SERVER] = server_under_test(config)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Lets the server end while the reports are written."""
    need_no_longer(session.config)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: WorkerNode) -> None:
    """Tells a worker of pytest-xdist which server is tested."""
    node.workerinput["base_url"] = node.config.stash.get(SERVER, ServerUnderTest("")).base_url


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers(
    config: pytest.Config,
) -> Generator[None, int | None, int | None]:
    """Fewer processes when the promised delays are short: scenarios then hardly wait."""
    workers = yield
    if workers is None or not only_features(config):
        return workers
    cores = os.cpu_count() or 1
    if is_page(config):
        return min(workers, 2 * cores)  # a browser each, which computes where others only wait
    return promise_of(config).processes(workers, cores)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skips what the server under test cannot be put through."""
    if base_url_of(config) and not given_command_of(config):
        _skip(items, "own_server", _NO_COMMAND)
    if contract_of(config).terms.name != TRADING.terms.name:
        _skip(items, "replicas", _OTHER_REPLICAS)
    if not is_page(config):
        _skip(items, "page", _BY_API)


_NO_COMMAND = (
    "needs a server of our own, to stop it or fill it up: leave out --base-url, or say with "
    "--server-command how to start the server that is tested"
)
_OTHER_REPLICAS = "is about replicas of this project's own server, and another kind is tested"
# Browsers take more time than all the rest: who wants them says so.
_BY_API = "is about the page: say --channel page, which drives it in a browser"


def _skip(items: Sequence[pytest.Item], marker: str, reason: str) -> None:
    for item in items:
        if item.get_closest_marker(marker):
            item.add_marker(pytest.mark.skip(reason=reason))


def pytest_bdd_not_offered(config: pytest.Config, needed: str) -> str | None:
    """What the dialect says of something that the server lacks."""
    return contract_of(config).not_offered.get(Capability[needed.upper()])


def pytest_bdd_tested_system(config: pytest.Config) -> str:
    """A server is called as its dialect."""
    return contract_of(config).name


@pytest.fixture(scope="session")
def promise(request: pytest.FixtureRequest) -> Promise:
    """What the server under test promises about time."""
    return promise_of(request.config)


@pytest.fixture(scope="session")
def contract(request: pytest.FixtureRequest) -> Contract:
    """What the server under test promises, and how it spells it."""
    return contract_of(request.config)


@pytest.fixture
def world(
    request: pytest.FixtureRequest,
    contract: Contract,
    connect: Connect,
    promise: Promise,
    quiet_machine: QuietMachine,
) -> Iterator[World]:
    """A fresh world for each scenario, which meets the server under test."""
    base_url, by_api = request.config.stash[SERVER].base_url, ApiChannel(contract, promise)
    world = World(base_url, connect, promise, quiet_machine, by_api.connect)
    request.node.stash[WORLD] = world
    yield world
    world.close()


@pytest.fixture
def own_servers(request: pytest.FixtureRequest, promise: Promise) -> Iterator[OwnServers]:
    """Servers that the scenario starts for itself."""
    servers = OwnServers(command_of(request.config), promise, launch_of(request.config))
    yield servers
    servers.close()


@pytest.fixture
def own_replicas(request: pytest.FixtureRequest, promise: Promise) -> Iterator[OwnReplicas]:
    """Several servers on one store that the scenario starts for itself."""
    command = replica_command_of(request.config)
    replicas = OwnReplicas(command, promise, launch_of(request.config))
    yield replicas
    replicas.close()


def _runs_features(config: pytest.Config) -> bool:
    if config.getoption("collectonly") or config.getoption("dry_run", False):
        return False
    return any(map(holds_features, config.args))
