"""Whether the terms of a dialect contradict one another, each contradiction in one sentence."""

from collections.abc import Iterator
from itertools import combinations

from driver.contract import Terms
from driver.contract.rejections import POSSIBLE, is_missing
from driver.dialects.sources import Key
from driver.vocabulary import Capability, Reason

Found = Iterator[tuple[Key, str]]
NEEDED_SYMBOLS = ("EURUSD", "GBPUSD")


def contradictions(terms: Terms) -> list[tuple[Key, str]]:
    """The keys that contradict others, and how."""
    return [
        *_delays(terms),
        *_paths(terms),
        *_missing_forms(terms),
        *_symbols(terms),
        *_words(terms),
        *_needs(terms),
        *_reasons(terms),
    ]


def _delays(terms: Terms) -> Found:
    least, most = terms.run.delay_min, terms.run.delay_max
    if least is not None and most is not None and least > most:
        yield ("run", "delay_min"), f"delay_min {least:g} is more than delay_max {most:g}."


def _paths(terms: Terms) -> Found:
    for name in ("view", "cancel"):
        if "{order_id}" not in getattr(terms.endpoints, name).path:
            yield ("endpoints", name), f"the path of {name} lacks {{order_id}}, the order's place."


def _missing_forms(terms: Terms) -> Found:
    forms, missing = terms.forms, terms.not_offered
    uuids, quoted = Capability.UUIDS, Capability.QUOTED_QUANTITIES
    if (forms.order_id != "uuid") != (uuids in missing):
        yield (
            ("forms", "order_id"),
            f"order IDs are of the form {forms.order_id}: exactly if they are no UUIDs, say why in "
            "missing.uuids.",
        )
    if (forms.sent_quantity != "either") != (quoted in missing):
        yield (
            ("forms", "sent_quantity"),
            f"quantities are sent as {forms.sent_quantity}: exactly if only one way is allowed, "
            "say why in missing.quoted_quantities.",
        )


def _symbols(terms: Terms) -> Found:
    symbols, missing = terms.words.symbols, terms.not_offered
    if bool(symbols) != (Capability.ANY_SYMBOL in missing):
        yield (
            ("words", "symbols"),
            "words.symbols lists the allowed symbols: exactly if there are only some, say why in "
            "missing.any_symbol.",
        )
    if symbols and (lacking := [each for each in NEEDED_SYMBOLS if each not in symbols]):
        yield (
            ("words", "symbols"),
            f"words.symbols does not say what {' and '.join(lacking)} are called.",
        )


def _words(terms: Terms) -> Found:
    for name, words in (
        ("words", terms.words.statuses),
        ("in_events", terms.words.event_statuses),
        ("words", terms.words.sides),
    ):
        if len(set(words.values())) < len(words):
            told = ", ".join(sorted(words.values()))
            yield ("words", name), f"two words mean the same and cannot be told apart: {told}."
    if Capability.HELLO not in terms.not_offered and terms.words.hello in terms.words.events:
        yield ("words", "hello"), "hello and event have the same word, so frames look alike."


def _needs(terms: Terms) -> Found:
    missing = terms.not_offered
    for less, more in (
        (Capability.NUMBERING, Capability.REPLAY),
        (Capability.HELLO, Capability.REPLAY),
    ):
        if less in missing and more not in missing:
            yield (
                ("missing", less.key),
                f"without {less.value} there can be no {more.value}: declare missing.{more.key}.",
            )


def _reasons(terms: Terms) -> Found:
    """Reasons that look alike, exactly if it is said that not each has a look of its own."""
    alike = list(_alike(terms))
    distinct = Capability.DISTINCT_REASONS
    if distinct not in terms.not_offered:
        for one, other in alike:
            yield (
                ("rejections", other.key),
                f"{one.key} and {other.key} look alike: tell them apart by code, type or text, "
                f"or say why not in missing.{distinct.key}.",
            )
    elif not alike:
        yield (
            ("missing", distinct.key),
            f"all reasons look different here, so {distinct.key} is not missing.",
        )


def _alike(terms: Terms) -> Iterator[tuple[Reason, Reason]]:
    for reasons in POSSIBLE.values():
        told = [each for each in reasons if not is_missing(each, terms)]
        for one, other in combinations(told, 2):
            if terms.reasons[one].look == terms.reasons[other].look:
                yield one, other
