"""What each documented command printed: a page that the check of them all leaves behind."""

import re
from dataclasses import dataclass
from pathlib import Path

BAR = r"\|"  # a bar that ends no cell
_COLOURS = re.compile(r"\x1b\[[\d;]*m")


@dataclass(frozen=True)
class Printed:
    """A command as its document has it, how it ended, and a line of what it said."""

    command: str
    end: str
    line: str


def line_of(text: str, says: str = "") -> str:
    """The first line with `says` in it, or else the last that is not empty."""
    stripped = (line.strip("= ") for line in _COLOURS.sub("", text).splitlines())
    lines = [" ".join(line.split()) for line in stripped if line]
    found = [line for line in lines if says and re.search(says, line)]
    return (found or lines[-1:] or ["nothing"])[0]


def write_page(printed: list[Printed], path: Path, copy: Path) -> None:
    """Writes the page; where the copy of the project lies is of no interest."""
    rows = ["| command | ended with | printed |", "|---|---|---|"]
    for each in printed:
        cells = (f"`{each.command}`", each.end, each.line.replace(str(copy), "…"))
        rows.append(f"| {' | '.join(cell.replace('|', BAR) for cell in cells)} |")
    text = "# What the documented commands printed\n\n" + "\n".join(rows) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
