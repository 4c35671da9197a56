"""What was seen in a scenario, written for people: requests and events with their times."""

import json
from collections.abc import Collection, Mapping, Sequence

from driver import LoggedRequest, OrderEvent, ReceivedEvent, Subscription


def request_title(logged: LoggedRequest) -> str:
    """One line: what was asked, what was answered, how long it took."""
    return f"{logged.request} → {logged.answer} ({logged.seconds * 1000:.0f} ms)"


def request_text(logged: LoggedRequest, start: float) -> str:
    """Request and answer in full; times are seconds since `start`."""
    parts = [
        f"sent at {logged.sent - start:.3f} s, answered at {logged.received - start:.3f} s",
        logged.request,
    ]
    if logged.request_text is not None:
        parts.append(_clipped(logged.request_text))
    parts += ["", logged.answer, _pretty(logged.answer_text)]
    return "\n".join(parts).rstrip()


def _pretty(body: str) -> str:
    try:
        return _clipped(json.dumps(json.loads(body), indent=2, ensure_ascii=False))
    except ValueError:
        return _clipped(body)


def _clipped(text: str, most: int = 4000) -> str:
    return text if len(text) <= most else f"{text[:most]}… ({len(text)} characters)"


def event_in_words(event: OrderEvent) -> str:
    """One line: its number, and which status it tells of which order."""
    return f"event {event.sequence}: {event.status} for order {event.order_id}"


def differing(
    expected: Mapping[str, object], got: Mapping[str, object]
) -> tuple[dict[str, object], dict[str, object]]:
    """The fields of two orders that differ, as each has them; both empty if none does."""
    names = [name for name in expected if got[name] != expected[name]]
    return {each: expected[each] for each in names}, {each: got[each] for each in names}


def fields_in_words(fields: Mapping[str, object]) -> str:
    """A line for each field of an order: `side: BUY`, or `no reference`."""
    told = ((name.replace("_", " "), value) for name, value in fields.items())
    return "\n".join(f"no {name}" if value is None else f"{name}: {value}" for name, value in told)


def events_received(recorder: Subscription, own: Collection[str | None], start: float) -> str:
    """What a subscriber received: events of the `own` orders in full, others as a count."""
    lines = [_greeting(recorder)]
    others = 0
    for received in recorder.events:
        if received.event.order_id in own:
            lines += [*_others(others), _line(received, start)]
            others = 0
        else:
            others += 1
    lines += _others(others)
    if ended := recorder.disconnection:
        lines.append(f"{ended.received - start:8.3f} s  closed: {ended.code} {ended.reason}")
    return "\n".join(lines)


def lines_about(recorder: Subscription, order_id: str) -> str:
    """The events of one order, or that there was none, and how the connection ended, if it did."""
    received = recorder.events_of(order_id)
    lines = [_line(each, received[0].received) for each in received] or ["no event of this order"]
    if ended := recorder.disconnection:
        lines.append(f"the connection was closed: {ended.code} {ended.reason}")
    return "\n".join(lines)


def _greeting(recorder: Subscription) -> str:
    if recorder.hello is None:
        return "the server ended the connection before the hello"
    return f"hello: every event after {recorder.hello.sequence} will arrive"


def _others(count: int) -> Sequence[str]:
    return [f"            … {count} of other orders"] if count else []


def _line(received: ReceivedEvent, start: float) -> str:
    event = received.event
    return (
        f"{received.received - start:8.3f} s  {event.sequence:>6}  {event.status:<9}  "
        f"order {event.order_id}  reference {event.reference}"
    )
