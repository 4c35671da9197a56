"""What the server promises about time, and how much longer to wait for it."""

from dataclasses import dataclass

USUAL_DELAY_MIN, USUAL_DELAY_MAX = 0.1, 1.0
"""The promised delays, in seconds, that the durations in the features are written for."""

CLOCK_RESOLUTION = 0.02
"""Seconds by which a timer may fire early: Windows ticks every 15.6 ms."""


@dataclass(frozen=True, slots=True)
class Promise:
    """The promised delay is drawn from [`delay_min`, `delay_max`] seconds.

    `grace` is the seconds beyond a deadline that an event or answer is waited for; it says nothing
    about what passes.
    """

    delay_min: float
    delay_max: float
    grace: float

    @property
    def settings(self) -> dict[str, str]:
        """The settings of a server that keeps it, without their prefix."""
        return {"DELAY_MIN": f"{self.delay_min}", "DELAY_MAX": f"{self.delay_max}"}

    def scaled(self, seconds: float) -> float:
        """A duration as a feature names it, on a server with this promise."""
        return seconds * self.delay_max / USUAL_DELAY_MAX

    def limit(self, seconds: float) -> float:
        """What a feature promises within `seconds`, at the same place in this server's range."""
        width = (self.delay_max - self.delay_min) / (USUAL_DELAY_MAX - USUAL_DELAY_MIN)
        return self.delay_min + (seconds - USUAL_DELAY_MIN) * width

    def deadline(self, seconds: float) -> float:
        """How long to wait for what a feature promises within `seconds`."""
        return self.limit(seconds) + self.grace

    def processes(self, most: int, cpus: int) -> int:
        """How many processes may run scenarios side by side; short delays keep fewer waiting."""
        return min(most, cpus + round(self.scaled(most)))

    @property
    def delay_deadline(self) -> float:
        """How long to wait for what comes after one promised delay."""
        return self.delay_max + self.grace

    @property
    def answer_timeout(self) -> float:
        """When an answer counts as never given: long after it is overdue."""
        return 2 * self.delay_max + 30
