"""Several servers on one store that one scenario starts for itself."""

from collections.abc import Sequence

import pytest

from cluster.programs import REDIS, lacking
from cluster.replicas import Replicas
from driver.server_process import Launch
from step_defs.world.promise import Promise


class OwnReplicas:
    """Servers that share the store in TRADING_STORE, started with `command`."""

    def __init__(self, command: Sequence[str] | str, promise: Promise, launch: Launch) -> None:
        self._command = command
        self._launch = launch
        self._settings = promise.settings
        self._replicas: Replicas | None = None

    def start(self, count: int) -> None:
        """Starts so many servers. Skips the scenario, and says why, where that cannot be."""
        if lack := lacking([REDIS]):
            pytest.skip(lack)
        self._replicas = Replicas(
            count, self._settings, self._command, durable=True, launch=self._launch
        )
        self._replicas.start()

    def address(self, number: int) -> str:
        """Where a server listens; the first is number 1."""
        return self.addresses[number - 1]

    @property
    def addresses(self) -> list[str]:
        """Where the servers listen, the first one first."""
        return self._running.addresses

    def kill(self, number: int) -> None:
        """Ends a server as a crash does."""
        self._running.servers[number - 1].kill()

    def restart_all(self) -> None:
        """Stops all servers and starts as many on the same store."""
        self._running.restart_all()

    def stop_store(self) -> None:
        """Stops what the servers share."""
        self._running.engine.stop()

    def start_store(self) -> None:
        """Starts it again, with what it kept."""
        self._running.engine.start()

    def close(self) -> None:
        """Stops everything."""
        if self._replicas is not None:
            self._replicas.stop()

    @property
    def _running(self) -> Replicas:
        if self._replicas is None:
            raise LookupError("no replicas were started: begin with '3 replicas of one exchange'")
        return self._replicas
