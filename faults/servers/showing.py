"""Servers whose page shows people something else than what is."""

from collections.abc import Callable
from dataclasses import replace

from app.page import PageFiles, page_files
from app.wiring import Parts
from faults.altering import HttpAnswer, Wrap, altering_answers
from faults.fault import ON_THE_PAGE, Fault, ScenarioSet

_POLICY = "content-security-policy"

_EXECUTED = "An order on the page is PENDING until it is executed"
_CANCELLED = "An order on the page is PENDING until its cancel is done"
_OFFERED = "A PENDING order can be cancelled in the list of orders"
_MARKED = "Invalid fields are marked in the ticket"
_TEXT = "Markup in a reference is shown as it was typed"
_CUT_OFF = "Orders that arrived while the page was cut off are shown once"
_SLEPT = "A page that slept shows what it missed"
_FILTERED = "An order in another symbol stays out of a filtered list"
_PLACED_BY_KEYS = "An order is placed without a mouse"
_CANCELLED_BY_KEYS = "An order is cancelled without a mouse"


def _page_with(name: str, old: str, new: str) -> Callable[[], PageFiles]:
    """The page, but for one place in one of its files."""

    def files() -> PageFiles:
        found = page_files()
        text = found[name].decode()
        if text.count(old) != 1:
            raise ValueError(f"{name} does not have this once: {old}")
        return {**found, name: text.replace(old, new).encode()}

    return files


def _without_policy() -> Wrap:
    """Lets a browser run whatever the page has: its policy would be in the way of the fault."""

    def alter(answer: HttpAnswer) -> HttpAnswer:
        headers = {name: value for name, value in answer.headers.items() if name != _POLICY}
        return HttpAnswer(answer.method, answer.path, answer.status, headers, answer.body)

    return altering_answers(alter)


# A browser takes its time: each fault is tried on the scenarios that could notice it.
_WORDS = {
    _EXECUTED: "until and executed",
    _CANCELLED: "until and cancel",
    _OFFERED: "cancelled and list",
    _MARKED: "fields",
    _TEXT: "Markup",
    _CUT_OFF: "cut",
    _SLEPT: "slept",
    _FILTERED: "filtered",
    _PLACED_BY_KEYS: "placed and mouse",
    _CANCELLED_BY_KEYS: "cancelled and mouse",
}


_RULES = {
    _EXECUTED: "The page shows a status when an event says so, and not before",
    _CANCELLED: "The page shows a status when an event says so, and not before",
    _OFFERED: "The cancel button is there until it is too late",
    _MARKED: "A rejection is explained at the fields that are wrong",
    _TEXT: "Text from orders is text",
    _CUT_OFF: "The page shows every event exactly once, also after a lost connection",
    _SLEPT: "The page shows every event exactly once, also after a lost connection",
    _FILTERED: "A filter shows the orders that match, also those that arrive later",
    _PLACED_BY_KEYS: "The keyboard is enough",
    _CANCELLED_BY_KEYS: "The keyboard is enough",
}


def _noticing(about: str) -> ScenarioSet:
    return replace(ON_THE_PAGE, words=_WORDS[about])


def _shows(name: str, breaks: str, about: str, *change: str) -> Fault:
    """A fault of the page: `change` is a file, what it has in one place, and what in its stead."""
    file, old, new = change
    return Fault(
        name,
        breaks,
        (f"trading_page: {about}",),
        f"Trading page: {_RULES[about]}",
        selection=_noticing(about),
        parts=Parts(page_files=_page_with(file, old, new)),
    )


FAULTS = (
    _shows(
        "page-guesses-the-execution",
        "The page shows a status when an event says so, and not before.",
        _EXECUTED,
        "orders.js",
        "      order.announced ??= orderStatus;\n",
        "      order.announced ??= orderStatus;\n"
        '      this.#turn(order, "EXECUTED", occurredAt);\n',
    ),
    _shows(
        "page-shows-a-cancel-that-is-not-done",
        "The page shows CANCELLED when an event says so, and not when somebody asks for it.",
        _CANCELLED,
        "ticket.js",
        "    this.#open.set(view.orderId, line);\n",
        "    this.#open.set(view.orderId, line);\n"
        '    button.addEventListener("click", () => setTimeout(() =>\n'
        '      this.#close(line, { ...view, status: "CANCELLED" })));\n',
    ),
    _shows(
        "cancel-only-looks-cancelled",
        "A cancel that the page accepts is one that the server has accepted.",
        _CANCELLED,
        "cancel.js",
        "      await api.cancel(orderId);\n",
        "",
    ),
    _shows(
        "cancel-is-always-offered",
        "The cancel button is there until it is too late.",
        _OFFERED,
        "blotter.js",
        '      if (button) takeBack(button, document.getElementById("rows"));\n',
        "",
    ),
    _shows(
        "rejection-far-from-its-field",
        "A rejection is explained at the fields that are wrong.",
        _MARKED,
        "ticket.js",
        "      if (error.problem?.errors) showErrors(this.#form, error.problem.errors);\n",
        "",
    ),
    _shows(
        "doubles-after-reconnect",
        "After a lost connection the page has no event twice.",
        _CUT_OFF,
        "stream.js",
        "    this.#since = this.#last;\n",
        "    this.#since = this.#last = this.#last && Math.max(0, this.#last - 2);\n",
    ),
    _shows(
        "gap-after-reconnect",
        "After a lost connection the page has every event.",
        _CUT_OFF,
        "stream.js",
        "    this.#since = this.#last;\n",
        "    this.#since = null;\n",
    ),
    _shows(
        "stale-after-sleep",
        "A page that slept shows what it missed.",
        _SLEPT,
        "stream.js",
        "    if (slept) this.reconnect();\n    else if (open",
        "    if (!slept && open",
    ),
    _shows(
        "sleep-leaves-a-gap",
        "A page that slept shows all that it missed.",
        _SLEPT,
        "stream.js",
        "    if (slept) this.reconnect();\n",
        "    if (slept) {\n      this.#last += 2;\n      this.reconnect();\n    }\n",
    ),
    _shows(
        "row-of-another-filter",
        "A filter shows the orders that match, and no others that arrive later.",
        _FILTERED,
        "selection.js",
        "    return Object.entries(this.#filters)",
        '    return order.status === "PENDING" || order.announced\n'
        "      || Object.entries(this.#filters)",
    ),
    _shows(
        "filter-is-not-kept-up",
        "A filter shows the orders that match, also those that arrive later.",
        _FILTERED,
        "selection.js",
        "    if (!this.#walking) this.#readAgain(this.#walk);\n",
        "",
    ),
    _shows(
        "mouse-needed",
        "The keyboard is enough to cancel an order.",
        _CANCELLED_BY_KEYS,
        "cancel.js",
        '{ type: "button", class: "cancel",',
        '{ type: "button", tabindex: "-1", class: "cancel",',
    ),
    _shows(
        "ticket-needs-a-mouse",
        "The keyboard is enough to place an order.",
        _PLACED_BY_KEYS,
        "ticket.js",
        "      this.#place(filledIn(this.#form));\n    });\n",
        "    });\n"
        '    this.#form.querySelector("[type=submit]").addEventListener("pointerup", () =>\n'
        "      this.#place(filledIn(this.#form)));\n",
    ),
    Fault(
        "reference-run-as-html",
        "Text from orders is text.",
        (f"trading_page: {_TEXT}",),
        f"Trading page: {_RULES[_TEXT]}",
        selection=_noticing(_TEXT),
        wrap=_without_policy(),
        parts=Parts(
            page_files=_page_with(
                "ticket.js",
                'wanted.append(" ", element("small", {}, clientOrderId));',
                'wanted.insertAdjacentHTML("beforeend", ` <small>${clientOrderId}</small>`);',
            )
        ),
    ),
)
