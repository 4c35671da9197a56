"""How step code adds to what a scenario showed, and says which promise does not hold.

It uses five names: `attach` and `announce` add evidence to the step that is running, `Mismatch`
says what was expected and what was got, `Rule` whose promise that was, `charge_run` that the
scenario only happened to see it.
"""

import threading
from contextvars import ContextVar
from dataclasses import dataclass
from typing import ClassVar

from bdd.reporting.evidence import PNG, Attachment, beside, printable

MEDIA_TYPES = frozenset({"text/plain", "application/json", "image/svg+xml", PNG, "text/csv"})


@dataclass(frozen=True, slots=True)
class Rule:
    """A promise: the `Rule:` of a feature, both by their names in the file."""

    feature: str
    title: str


class Mismatch(AssertionError):
    """A promise that does not hold, told without a traceback.

    `rule` is the promise, if it is another one than the scenario's own. A subclass may name the
    `category` its failures are counted under.
    """

    category: ClassVar[str] = ""

    def __init__(
        self, what: str, *, expected: object, got: object, rule: Rule | None = None
    ) -> None:
        super().__init__(what)
        self.what = what
        self.expected = str(expected)
        self.got = str(got)
        self.rule = rule

    def __str__(self) -> str:
        return f"{self.what}\n{beside(self.expected, self.got)}"


def attach(
    title: str, body: str, media_type: str = "text/plain", *, as_it_is: bool = False
) -> None:
    """Adds evidence to the step that is running or just ended, else to the scenario.

    Text that is to stay `as_it_is` keeps the IDs that are otherwise told by names. The body of a
    PNG is given in base64. Outside a scenario it does nothing.

    Raises:
        ValueError: the media type is not one of `MEDIA_TYPES`.
        RuntimeError: called from another thread than the one that runs the steps.
    """
    if media_type not in MEDIA_TYPES:
        raise ValueError(f"cannot attach {media_type}, only {', '.join(sorted(MEDIA_TYPES))}")
    _collect(Attachment(printable(title), printable(body), media_type, as_it_is=as_it_is))


def announce(title: str, text: str) -> None:
    """Attaches the text and prints it on the terminal at the end of the run."""
    _collect(Attachment(printable(title), printable(text), announced=True))


def charge_run(finding: Mismatch) -> None:
    """Charges a finding to the run: the scenario only happened to see it, and does not fail.

    Several scenarios may see the same; the run tells it once, and fails. Outside a scenario this
    does nothing.
    """
    if (charged := run_charges.get()) is not None:
        charged.append(finding)


def _collect(attachment: Attachment) -> None:
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("evidence is attached from the thread that runs the steps")
    if (collected := collector.get()) is not None:
        collected.append(attachment)


collector: ContextVar[list[Attachment] | None] = ContextVar("collector", default=None)
"""Where evidence goes at present; the recording sets it as steps begin and end."""

run_charges: ContextVar[list[Mismatch] | None] = ContextVar("run_charges", default=None)
"""Where findings go that are charged to the run."""
