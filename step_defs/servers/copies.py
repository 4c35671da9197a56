"""A process that this project's servers are copied from, where the system can do that: on Linux.

What it imports takes as long as what the run itself does, so that it is to begin first: this module
imports nothing that takes time.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from driver.server_process import Launch

LAUNCH: pytest.StashKey["Launch"] = pytest.StashKey()


def prepare_copies(config: pytest.Config) -> None:
    """Begins to import what servers need, if that has not begun."""
    if sys.platform == "linux" and LAUNCH not in config.stash:
        from cluster.warm_start import WarmStart  # noqa: PLC0415 - cannot be imported elsewhere

        warm = WarmStart()
        config.add_cleanup(warm.close)
        config.stash[LAUNCH] = warm.launch


def seem_needed(arguments: Sequence[object], known: Any) -> bool:
    """Whether a command line looks as if it will run features against a server of our own."""
    elsewhere = known.base_url or known.server_command or known.dialect
    runs = not known.collectonly and "--dry-run" not in arguments
    return runs and not elsewhere and any(map(holds_features, known.file_or_dir))


def holds_features(argument: str) -> bool:
    """Whether this argument of pytest names a feature file, or a folder that has one."""
    path = Path(argument.split("::", maxsplit=1)[0])
    return ".feature" in path.suffix or (path.is_dir() and any(path.rglob("*.feature")))
