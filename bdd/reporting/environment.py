"""Where and with what the run took place, as lines for the reports' summaries."""

import platform
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import pytest


def environment(config: pytest.Config, begun: datetime) -> dict[str, str]:
    """The project's own lines, then those that every run has."""
    lines: dict[str, str] = {}
    for of_project in config.hook.pytest_bdd_report_environment(config=config):
        lines.update(of_project)
    return {
        **lines,
        "Python": platform.python_version(),
        "Platform": platform.platform(terse=True),
        "Commit": commit(config.rootpath) or "not under version control",
        "Started": f"{begun.astimezone():%Y-%m-%d %H:%M:%S %Z}".strip(),
    }


def title(config: pytest.Config) -> str:
    """The name of what is specified."""
    return str(config.hook.pytest_bdd_report_title(config=config) or config.rootpath.name)


def commit(root: Path) -> str | None:
    """The short hash of the commit that is checked out, if git knows of one."""
    git = shutil.which("git")
    if git is None:
        return None
    command = [git, "rev-parse", "--short", "HEAD"]
    answer = subprocess.run(  # noqa: S603
        command, cwd=root, capture_output=True, text=True, encoding="utf-8", check=False
    )
    return answer.stdout.strip() if answer.returncode == 0 else None
