"""Finds every command that a document gives."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.project.test_documents import DOCUMENTS, ROOT

_BLOCK = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
_SHELLS = {"", "sh", "bash", "powershell"}
_CODE = re.compile(r"(?<!`)`([^`]+)`(?!`)")
_PROGRAMS = r"python3?|pytest|pip|npm|npx|node|docker|locust|apt-get|git|\.venv\S*"
_COMMAND = re.compile(rf"(?:\w+=\S+ )*(?:sudo )?(?:{_PROGRAMS}) \S.*")
_COMMENT = re.compile(r"(?:^|\s+)# .*")


@dataclass(frozen=True, order=True)
class Documented:
    """A command and the document that gives it, below the project's folder."""

    command: str
    document: str


def documented() -> list[Documented]:
    """All commands, each once for every document that has it."""
    found = {
        Documented(each, str(path.relative_to(ROOT))) for path in DOCUMENTS for each in _of(path)
    }
    return sorted(found)


def _of(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    for language, block in _BLOCK.findall(text):
        if language in _SHELLS:
            yield from commands_of(block)
    for paragraph in _BLOCK.sub("", text).split("\n\n"):
        codes = (" ".join(code.split()) for code in _CODE.findall(paragraph))
        yield from (code for code in codes if _COMMAND.fullmatch(code))


def commands_of(block: str) -> list[str]:
    """Every line of a shell's block, without comments; a line that goes on is one with the next."""
    lines = re.sub(r"\s*\\\n\s*", " ", block).splitlines()
    return [line for each in lines if (line := _COMMENT.sub("", each).strip())]
