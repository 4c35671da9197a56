"""The HTML report's content, made of records alone."""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from bdd.language.faults import Fault
from bdd.language.promises import Promise
from bdd.reporting.evidence import (
    NOT_OFFERED,
    STATUSES,
    Attachment,
    ScenarioRecord,
    Status,
    printable,
)
from bdd.reporting.history import PastRun
from bdd.reporting.results import FeatureResult, Results, by_rule, counts_of
from bdd.reporting.words import MARKS, broken_promises, duration, noticed, plural, tally

STYLE = Path(__file__).with_name("style.css")
LINE = 200
SLOWEST = 5


@dataclass(frozen=True)
class KeptPromise:
    """A promise, and the scenarios about it that were run."""

    promise: Promise
    scenarios: Sequence[ScenarioRecord]

    @property
    def counts(self) -> Mapping[Status, int]:
        """How many of the scenarios ended how."""
        return counts_of(self.scenarios)


@dataclass(frozen=True)
class Surroundings:
    """What a report shows beside the records of its run.

    `promises` are those of the features that ran; `faults` is None if nobody has tried any.
    `last_runs` are this run and those before it, the latest first.
    """

    environment: Mapping[str, str]
    promises: Sequence[Promise] = ()
    faults: Sequence[Fault] | None = None
    last_runs: Sequence[PastRun] = ()


def report_page(results: Results, beside: Surroundings) -> str:
    """The whole report below its title; it needs `style.css`, and for its filter `filter.js`."""
    features = results.features()
    scenarios = [scenario for feature in features for scenario in feature.scenarios]
    return TEMPLATES.get_template("report.html.jinja").render(
        features=features,
        causes=results.causes,
        counts=results.counts,
        tags=sorted({tag for scenario in scenarios for tag in scenario.tags}),
        slowest=results.slowest(SLOWEST),
        promises=_kept(beside.promises, scenarios),
        beside=beside,
        seconds=results.seconds,
    )


def _kept(promises: Sequence[Promise], scenarios: Sequence[ScenarioRecord]) -> list[KeptPromise]:
    """The promises that scenarios of the run are about, with these."""
    of: dict[tuple[str, str], list[ScenarioRecord]] = {}
    for scenario in scenarios:
        of.setdefault((scenario.file, scenario.rule), []).append(scenario)
    every = [KeptPromise(each, of.get((each.file, printable(each.rule)), [])) for each in promises]
    return [each for each in every if each.scenarios]


def statuses_of(counted: Sequence[FeatureResult] | Sequence[PastRun]) -> list[Status]:
    """The columns of a table of counts: what is not offered only where something is not."""
    absent = any(each.counts[NOT_OFFERED] for each in counted)
    return [status for status in STATUSES if absent or status != NOT_OFFERED]


def is_short(attachment: Attachment) -> bool:
    """Whether it is a line of text, which is shown where it was found and not folded."""
    return not attachment.announced and attachment.is_line(LINE)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a description, whose lines end where those of its file do, each in one."""
    return [" ".join(each.split()) for each in text.split("\n\n") if each.strip()]


def readable(attachment: Attachment) -> str:
    """The body as text for people: JSON is indented, anything else as it is."""
    if attachment.media_type != "application/json":
        return attachment.body
    try:
        return json.dumps(json.loads(attachment.body), indent=2, ensure_ascii=False)
    except ValueError:
        return attachment.body


def rule_id(file: str, rule: str) -> str:
    """What the heading of a Rule is called inside the report."""
    return f"{file} {rule}".replace(" ", "-")


def data_uri(attachment: Attachment) -> str:
    """The body inside an address, so that a picture needs no file beside the report."""
    body = base64.b64encode(attachment.content).decode("ascii")
    return f"data:{attachment.media_type};base64,{body}"


def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("bdd.reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    helpers = (
        *(broken_promises, by_rule, data_uri, duration, is_short),
        *(noticed, paragraphs, plural, readable, rule_id, statuses_of, tally),
    )
    templates.globals.update({helper.__name__: helper for helper in helpers}, marks=MARKS)
    return templates


TEMPLATES = _templates()
