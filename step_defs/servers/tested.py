"""The server under test: the given one, or one that is started for the run."""

import shlex
import sys
from contextlib import suppress
from dataclasses import dataclass

import pytest

from driver import (
    Contract,
    DialectWrong,
    DriverError,
    InvalidApiKey,
    OrdersClient,
    api_key,
    chosen_contract,
)
from driver.server_process import Launch, ServerDidNotStart, ServerProcess, launch_anew
from step_defs.servers.copies import LAUNCH, prepare_copies
from step_defs.servers.own_servers import own_server
from step_defs.world.promise import USUAL_DELAY_MAX, USUAL_DELAY_MIN, Promise


@dataclass(frozen=True, slots=True)
class ServerUnderTest:
    """Where the server is, its version, and whether it was `started` for this run."""

    base_url: str
    version: str = "unknown"
    started: bool = False


CONTRACT = pytest.StashKey[Contract]()
STARTED = pytest.StashKey[ServerProcess]()
USUAL_GRACE = 1.0


def contract_of(config: pytest.Config) -> Contract:
    """How the server spells what it promises, with the API key of the environment.

    Raises UsageError for a wrong dialect or a wrong key.
    """
    if CONTRACT not in config.stash:
        try:
            chosen = chosen_contract(config.getoption("--dialect"))
            config.stash[CONTRACT] = chosen.with_key(api_key())
        except (DialectWrong, InvalidApiKey) as wrong:
            raise pytest.UsageError(*str(wrong).splitlines()) from None
    return config.stash[CONTRACT]


def promise_of(config: pytest.Config) -> Promise:
    """What the options, or else the dialect, say that the server promises about time."""
    run = contract_of(config).run
    return Promise(
        _first(config.getoption("--delay-min"), run.delay_min, USUAL_DELAY_MIN),
        _first(config.getoption("--delay-max"), run.delay_max, USUAL_DELAY_MAX),
        _first(config.getoption("--grace"), run.grace, USUAL_GRACE),
    )


def _first(*values: float | None) -> float:
    return next(value for value in values if value is not None)


def base_url_of(config: pytest.Config) -> str:
    """The address of the server that is to be tested; empty if one is to be started."""
    given: str | None = config.getoption("--base-url")
    return given or contract_of(config).run.base_url or ""


def given_command_of(config: pytest.Config) -> str | None:
    """How to start a server of the kind that is tested, if anybody said so."""
    given: str | None = config.getoption("--server-command")
    return given or contract_of(config).run.server_command


def command_of(config: pytest.Config) -> list[str] | str:
    """How to start a server. Raises UsageError if the command could not be one."""
    return _split("--server-command", given_command_of(config))


def replica_command_of(config: pytest.Config) -> list[str] | str:
    """How to start one of several servers. Raises UsageError if the command could not be one."""
    return _split("--replica-command", config.getoption("--replica-command"))


def _split(option: str, command: str | None) -> list[str] | str:
    if not command:
        return [sys.executable, "-m", "app", "--port", "0"]
    try:
        return command if sys.platform == "win32" else shlex.split(command)
    except ValueError as error:  # a quotation without its end
        raise pytest.UsageError(f"{option} {command}: {error}") from None


def launch_of(config: pytest.Config) -> Launch:
    """How this run starts servers: this project's own as copies, where the system can."""
    if given_command_of(config):
        return launch_anew
    return config.stash.get(LAUNCH, launch_anew)


def server_under_test(config: pytest.Config) -> ServerUnderTest:
    """The given server, or a new one that is stopped at the end of the run.

    Raises UsageError if there is none.
    """
    given = base_url_of(config)
    base_url = given or _start(config)
    client = OrdersClient(base_url, contract_of(config), promise_of(config).answer_timeout)
    try:
        version = client.published_version() or "not published"
    except DriverError as error:
        raise pytest.UsageError(str(error)) from None
    finally:
        client.close()
    return ServerUnderTest(base_url, version, started=not given)


def need_no_longer(config: pytest.Config) -> None:
    """Lets a server that was started for the run begin to end."""
    if server := config.stash.get(STARTED, None):
        server.ask_to_stop()


def _start(config: pytest.Config) -> str:
    log = config.rootpath / "reports" / "server.log"
    with suppress(OSError):  # Windows: a server of another run may still hold it
        log.unlink(missing_ok=True)
    if not given_command_of(config):
        prepare_copies(config)
    server = own_server(command_of(config), promise_of(config), log, {}, launch_of(config))
    config.stash[STARTED] = server
    config.add_cleanup(server.stop)
    try:
        server.launch()
        return server.await_address()
    except ServerDidNotStart as error:
        raise pytest.UsageError(str(error)) from None
