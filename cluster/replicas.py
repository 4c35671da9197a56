"""Servers that share one store."""

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Self

from cluster.engine import RedisServer
from driver.server_process import Launch, Launched, ServerProcess, launch_anew

Route = Callable[[RedisServer, int], str]
"""The address at which a server, the first is number 1, reaches the store."""

Watch = Callable[[int], None]
"""Is told the number of every process that was started, which leads a group of its own."""

SERVER = (sys.executable, "-m", "app", "--port", "0")


class Replicas:
    """So many servers and a Redis of their own, all in a temporary folder.

    `settings` are the servers', without their prefix. `durable` keeps orders when Redis dies.
    `route` may lead servers to the store by a way of their own, and `watch` is told of processes.
    """

    def __init__(
        self,
        count: int,
        settings: Mapping[str, str],
        command: Sequence[str] | str = SERVER,
        *,
        durable: bool = False,
        launch: Launch = launch_anew,
        route: Route = lambda engine, _: engine.address,
        watch: Watch = lambda _: None,
    ) -> None:
        self._resources = ExitStack()
        folder = TemporaryDirectory(prefix="cluster-", ignore_cleanup_errors=True)
        self.folder = Path(self._resources.enter_context(folder))
        self.engine = RedisServer(self.folder, durable=durable)
        self._command = command
        self._launch = launch
        self._settings = settings
        self._route = route
        self._watch = watch
        self.servers = [self._server(number) for number in range(1, count + 1)]

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def addresses(self) -> list[str]:
        """Where the servers listen."""
        return [server.base_url for server in self.servers]

    def start(self) -> None:
        """Starts all of them. Raises ProgramMissing, ServerDidNotStart."""
        self._watch(self.engine.start())
        self._resources.callback(self.engine.stop)
        self.start_servers()

    def start_servers(self) -> None:
        """Starts all servers at once, and waits for all."""
        for server in self.servers:
            server.launch()
        for server in self.servers:
            server.await_address()

    def restart(self, number: int) -> ServerProcess:
        """Starts a server in the place of one that has ended; the first is number 1."""
        server = self.servers[number - 1] = self._server(number)
        server.launch()
        server.await_address()
        return server

    def restart_all(self) -> None:
        """Stops all servers, and starts as many anew."""
        self.stop_servers()
        self.servers = [self._server(number) for number in range(1, len(self.servers) + 1)]
        self.start_servers()

    def stop_servers(self) -> None:
        """Asks all to stop at once, and waits for all."""
        for server in self.servers:
            server.ask_to_stop()
        for server in self.servers:
            server.stop()

    def stop(self) -> None:
        """Stops everything, and leaves nothing behind."""
        self.stop_servers()
        self._resources.close()

    def _server(self, number: int) -> ServerProcess:
        log = self.folder / f"server-{number}.log"
        settings = {**self._settings, "STORE": self._route(self.engine, number)}
        return ServerProcess(self._command, settings, log, self._launch_watched)

    def _launch_watched(
        self, command: Sequence[str] | str, environment: Mapping[str, str], log: IO[str]
    ) -> Launched:
        process = self._launch(command, environment, log)
        self._watch(process.pid)
        return process
