"""What is done to the servers, the engine and the lines between them: the same for one seed."""

import os
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from random import Random

from cluster.replicas import Replicas
from faults.nemesis.slowness import SlowLines

_SHORTEST, _LONGEST = 0.2, 1.0
# A call must be on its way when its line breaks or its server dies.
_SLOWEST = 0.5


class Disruptions:
    """Disturbs replicas in all of its ways, in a random sequence; `counts` what it did.

    Durations are in seconds, times `pace`.
    """

    def __init__(self, replicas: Replicas, lines: SlowLines, chance: Random, pace: float) -> None:
        self.counts: Counter[str] = Counter()
        self._replicas = replicas
        self._lines = lines
        self._chance = chance
        self._pace = pace
        self._never = threading.Event()

    def run(self) -> None:
        """Returns when everything is as it was before."""
        ways = [
            self._kill,
            self._pause,
            self._slow_and_kill,
            self._slow_and_kill,
            self._slow_and_cut,
            self._restart_engine,
            self._pause_engine,
        ]
        self._chance.shuffle(ways)
        for way in ways:
            self._go_on(_SHORTEST)
            way()

    def _kill(self) -> None:
        number = self._some_replica()
        self._kill_replica(number)
        self._go_on()
        self._replicas.restart(number)

    def _pause(self) -> None:
        number = self._some_replica()
        self._signal(number, "SIGSTOP")
        self.counts["pauses"] += 1
        self._go_on()
        self._signal(number, "SIGCONT")

    def _slow_and_kill(self) -> None:
        for number in self._slowed():
            self._kill_replica(number)
        self._replicas.restart(number)

    def _slow_and_cut(self) -> None:
        for number in self._slowed():
            self._lines.cut(number)
            self.counts["cut connections"] += 1

    def _slowed(self) -> Iterator[int]:
        """A replica whose line to the engine is slow until this is asked again."""
        number = self._some_replica()
        self._lines.slow(number, self._chance.uniform(_SHORTEST, _SLOWEST))
        self.counts["slow connections"] += 1
        self._go_on()
        yield number
        self._lines.slow(number, 0)

    def _restart_engine(self) -> None:
        self._replicas.engine.kill()
        self.counts["engine restarts"] += 1
        self._go_on()
        self._replicas.engine.start()

    def _pause_engine(self) -> None:
        self._replicas.engine.pause()
        self.counts["pauses"] += 1
        self._go_on()
        self._replicas.engine.resume()

    def _kill_replica(self, number: int) -> None:
        self._replicas.servers[number - 1].kill()
        self.counts["kills"] += 1

    def _some_replica(self) -> int:
        return self._chance.randint(1, len(self._replicas.servers))

    def _signal(self, number: int, name: str) -> None:
        if pid := self._replicas.servers[number - 1].pid:
            os.kill(pid, getattr(signal, name))  # Windows has neither

    def _go_on(self, shortest: float = 0) -> None:
        """Lets the load go on for a while."""
        self._never.wait((shortest or self._chance.uniform(_SHORTEST, _LONGEST)) * self._pace)
