"""What must hold of the process of a dedicated server."""

import re
import time

from bdd import attach
from driver import TradingPort
from driver.server_process import ServerProcess
from step_defs.world.mismatches import ContractBroken, TimeWrong
from step_defs.world.spans import Measured

POLLED = 0.05
"""Seconds by which an end may be noticed late: Python looks for it so often."""


_TROUBLE = re.compile(r"\b(error|exception|traceback|panic|fatal)\b", re.IGNORECASE)
"""Words of a log that say that something went wrong."""


def require_end(server: ServerProcess, seconds: float, patience: float) -> None:
    """The process ends in time, with exit code 0, and tells of no error while it does.

    It may log: only words that name an error count, and only what was written after the request to
    stop. It is waited for `patience` longer, to tell how late it is.
    """
    since = time.perf_counter() - server.asked_to_stop_at
    exit_code = server.await_end(max(0.0, seconds + patience - since))
    took = Measured(time.perf_counter() - server.asked_to_stop_at, POLLED)
    attach("Measured: the time to the server's exit", took.against(seconds))
    if exit_code is None or took.net > seconds:
        raise TimeWrong(
            "The server does not end in time",
            expected=f"an end within {seconds:g} s",
            got=took.against(seconds) if exit_code is not None else "it still runs",
        )
    if exit_code != 0 or _TROUBLE.search(server.last_words):
        raise ContractBroken(
            "The server complained when it was asked to stop",
            expected="exit code 0, and no error in what it logs from then on",
            got=f"exit code {exit_code}, error output: {server.last_words or 'none'}",
        )


def require_named_in_one_line(server: ServerProcess, setting: str) -> None:
    """The process ended with exit code 1 and one line that tells the setting's name."""
    exit_code = server.await_end(0)
    lines = server.complaints.splitlines()
    if exit_code != 1 or len(lines) != 1 or setting not in lines[0]:
        raise ContractBroken(
            "The server did not reject the setting as promised",
            expected=f"exit code 1 and one line that names {setting} on the error output",
            got=f"{_end(server, exit_code)}; output: {server.printed or 'none'}; "
            f"error output: {server.complaints or 'none'}",
        )


def require_running(server: ServerProcess) -> None:
    """The process has printed its address, and has not ended."""
    exit_code = server.await_end(0)
    if exit_code is not None or not server.base_url:
        raise ContractBroken(
            "The server does not start",
            expected="a server that prints its address and runs",
            got=f"output: {server.printed or 'none'}; exit code: {exit_code}; "
            f"error output: {server.complaints or 'none'}",
        )


def require_healthy(port: TradingPort, address: str, seconds: float) -> None:
    """The health check passes within so many seconds; it is asked for until then."""
    give_up_at = time.perf_counter() + seconds
    while (answer := port.check_health()).outcome is not None:
        if answer.received > give_up_at:
            raise ContractBroken(
                "A server did not recover",
                expected=f"a health check at {address} that passes within {seconds:g} s",
                got=f"rejected: {answer.outcome.detail}",
            )


def require_not_shown(server: ServerProcess, text: str) -> None:
    """The process has printed the text nowhere."""
    if text in server.complaints or text in server.printed:
        raise ContractBroken(
            "The server shows what must stay secret",
            expected="no output with the text",
            got=f"output: {server.printed or 'none'}; error output: {server.complaints}",
        )


def _end(server: ServerProcess, exit_code: int | None) -> str:
    if server.base_url:
        return "the server started"
    if server.killed:
        return "the server did not end, and was killed by the suite"
    return f"exit code {exit_code}"
