"""Reads the dialect that servers are put behind, and says why one cannot be used for that."""

from collections.abc import Iterator
from pathlib import Path

from driver import TRADING, DialectWrong, read_contract
from driver.contract import Terms


class Unsuitable(Exception):
    """A dialect that cannot be used, with every reason in one sentence each."""


def read_dialect(file: Path) -> Terms:
    """The terms of the dialect in a file. Raises Unsuitable.

    It may say otherwise whatever has a name, and must offer all that the servers do: what is not
    offered is not tried, and proves nothing.
    """
    try:
        terms = read_contract(file).terms
    except DialectWrong as wrong:
        raise Unsuitable(str(wrong)) from None
    if reasons := list(_why_not(terms)):
        raise Unsuitable("\n".join(f"{file}: {reason}" for reason in reasons))
    return terms


def _why_not(terms: Terms) -> Iterator[str]:
    for capability, reason in terms.not_offered.items():
        yield f"missing.{capability.key}: the faulty servers offer it, so it cannot be {reason!r}."
    if terms.forms != TRADING.terms.forms:
        yield "[forms]: the faulty servers write values in the forms of the built-in dialect."
    if terms.endpoints.cancel.shows != "nothing":
        yield "endpoints.cancel: the faulty servers show nothing of a cancelled order."
    if terms.page.form != "object":
        yield "page.form: the faulty servers list in pages, which are objects."
    event = terms.event
    if not event.kind or event.symbol or event.side or event.quantity or event.created_at:
        yield "[event]: the faulty servers tell the kind of a frame, and no more than a status."
    if event.many and not event.at:
        yield "event.at: a frame that is an array of events cannot tell its kind."
