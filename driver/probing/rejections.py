"""How a server says no: the code of each reason, and what else tells it from others."""

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from driver.contract import HttpAnswer, Terms
from driver.contract.http import PROBLEM
from driver.probing.leaves import leaves
from driver.probing.life import Placed
from driver.probing.talk import Caller, document, succeeded
from driver.vocabulary import Reason

_BROKEN = b'{"broken": '
Said = dict[Reason, HttpAnswer]


@dataclass(frozen=True, slots=True)
class Rules:
    """The tables `problem` and `rejections`, and whether problem details (RFC 9457) are offered."""

    problem: Mapping[str, str]
    rejections: Mapping[str, Any]
    with_details: bool


def provoked(
    caller: Caller, executed: Placed, cancelled: Placed, unused: str, cancel: tuple[str, str]
) -> Said:
    """What the server answers to requests that it should reject; no order is at `unused`."""
    method, path = cancel
    sent = executed.sent
    zero = "0" if isinstance(sent.value("quantity"), str) else 0
    said = {
        Reason.MALFORMED: caller.ask("POST", executed.path, _BROKEN),
        Reason.INVALID_ORDER: caller.ask(
            "POST", executed.path, sent.fresh().with_value("quantity", zero).document
        ),
        Reason.UNKNOWN_ORDER: caller.ask("GET", unused),
        Reason.TOO_LATE_TO_CANCEL: caller.ask(method, executed.at(path)),
        Reason.ALREADY_CANCELLED: caller.ask(method, cancelled.at(path)),
    }
    if "reference" in sent.places:
        said[Reason.DUPLICATE_REFERENCE] = caller.ask("POST", executed.path, sent.document)
    return {reason: answer for reason, answer in said.items() if not succeeded(answer)}


def second_of_two(caller: Caller, placed: Placed, cancel: tuple[str, str]) -> HttpAnswer | None:
    """What the server answers to a cancel while another is on its way; None if it accepts both."""
    method, path = cancel
    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(caller.ask, method, placed.at(path)) for _ in range(2)]
        answers = [each.result() for each in asked]
    return next((each for each in answers if not succeeded(each)), None)


def rules(said: Said, built_in: Terms) -> Rules:
    """The tables that read these answers."""
    with_details = any(answer.media_type == PROBLEM for answer in said.values())
    known = {reason: leaves(document(answer)) for reason, answer in said.items()}
    if with_details:
        return _with_details(said, known, built_in)
    kind, detail = _kind_and_detail(known)
    rejections = {
        reason.key: _rule(answer.code, str(known[reason].get(kind, "")))
        for reason, answer in said.items()
    }
    sentences = {reason.key: answer.text.lower() for reason, answer in said.items()}
    _tell_apart(rejections, sentences, built_in)
    return Rules({"type": kind, "detail": detail}, rejections, with_details=False)


def _with_details(said: Said, known: Mapping[Reason, Any], built_in: Terms) -> Rules:
    types = [str(found.get("type", "")) for found in known.values()]
    prefix = types[0].rpartition("/")[0] + "/" if "/" in types[0] else ""
    rejections: dict[str, Any] = {"prefix": prefix}
    for reason, answer in said.items():
        words = built_in.reasons[reason].words
        kind = str(known[reason].get("type", "")).removeprefix(prefix)
        rejections[reason.key] = {
            **_rule(answer.code, kind),
            **({"words": list(words)} if words else {}),
        }
    return Rules({}, rejections, with_details=True)


def _rule(code: int, kind: str) -> dict[str, Any]:
    return {"code": code, "type": kind} if kind else {"code": code}


def _kind_and_detail(known: Mapping[Reason, Mapping[str, Any]]) -> tuple[str, str]:
    """Where the word stands that tells reasons apart, and where a sentence; empty for nowhere."""
    texts: dict[str, list[str]] = {}
    for found in known.values():
        for path, value in found.items():
            if isinstance(value, str):
                texts.setdefault(path, []).append(value)
    everywhere = {path: said for path, said in texts.items() if len(said) == len(known)}
    kinds = [path for path, said in everywhere.items() if len(set(said)) > 1 and _are_words(said)]
    kind = max(kinds, key=lambda path: len(set(everywhere[path])), default="")
    rest = [path for path in everywhere if path != kind]
    return kind, max(rest, key=lambda path: len("".join(everywhere[path])), default="")


def _are_words(said: Iterable[str]) -> bool:
    return all(each and " " not in each for each in said)


def _tell_apart(
    rejections: Mapping[str, dict[str, Any]], said: Mapping[str, str], built_in: Terms
) -> None:
    """Adds a `text` to reasons that look alike, if a word of one is not said of the others."""
    looks = {key: (rule["code"], rule.get("type")) for key, rule in rejections.items()}
    for key, rule in rejections.items():
        alike = [each for each in looks if each != key and looks[each] == looks[key]]
        words = built_in.reasons[Reason[key.upper()]].words if alike else ()
        for word in words:
            if word in said[key] and not any(word in said[each] for each in alike):
                rule["text"] = word
                break
