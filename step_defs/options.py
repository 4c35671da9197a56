"""The options that say which server is tested, how it spells things, and what it promises."""

import pytest

from driver.dialects import ENVIRONMENT_VARIABLE
from step_defs.servers.tested import base_url_of, contract_of, promise_of


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
        "--replica-command",
        metavar="COMMAND",
        help="how to start one of several servers that share the store in TRADING_STORE; as above",
    )
    group.addoption(
        "--dialect",
        metavar="FILE",
        help="how the server spells things, as a TOML file: docs/dialects.md "
        f"(default: ${ENVIRONMENT_VARIABLE}, or this project's own contract)",
    )
    group.addoption("--delay-min", type=float, metavar="S", help="shortest promised delay (0.1)")
    group.addoption("--delay-max", type=float, metavar="S", help="longest promised delay (1.0)")
    group.addoption(
        "--grace",
        type=float,
        metavar="S",
        help="seconds beyond a deadline to wait for an event or an answer (1.0)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Checks the options."""
    contract_of(config)
    promise = promise_of(config)
    if not 0 <= promise.delay_min <= promise.delay_max or promise.grace < 0:
        raise pytest.UsageError(
            "--delay-min, --delay-max and --grace are seconds: 0 <= min <= max, and grace >= 0"
        )
    base_url = base_url_of(config)
    if base_url and not base_url.startswith(("http://", "https://")):
        raise pytest.UsageError(f"--base-url {base_url}: write it as http://host:port")
