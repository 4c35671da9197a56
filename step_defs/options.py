"""The options that say which server is tested, how it spells things, and what it promises.

The first of the run's own plugins: nothing here may import what takes long, for servers begin to be
prepared meanwhile.
"""

import pytest

from step_defs.servers.copies import prepare_copies, seem_needed


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Adds the options, and lets servers be prepared while the run's own parts are imported."""
    _add_options(parser)
    config = pluginmanager.get_plugin("pytestconfig")
    assert isinstance(config, pytest.Config)
    given = config.invocation_params.args
    if seem_needed(given, parser.parse_known_args(given)):
        prepare_copies(config)


def _add_options(parser: pytest.Parser) -> None:
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
        "(default: $TRADING_DIALECT, or this project's own contract)",
    )
    group.addoption("--delay-min", type=float, metavar="S", help="shortest promised delay (0.1)")
    group.addoption("--delay-max", type=float, metavar="S", help="longest promised delay (1.0)")
    group.addoption(
        "--grace",
        type=float,
        metavar="S",
        help="seconds beyond a deadline to wait for an event or an answer (1.0)",
    )
