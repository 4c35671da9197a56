"""The server under test: the given one, or one that is started for the run."""

import shlex
import sys
from contextlib import suppress
from dataclasses import dataclass

import pytest

from driver import Contract, DriverError, OrdersClient
from driver.server_process import ServerDidNotStart
from step_defs.servers.own_servers import own_server
from step_defs.world.promise import Promise


@dataclass(frozen=True, slots=True)
class ServerUnderTest:
    """Where the server is, its version, and whether it was `started` for this run."""

    base_url: str
    version: str = "unknown"
    started: bool = False


def promise_of(config: pytest.Config) -> Promise:
    """What the options say that the server promises about time."""
    return Promise(
        config.getoption("--delay-min"),
        config.getoption("--delay-max"),
        config.getoption("--grace"),
    )


def command_of(config: pytest.Config) -> list[str] | str:
    """How to start a server."""
    command: str | None = config.getoption("--server-command")
    if not command:
        return [sys.executable, "-m", "app", "--port", "0"]
    return command if sys.platform == "win32" else shlex.split(command)


def server_under_test(config: pytest.Config, contract: Contract) -> ServerUnderTest:
    """The given server, or a new one that is stopped at the end of the run.

    Raises UsageError if there is none.
    """
    given: str = config.getoption("--base-url") or ""
    base_url = given or _start(config)
    client = OrdersClient(base_url, contract, promise_of(config).answer_timeout)
    try:
        version = client.published_version() or "not published"
    except DriverError as error:
        raise pytest.UsageError(str(error)) from None
    finally:
        client.close()
    return ServerUnderTest(base_url, version, started=not given)


def _start(config: pytest.Config) -> str:
    log = config.rootpath / "reports" / "server.log"
    with suppress(OSError):  # Windows: a server of another run may still hold it
        log.unlink(missing_ok=True)
    server = own_server(command_of(config), promise_of(config), log, {})
    server.launch()
    config.add_cleanup(server.stop)
    try:
        return server.await_address()
    except ServerDidNotStart as error:
        raise pytest.UsageError(str(error)) from None
