"""The text of a dialect file with the lines of its keys, and mistakes that name them."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from driver.errors import DriverError

Key = tuple[str, ...]

_TABLE = re.compile(r"\s*\[([^\[\]]+)\]")
_ENTRY = re.compile(r"\s*([\w.\"'-]+)\s*=")
_SYNTAX = re.compile(r"(?P<what>.*) \(at (?:line (?P<line>\d+), column \d+|end of document)\)")


class DialectWrong(DriverError):
    """A dialect file cannot be used; each line of the text is one mistake, with file and line."""

    def __init__(self, *mistakes: str) -> None:
        self.mistakes = mistakes
        super().__init__("\n".join(mistakes))


@dataclass(frozen=True)
class Source:
    """One file: what stands in it, and on which line each key does."""

    file: str
    content: Mapping[str, Any]
    lines: Mapping[Key, int]

    @classmethod
    def read(cls, path: Path) -> Self:
        """The file. Raises DialectWrong if it cannot be read, or is no TOML."""
        try:
            text = path.read_text(encoding="utf-8")
            return cls(str(path), tomllib.loads(text), _lines(text))
        except (OSError, UnicodeDecodeError) as error:
            why = getattr(error, "strerror", None) or "it is not UTF-8"
            raise DialectWrong(f"{path}: the dialect cannot be read: {why}.") from None
        except tomllib.TOMLDecodeError as error:
            found = _SYNTAX.match(str(error))
            line, what = (found["line"], found["what"]) if found else (None, str(error))
            place = f"{path}:{line}" if line else f"{path}"
            raise DialectWrong(f"{place}: this is not TOML: {what}.") from None

    def place(self, key: Key) -> str:
        """The file, and the line of the key or of the table that it would stand in."""
        for length in range(len(key), 0, -1):
            if key[:length] in self.lines:
                return f"{self.file}:{self.lines[key[:length]]}"
        return self.file


def _lines(text: str) -> dict[Key, int]:
    """The line of each table and each key at the beginning of a line."""
    lines: dict[Key, int] = {}
    table: Key = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _TABLE.match(line):
            table = _parts(match[1])
            lines.setdefault(table, number)
        elif match := _ENTRY.match(line):
            lines.setdefault((*table, *_parts(match[1])), number)
    return lines


def _parts(dotted: str) -> Key:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))
