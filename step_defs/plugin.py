"""The options of the specification, the server under test, and one world for each scenario."""

import os
import platform
import shlex
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from xdist.workermanage import WorkerController

from bdd import attach
from bdd.running.arguments import only_features
from driver import TRADING, Contract, DriverError, LoggedRequest, OrdersClient, TradingPort
from step_defs.checks.end_of_scenario import require_invariants, tapes
from step_defs.servers.own_servers import OwnServers
from step_defs.servers.process import ServerDidNotStart, ServerProcess, own_server
from step_defs.world.mismatches import CATEGORIES
from step_defs.world.promise import Promise
from step_defs.world.transcript import request_text, request_title
from step_defs.world.world import World

SERVER = pytest.StashKey[ServerProcess]()
BASE_URL = pytest.StashKey[str]()
VERSION = pytest.StashKey[str]()
WORLD = pytest.StashKey[World]()
SHOWN_IN_FULL = 10


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the options that say which server is tested and what it promises."""
    group = parser.getgroup("trading server")
    group.addoption(
        "--base-url",
        metavar="URL",
        help="test the server at this address (default: start one for this run)",
    )
    group.addoption(
        "--server-command",
        metavar="COMMAND",
        help="how to start a server of our own; it must print its address on its first line "
        "(default: python -m app --port 0)",
    )
    group.addoption(
        "--delay-min", type=float, default=0.1, metavar="S", help="shortest promised delay (0.1)"
    )
    group.addoption(
        "--delay-max", type=float, default=1.0, metavar="S", help="longest promised delay (1.0)"
    )
    group.addoption(
        "--grace",
        type=float,
        default=1.0,
        metavar="S",
        help="seconds beyond a deadline to wait for an event or an answer (1.0)",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Makes sure, before anything runs, that there is a server to test."""
    config = session.config
    if hasattr(config, "workerinput"):
        config.stash[BASE_URL] = config.workerinput["base_url"]
    elif _runs_features(config):
        base_url = _given(config) or _embedded(config)
        config.stash[BASE_URL] = base_url
        config.stash[VERSION] = _version(config, base_url)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: WorkerController) -> None:
    """Tells a worker of pytest-xdist which server is tested."""
    node.workerinput["base_url"] = node.config.stash.get(BASE_URL, "")


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers(
    config: pytest.Config,
) -> Generator[None, int | None, int | None]:
    """Fewer processes when the promised delays are short: scenarios then hardly wait."""
    workers = yield
    if workers is None or not only_features(config):
        return workers
    return _promise(config).processes(workers, os.cpu_count() or 1)


def pytest_configure(config: pytest.Config) -> None:
    """Checks the options."""
    minimum, maximum = config.getoption("--delay-min"), config.getoption("--delay-max")
    if not 0 <= minimum <= maximum or config.getoption("--grace") < 0:
        raise pytest.UsageError(
            "--delay-min, --delay-max and --grace are seconds: 0 <= min <= max, and grace >= 0"
        )
    base_url = config.getoption("--base-url")
    if base_url and not base_url.startswith(("http://", "https://")):
        raise pytest.UsageError(f"--base-url {base_url}: write it as http://host:port")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skips what only a server of our own can be put through."""
    if not config.getoption("--base-url") or config.getoption("--server-command"):
        return
    reason = (
        "needs a server of our own, to stop it or fill it up: leave out --base-url, or say with "
        "--server-command how to start the server that is tested"
    )
    for item in items:
        if item.get_closest_marker("own_server"):
            item.add_marker(pytest.mark.skip(reason=reason))


def pytest_bdd_report_title() -> str:
    """What the reports are about."""
    return "Trading server: what it promises, and what holds"


def pytest_bdd_report_categories() -> list[str]:
    """How the reports count failures."""
    return CATEGORIES


def pytest_bdd_report_environment(config: pytest.Config) -> dict[str, str]:
    """What the reports say about the run."""
    promise = _promise(config)
    started = "started for this run" if SERVER in config.stash else "given by --base-url"
    return {
        "Server": f"{config.stash.get(BASE_URL, 'none')} ({started})",
        "Server version": config.stash.get(VERSION, "unknown"),
        "Promised delay": f"{promise.delay_min:g} to {promise.delay_max:g} s "
        f"(grace {promise.grace:g} s)",
        "Python": platform.python_version(),
        "Platform": platform.platform(),
    }


def pytest_bdd_after_step(request: pytest.FixtureRequest) -> None:
    """Shows the requests of the step and their answers."""
    _attach_requests(request)


def pytest_bdd_step_error(request: pytest.FixtureRequest) -> None:
    """Shows the requests of the failed step and their answers."""
    _attach_requests(request)


def pytest_bdd_closing_checks(
    request: pytest.FixtureRequest,
) -> list[tuple[str, Callable[[], object]]]:
    """After every scenario, whatever it is about, the event streams must have kept the promises."""
    world = request.node.stash.get(WORLD, None)
    if world is None:
        return []

    def check() -> None:
        for title, text in tapes(world):
            attach(title, text)
        require_invariants(world)

    return [
        ("Always checked: every subscriber received every event, in order and exactly once", check)
    ]


@pytest.fixture(scope="session")
def promise(request: pytest.FixtureRequest) -> Promise:
    """What the server under test promises about time."""
    return _promise(request.config)


@pytest.fixture(scope="session")
def contract() -> Contract:
    """What the server under test promises, and how it spells it."""
    return TRADING


@pytest.fixture
def world(request: pytest.FixtureRequest, contract: Contract, promise: Promise) -> Iterator[World]:
    """A fresh world for each scenario, which meets the server under test."""

    def connect(base_url: str, log: Callable[[LoggedRequest], None]) -> TradingPort:
        return OrdersClient(base_url, contract, promise.answer_timeout, log)

    world = World(request.config.stash[BASE_URL], connect, promise)
    request.node.stash[WORLD] = world
    yield world
    world.close()


@pytest.fixture
def own_servers(request: pytest.FixtureRequest, promise: Promise) -> Iterator[OwnServers]:
    """Servers that the scenario starts for itself."""
    servers = OwnServers(_command(request.config), promise)
    yield servers
    servers.close()


def _attach_requests(request: pytest.FixtureRequest) -> None:
    world = request.node.stash.get(WORLD, None)
    if world is None:
        return
    requests, world.requests[:] = list(world.requests), []
    for logged in requests[:SHOWN_IN_FULL]:
        attach(request_title(logged), request_text(logged, world.start))
    if further := requests[SHOWN_IN_FULL:]:
        attach(f"{len(further)} more requests", "\n".join(map(request_title, further)))


def _promise(config: pytest.Config) -> Promise:
    return Promise(
        config.getoption("--delay-min"),
        config.getoption("--delay-max"),
        config.getoption("--grace"),
    )


def _command(config: pytest.Config) -> list[str] | str:
    command: str | None = config.getoption("--server-command")
    if not command:
        return [sys.executable, "-m", "app", "--port", "0"]
    return command if sys.platform == "win32" else shlex.split(command)


def _given(config: pytest.Config) -> str:
    base_url: str = config.getoption("--base-url") or ""
    return base_url


def _version(config: pytest.Config, base_url: str) -> str:
    client = OrdersClient(base_url, TRADING, _promise(config).answer_timeout)
    try:
        return client.published_version() or "not published"
    except DriverError as error:
        raise pytest.UsageError(str(error)) from None
    finally:
        client.close()


def _embedded(config: pytest.Config) -> str:
    log = config.rootpath / "reports" / "server.log"
    with suppress(OSError):  # Windows: a server of another run may still hold it
        log.unlink(missing_ok=True)
    server = own_server(_command(config), _promise(config), log, {})
    server.launch()
    config.stash[SERVER] = server
    config.add_cleanup(server.stop)
    try:
        return server.await_address()
    except ServerDidNotStart as error:
        raise pytest.UsageError(str(error)) from None


def _runs_features(config: pytest.Config) -> bool:
    if config.getoption("collectonly") or config.getoption("dry_run", False):
        return False
    return any(_holds_features(arg) for arg in config.args)


def _holds_features(argument: str) -> bool:
    path = Path(argument.split("::", maxsplit=1)[0])
    return ".feature" in path.suffix or (path.is_dir() and any(path.rglob("*.feature")))
