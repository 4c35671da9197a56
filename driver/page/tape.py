"""The tape of the page as somebody saw it who looked all the time."""

import threading
from collections.abc import Callable, Iterable, Sequence

from driver.messages import OrderEvent
from driver.page.shown import Texts, event


class Tape:
    """Every line that the tape has shown, by its number, and the numbers that it showed twice."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._events: dict[int, OrderEvent] = {}
        self._doubles: list[int] = []
        self._missed = False

    def take(self, lines: Iterable[Texts]) -> None:
        """Notes lines that have appeared. Called from the browser's thread."""
        with self._changed:
            for each in map(event, lines):
                if each.sequence in self._events:
                    self._doubles.append(each.sequence)
                self._events[each.sequence] = each
            self._changed.notify_all()

    def wait_for(self, sequence: int, seconds: float) -> bool:
        """Waits until the tape has shown an event with this number or a later one."""
        return self._wait(lambda: max(self._events, default=0) >= sequence, seconds)

    def findings(self, since: int, sent: Sequence[OrderEvent], seconds: float) -> list[str]:
        """What the tape showed that was not sent, or did not show in time of what was."""
        due = {each.sequence: each for each in sent if each.sequence > since}
        self._wait(lambda: due.keys() <= self._events.keys(), seconds)
        with self._changed:
            shown = dict(self._events)
            found = [f"shows event {number} twice" for number in self._doubles]
        for number, each in due.items():
            if number not in shown:
                found.append(f"does not show event {number}, {each.status} of {each.order_id}")
            elif shown[number] != each:
                found.append(f"shows event {number} as {shown[number]}, which was sent as {each}")
        return found

    def _wait(self, happened: Callable[[], bool], seconds: float) -> bool:
        """Waits, but never again once something did not come: the page is to blame already."""
        with self._changed:
            came = self._changed.wait_for(happened, 0 if self._missed else seconds)
            self._missed |= not came
            return came
