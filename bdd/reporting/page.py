"""The HTML report's content, made of records alone."""

import base64
import json
from collections.abc import Mapping, Sequence

from jinja2 import Environment, PackageLoader, StrictUndefined

from bdd.reporting.evidence import Attachment, ScenarioRecord
from bdd.reporting.results import Results, by_rule
from bdd.reporting.words import MARKS, broken_promises, duration, noticed, plural


def report_page(
    results: Results, slowest: Sequence[ScenarioRecord], environment: Mapping[str, str]
) -> str:
    """The whole report below its title; it needs `style.css`, and for its filter `filter.js`."""
    features = results.features()
    scenarios = [scenario for feature in features for scenario in feature.scenarios]
    return TEMPLATES.get_template("report.html.jinja").render(
        features=features,
        causes=results.causes,
        tags=sorted({tag for scenario in scenarios for tag in scenario.tags}),
        slowest=slowest,
        environment=environment,
        seconds=results.seconds,
    )


def readable(attachment: Attachment) -> str:
    """The body as text for people: JSON is indented, anything else as it is."""
    if attachment.media_type != "application/json":
        return attachment.body
    try:
        return json.dumps(json.loads(attachment.body), indent=2, ensure_ascii=False)
    except ValueError:
        return attachment.body


def data_uri(attachment: Attachment) -> str:
    """The body inside an address, so that a picture needs no file beside the report."""
    body = base64.b64encode(attachment.body.encode()).decode("ascii")
    return f"data:{attachment.media_type};base64,{body}"


def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("bdd.reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    helpers = (broken_promises, by_rule, data_uri, duration, noticed, plural, readable)
    templates.globals.update({helper.__name__: helper for helper in helpers}, marks=MARKS)
    return templates


TEMPLATES = _templates()
