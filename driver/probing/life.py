"""One order's life, and how it is told: placed, viewed, listed, executed; another is cancelled."""

import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from driver.contract import HttpAnswer
from driver.errors import DriverError
from driver.probing.example import Example
from driver.probing.leaves import is_id, leaves, name_of, names_id
from driver.probing.paths import ORDER_ID
from driver.probing.talk import SECONDS, Caller, Tape, document, succeeded

_NOT_THERE = (404, 405)
_PAUSE = 0.05  # seconds between two views of an order whose events are not told
_SHOWN = 200


class ProbeFailed(DriverError):
    """The server could not be looked at; the text says what was tried and what to do."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An order that was accepted: where it was sent, what was sent, and what came back."""

    path: str
    sent: Example
    answer: HttpAnswer
    id_path: str
    seconds: float
    """How long the answer took."""

    @property
    def order_id(self) -> Any:
        """The ID, as the server writes it."""
        return leaves(document(self.answer))[self.id_path]

    def at(self, template: str) -> str:
        """The path with the order's ID."""
        return template.replace(ORDER_ID, quote(str(self.order_id), safe=""))


def place(caller: Caller, paths: Iterable[str], examples: Iterable[Example]) -> Placed:
    """The first order that is accepted. Raises ProbeFailed with what the server said last."""
    said: HttpAnswer | None = None
    waiting = list(examples)
    for path in dict.fromkeys(paths):
        for example in waiting:
            sent = example.fresh()
            begun = time.perf_counter()
            answer = caller.ask("POST", path, sent.document)
            seconds = time.perf_counter() - begun
            if answer.code in _NOT_THERE:
                break
            if succeeded(answer) and (found := likely_ids(answer, sent)):
                return Placed(path, sent, answer, found[0], seconds)
            said = answer
    raise ProbeFailed(_nothing_placed(caller.base_url, said))


def another(caller: Caller, placed: Placed) -> Placed:
    """One more of the same. Raises ProbeFailed."""
    return replace(place(caller, [placed.path], [placed.sent]), id_path=placed.id_path)


def _nothing_placed(base_url: str, said: HttpAnswer | None) -> str:
    if said is None:
        return (
            f"No place for orders was found at {base_url}: name the path with --orders, such as "
            "--orders /api/v2/orders."
        )
    answered = f"{said.where} was answered with {said.code} ({said.text[:_SHOWN]})"
    if succeeded(said):
        return f"No order was found at {base_url}: {answered}, which has nothing like an ID."
    return (
        f"No order was accepted at {base_url}: {answered}. "
        "Give an order that is right there: --order order.json."
    )


def likely_ids(answer: HttpAnswer, sent: Example) -> list[str]:
    """Where the server's ID of the order may stand, likely places first."""
    ours = set(map(str, leaves(sent.document).values()))
    found = [
        path
        for path, value in leaves(document(answer)).items()
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value) not in ours
    ]
    return sorted(found, key=lambda path: ("client" in path.lower(), not names_id(path)))


def viewing(
    caller: Caller, placed: Placed, likely: Iterable[str | None]
) -> tuple[Placed, str, HttpAnswer]:
    """Where the order can be viewed, and by which ID. Raises ProbeFailed."""
    places = list(filter(None, likely))
    for found in likely_ids(placed.answer, placed.sent):
        known = replace(placed, id_path=found)
        for path in places:
            answer = caller.ask("GET", known.at(path))
            if succeeded(answer) and speaks_of(document(answer), known.order_id, name_of(found)):
                return known, path, answer
    raise ProbeFailed(
        f"An order was accepted by POST {placed.path} ({placed.answer.text[:_SHOWN]}) and found at "
        f"none of {', '.join(places)}: the probe looks for an order below the path of orders."
    )


def cancelling(
    caller: Caller, placed: Placed, likely: Iterable[str | None]
) -> tuple[str, str, HttpAnswer] | None:
    """Method, path and answer of the first cancel that is accepted; None if none is."""
    for spelled in filter(None, likely):
        method, _, path = spelled.partition(" ")
        answer = caller.ask(method, placed.at(path))
        if succeeded(answer):
            return method, path, answer
    return None


def ended(caller: Caller, placed: Placed, view: str) -> HttpAnswer | None:
    """The view of an order once its status has changed; None if it does not within SECONDS."""
    pause = threading.Event()
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        answer = caller.ask("GET", placed.at(view))
        if document(answer) != document(placed.answer):
            return answer
        pause.wait(_PAUSE)
    return None


def about(tape: Tape, order_id: object, count: int, seconds: float = SECONDS) -> list[Any]:
    """The frames that speak of the order, once there are so many or the time is over."""
    tape.wait(lambda frames: len(list(_speaking(frames, order_id))) >= count, seconds)
    return list(_speaking(list(tape.frames), order_id))


def others(tape: Tape, order_ids: Iterable[object]) -> list[Any]:
    """The frames that speak of none of these orders; texts for those that are no JSON."""
    said = [(text, document(text)) for text in tape.frames]
    return [
        text if found is None else found
        for text, found in said
        if not any(speaks_of(found, each) for each in order_ids)
    ]


def speaks_of(found: object, order_id: object, name: str = "") -> bool:
    """Whether the ID stands anywhere in a document."""
    if isinstance(found, dict):
        return any(speaks_of(each, order_id, key) for key, each in found.items())
    if isinstance(found, list):
        return any(speaks_of(each, order_id, name) for each in found)
    return is_id(name, found, order_id)


def _speaking(frames: list[str], order_id: object) -> Iterator[Any]:
    return (found for found in map(document, frames) if speaks_of(found, order_id))
