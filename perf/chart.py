"""A burst as a picture: how its execution delays are spread, and when each order was heard of."""

import hashlib
import re

from perf.records import BurstRecord

_TITLE = "How long the orders of a burst took to be executed"


def chart_svg(record: BurstRecord) -> str:
    """The picture as an SVG element that scales to the width of its place.

    It needs nothing from outside, depends on the record alone, and its ids differ from those of
    any other burst's picture, so that several can stand in one HTML page.
    """
    # matplotlib takes longer to import than a burst takes to run.
    from perf.drawing import draw  # noqa: PLC0415

    return _embeddable(draw(record))


def _embeddable(svg: str) -> str:
    """The SVG element without what only a file of its own needs."""
    element = svg[svg.index("<svg") :]
    prefix = f"burst-{hashlib.sha256(element.encode()).hexdigest()[:8]}-"
    unique = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{prefix}", element)
    sized = re.sub(r' width="[\d.]+pt" height="[\d.]+pt"', "", unique, count=1)
    return sized.replace("<svg ", f'<svg role="img" aria-label="{_TITLE}" ', 1)
