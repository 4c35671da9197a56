"""Servers that one scenario starts for itself alone."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from driver.server_process import Launch, ServerDidNotStart, ServerProcess
from step_defs.world.promise import Promise


class OwnServers:
    """Starts servers with `command`, and stops them all at the end."""

    def __init__(self, command: Sequence[str] | str, promise: Promise, launch: Launch) -> None:
        self._command = command
        self._launch_process = launch
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
        server = own_server(self._command, self._promise, log, settings, self._launch_process)
        self._started.append(server)
        self._resources.callback(server.stop)
        server.launch()
        return server


def own_server(
    command: Sequence[str] | str,
    promise: Promise,
    log: Path,
    settings: Mapping[str, str],
    launch: Launch,
) -> ServerProcess:
    """A server that keeps `promise`, with further `settings`; not yet launched."""
    return ServerProcess(command, {**promise.settings, **settings}, log, launch)
