"""What the Cucumber extension of VS Code makes of the features, asked of its own language service.

It needs Node, and the npm package `@cucumber/language-service` in a folder above this one.
"""

import json
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

SCRIPT = Path(__file__).with_suffix(".mjs")
PACKAGE = Path("node_modules", "@cucumber", "language-service")
SECONDS = 60


@dataclass(frozen=True)
class Opinion:
    """The step definitions it recognises, and what it would underline or lay out anew."""

    definitions: list[str]
    problems: list[str]
    unformatted: list[str]


def missing() -> str:
    """What is not installed and how to get it, else nothing."""
    if shutil.which("node") is None:
        return "Node is not installed: https://nodejs.org"
    if not any((folder / PACKAGE).is_dir() for folder in SCRIPT.parents):
        return "the language service is not installed: npm ci"
    return ""


def opinion(root: Path, settings: Path) -> Opinion:
    """What the editor says with these settings of all features below the root."""
    said = json.loads(settings.read_text("utf-8"))
    question = {
        "parameterTypes": said["cucumber.parameterTypes"],
        "glue": _files(root, said["cucumber.glue"]),
        "features": _files(root, said["cucumber.features"]),
    }
    answer = subprocess.run(  # noqa: S603 - the script is our own
        [shutil.which("node") or "node", str(SCRIPT)],
        input=json.dumps(question),
        capture_output=True,
        check=True,
        encoding="utf-8",
        timeout=SECONDS,
    )
    return Opinion(**json.loads(answer.stdout))


def _files(root: Path, patterns: Iterable[str]) -> list[dict[str, str]]:
    return [
        {"uri": path.relative_to(root).as_posix(), "content": path.read_text("utf-8")}
        for pattern in patterns
        for path in sorted(root.glob(pattern))
    ]
