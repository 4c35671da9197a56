"""The feature files that a command line asks for."""

from collections import defaultdict
from collections.abc import Sequence
from fnmatch import fnmatch
from pathlib import Path

import pytest

from bdd.running.lines import split_line


def asked_paths(config: pytest.Config) -> list[Path]:
    """The files and folders of the command line, or those that pytest.ini names instead."""
    arguments = (split_line(argument.partition("::")[0])[0] for argument in config.args)
    paths = ((config.invocation_params.dir / argument).resolve() for argument in arguments)
    return list(dict.fromkeys(paths))


def asked_names(config: pytest.Config) -> dict[Path, list[str]]:
    """The scenarios that the arguments name, `FILE::NAME`, by file; files without have none."""
    named: dict[Path, list[str]] = defaultdict(list)
    for argument in config.args:
        file, border, name = argument.partition("::")
        if border:
            named[(config.invocation_params.dir / file).resolve()].append(name)
    return dict(named)


def asked_features(config: pytest.Config) -> list[Path]:
    """Every feature file among them, by path."""
    skipped: list[str] = config.getini("norecursedirs")
    found = {file for path in asked_paths(config) for file in _features(path, skipped)}
    return sorted(found)


def only_features(config: pytest.Config) -> bool:
    """Whether nothing but feature files can be meant."""
    paths = asked_paths(config)
    return all(path.suffix == ".feature" or _holds_only_features(path) for path in paths)


def _features(path: Path, skipped: Sequence[str]) -> list[Path]:
    if path.suffix == ".feature":
        return [path]
    return [
        file
        for file in path.rglob("*.feature")
        if not any(
            fnmatch(folder, pattern)
            for folder in file.relative_to(path).parts[:-1]
            for pattern in skipped
        )
    ]


def _holds_only_features(path: Path) -> bool:
    return path.is_dir() and any(path.rglob("*.feature")) and not any(path.rglob("*.py"))
