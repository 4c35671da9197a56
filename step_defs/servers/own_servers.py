"""Servers that one scenario starts for itself alone."""

import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from step_defs.servers.process import ServerDidNotStart, ServerProcess, own_server
from step_defs.world.mismatches import ContractBroken, TimeWrong
from step_defs.world.promise import Promise


class OwnServers:
    """Starts servers with `command`, and stops them all at the end."""

    def __init__(self, command: Sequence[str] | str, promise: Promise) -> None:
        self._command = command
        self._promise = promise
        self._resources = ExitStack()
        self._directory = Path(
            self._resources.enter_context(TemporaryDirectory(ignore_cleanup_errors=True))
        )
        self._started: list[ServerProcess] = []

    @property
    def latest(self) -> ServerProcess:
        """The server that was started last."""
        return self._started[-1]

    def start(self, settings: Mapping[str, str]) -> str:
        """Starts a server and returns its address. Raises ServerDidNotStart."""
        return self._launch(settings).await_address()

    def start_anew(self) -> str:
        """Stops the latest server and starts one with the same settings; returns its address."""
        self.latest.stop()
        return self.start(self.latest.settings)

    def try_to_start(self, settings: Mapping[str, str]) -> None:
        """Starts a server that may decline to start."""
        server = self._launch(settings)
        try:
            server.await_address()
        except ServerDidNotStart:
            return  # what it complained of is for a later step to look at

    def close(self) -> None:
        """Stops all servers."""
        self._resources.close()

    def _launch(self, settings: Mapping[str, str]) -> ServerProcess:
        log = self._directory / f"server-{len(self._started)}.log"
        server = own_server(self._command, self._promise, log, settings)
        self._started.append(server)
        self._resources.callback(server.stop)
        server.launch()
        return server


def require_end(server: ServerProcess, seconds: float) -> None:
    """The process ends in time, with exit code 0 and nothing on its error output."""
    since = time.perf_counter() - server.asked_to_stop_at
    exit_code = server.await_end(max(0.0, seconds - since))
    if exit_code is None:
        raise TimeWrong(
            "The server does not end", expected=f"an end within {seconds:g} s", got="it still runs"
        )
    if exit_code != 0 or server.complaints:
        raise ContractBroken(
            "The server complained when it was asked to stop",
            expected="exit code 0 and no error output",
            got=f"exit code {exit_code}\n{server.complaints}",
        )


def require_named_in_one_line(server: ServerProcess, setting: str) -> None:
    """The process ended with exit code 1 and one line that tells the setting's name."""
    exit_code = server.await_end(0)
    lines = server.complaints.splitlines()
    if exit_code != 1 or len(lines) != 1 or setting not in lines[0]:
        raise ContractBroken(
            "The server did not refuse to start as promised",
            expected=f"exit code 1 and one line that names {setting}",
            got=f"exit code {exit_code}\n{server.complaints or 'no error output'}",
        )
