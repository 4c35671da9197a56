"""The options that say which server is tested, and what it promises about time."""

import pytest


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
