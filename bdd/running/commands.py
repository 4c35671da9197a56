"""Commands that look at features and steps without running anything, in a single process.

They answer before pytest begins a session, so that no server starts and no report is written.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bdd.language.catalogue import as_markdown, as_text, count_uses
from bdd.language.checks import CheckedFile, checker
from bdd.language.editor import with_steps
from bdd.language.problems import plural, shown
from bdd.language.promises import promises_of
from bdd.language.promises_page import as_markdown as promises_as_markdown
from bdd.running.arguments import asked_features
from bdd.running.selected import SelectedRun, selected_runs


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the commands to pytest's options."""
    group = parser.getgroup("feature files")
    group.addoption(
        "--dry-run", action="store_true", help="check feature files and their steps, run nothing"
    )
    group.addoption(
        "--frames",
        action="store_true",
        help="for programmers: tell of an undefined step how its definition would begin",
    )
    group.addoption("--steps", action="store_true", help="show the catalogue of steps")
    group.addoption("--steps-markdown", metavar="FILE", help="write the catalogue of steps")
    group.addoption(
        "--promises-markdown",
        metavar="FILE",
        help="write every Rule with its scenarios, and the faults that only these notice",
    )
    group.addoption(
        "--vscode-settings", metavar="FILE", help="write what VS Code has to know of the steps"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> pytest.ExitCode | None:
    """Answers one of the commands, if one was given."""
    if config.option.dry_run:
        return _dry_run(config)
    if config.option.steps:
        return _show_steps(config)
    if config.option.steps_markdown:
        return _write(config, config.option.steps_markdown, steps_markdown(config))
    if config.option.promises_markdown:
        path = Path(config.option.promises_markdown)
        return _write(config, str(path), promises_markdown(config, path, asked_features(config)))
    if config.option.vscode_settings:
        path = Path(config.option.vscode_settings)
        return _write(config, str(path), vscode_settings(config, path))
    return None


def steps_markdown(config: pytest.Config) -> str:
    """The catalogue of steps as a Markdown page."""
    return as_markdown(checker(config).definitions)


def promises_markdown(config: pytest.Config, path: Path, features: Sequence[Path]) -> str:
    """What these feature files promise as a Markdown page, which will be at `path`."""
    page = (config.invocation_params.dir / path).resolve()
    files = [checker(config).check(each) for each in features]
    faults = config.hook.pytest_bdd_faults(config=config)
    return promises_as_markdown(promises_of(files), faults, Path(shown(page, config.rootpath)))


def vscode_settings(config: pytest.Config, path: Path) -> str:
    """The settings file with what it says of the steps renewed."""
    try:
        settings = json.loads(path.read_text("utf-8")) if path.exists() else {}
    except ValueError as error:
        told = f"{path}: it cannot be read as JSON, which has no comments: {error}"
        raise pytest.UsageError(told) from None
    renewed = with_steps(settings, checker(config).definitions)
    return json.dumps(renewed, indent=2, ensure_ascii=False) + "\n"


def _dry_run(config: pytest.Config) -> pytest.ExitCode:
    runs = selected_runs(config)
    checked = {path: checker(config).check(path) for path in asked_features(config)}
    files = [_without_others(file, path, runs) for path, file in checked.items()]
    counts = Counter(run.path for run in runs)
    say = pytest.TerminalReporter(config).write_line
    for path, file in zip(checked, files, strict=True):
        count = len(file.problems)
        verdict = plural(count, "problem") if count else "ok"
        say(f"{file.name}: {plural(counts[path], 'scenario')}, {verdict}")
    for file in files:
        if file.problems:
            say(f"\n{file.told()}")
    definitions = checker(config).definitions
    unused = len(definitions) - len(count_uses(definitions, files))
    say(f"\n{plural(len(definitions), 'step')} defined, {unused} of them not used here")
    say(_summary(files, len(runs)))
    return _exit_code(files)


def _show_steps(config: pytest.Config) -> pytest.ExitCode:
    definitions = checker(config).definitions
    uses = count_uses(definitions, _checked_files(config))
    say = pytest.TerminalReporter(config).write_line
    for paragraph in as_text(definitions, uses):
        say(paragraph + "\n")
    return pytest.ExitCode.OK


def _write(config: pytest.Config, file: str, text: str) -> pytest.ExitCode:
    try:
        Path(file).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise pytest.UsageError(f"{file}: it cannot be written: {error.strerror}") from None
    pytest.TerminalReporter(config).write_line(f"{file}: written")
    return pytest.ExitCode.OK


def _checked_files(config: pytest.Config) -> list[CheckedFile]:
    return [checker(config).check(path) for path in asked_features(config)]


def _without_others(file: CheckedFile, path: Path, runs: Sequence[SelectedRun]) -> CheckedFile:
    """The file without the scenarios that the command line leaves out, and their problems."""
    lines = {run.scenario.node.location.line for run in runs if run.path == path}
    kept = tuple(each for each in file.scenarios if each.node.location.line in lines)
    own = {line: found for line, found in file.of_scenarios.items() if line in lines}
    return replace(file, scenarios=kept, of_scenarios=own)


def _summary(files: Sequence[CheckedFile], scenarios: int) -> str:
    problems = sum(len(file.problems) for file in files)
    found = plural(problems, "problem") if problems else "no problem"
    return f"{plural(len(files), 'file')}, {plural(scenarios, 'scenario')}, {found}"


def _exit_code(files: Sequence[CheckedFile]) -> pytest.ExitCode:
    if not files:
        return pytest.ExitCode.NO_TESTS_COLLECTED
    failed = any(file.problems for file in files)
    return pytest.ExitCode.TESTS_FAILED if failed else pytest.ExitCode.OK
