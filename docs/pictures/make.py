"""Makes the pictures of this folder from real runs: `python run.py pictures`.

One run is against the correct server, of the feature files that the arguments name, or else of all;
one against a faulty server. Each picture is made light and dark.
"""

import html
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Browser

from faults.trial import running
from tests.browsers import open_browser

PICTURES = Path(__file__).resolve().parent
ROOT = PICTURES.parents[1]
FAULT, ITS_FEATURE = "cancelled-order-executes", "features/cancelling_orders.feature"
DELAYS = (0.1, 1.0)
WIDTH = 960
MOST_BYTES = 120_000
CATALOGUE_LINES = 27
SOME_FEATURES = "table.features tbody tr:nth-child(8), table.features tfoot"

MARGIN = 4

CLIP = """([first, last, margin]) => {
    const from = document.querySelector(first), to = document.querySelector(last);
    from.closest("details.scenario")?.setAttribute("open", "");
    for (const feature of document.querySelectorAll("section.feature"))
        feature.hidden = !feature.contains(from);
    const [begin, end] = [from.getBoundingClientRect(), to.getBoundingClientRect()];
    const [x, y] = [Math.min(begin.left, end.left) - margin, begin.top - margin];
    const right = Math.max(begin.right, end.right) + margin;
    return { x, y, width: right - x, height: end.bottom + margin - y };
}"""
"""The part of the page that a picture shows, in pixels; what it shows is unfolded.

Features beside it are hidden: a page of all of them is too long for a browser to draw it in time.
"""

TERMINAL = """<!doctype html><html lang="en"><meta charset="utf-8"><style>
:root {{ color-scheme: light dark; }}
body {{ margin: 0; padding: 16px 20px; }}
pre {{ margin: 0; white-space: pre-wrap; font: 14px/1.45 "DejaVu Sans Mono", monospace; }}
</style><pre>{}</pre>"""


@dataclass(frozen=True)
class Picture:
    """A part of a page: from the top of the first selector's element to the end of the last's."""

    name: str
    page: Path
    first: str
    last: str


def main(features: Sequence[str]) -> int:
    """Makes all pictures; returns 1 if one is too large or the correct server did not pass."""
    with TemporaryDirectory() as folder:
        passed, failed = Path(folder, "passed"), Path(folder, "failed")
        if run_features(passed, *(features or ["features"])):
            print("The features fail, so this would be no picture of a green run.")
            return 1
        with running(FAULT, DELAYS) as address:
            run_features(failed, ITS_FEATURE, "--base-url", address)
        catalogue = Path(folder, "catalogue.html")
        catalogue.write_text(TERMINAL.format(html.escape(catalogue_text())), encoding="utf-8")
        failure = "details.scenario.failed"
        report = failed / "report.html"
        pictures = [
            Picture("report", passed / "report.html", "h1", SOME_FEATURES),
            Picture("cause", report, ".verdict", ".broken > li:first-child"),
            Picture("failure", report, failure, f"{failure} .failure"),
            Picture("performance", passed / "report.html", "figure img", "figure img"),
            Picture("catalogue", catalogue, "pre", "pre"),
        ]
        return draw(pictures)


def run_features(reports: Path, *arguments: str) -> int:
    """Runs feature files with their reports in this folder; returns pytest's exit code."""
    command = [sys.executable, "-m", "pytest", *arguments, "-o", f"bdd_reports={reports}"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode  # noqa: S603 - our own


def catalogue_text() -> str:
    """The beginning of what `pytest --steps` shows."""
    command = [sys.executable, "-m", "pytest", "--steps", "features"]
    done = subprocess.run(  # noqa: S603 - our own
        command, cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
    )
    return "\n".join(["$ pytest --steps", "", *done.stdout.splitlines()[:CATALOGUE_LINES]])


def draw(pictures: Sequence[Picture]) -> int:
    """Draws each picture light and dark; returns 1 if one is too large."""
    too_large = 0
    with open_browser() as browser:
        for picture in pictures:
            for scheme in ("light", "dark"):
                file = PICTURES / f"{picture.name}-{scheme}.png"
                shoot(browser, picture, dark=scheme == "dark", file=file)
                size = file.stat().st_size
                too_large |= size > MOST_BYTES
                print(f"{file.relative_to(ROOT)}: {size / 1000:.0f} KB")
    return int(too_large)


def shoot(browser: Browser, picture: Picture, *, dark: bool, file: Path) -> None:
    """Takes the part of the page from the first to the last element."""
    page = browser.new_page(
        viewport={"width": WIDTH, "height": 800}, color_scheme="dark" if dark else "light"
    )
    page.goto(picture.page.as_uri())
    clip = page.evaluate(CLIP, [picture.first, picture.last, MARGIN])
    page.screenshot(path=file, full_page=True, clip=clip)
    page.close()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except pytest.skip.Exception as lack:
        sys.exit(str(lack))
