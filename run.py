"""Sets up what is missing and runs the project: `python run.py --help`.

Needs Python 3.11 or later and nothing else; everything is installed into `.venv`.
"""

import argparse
import hashlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
import venv
import webbrowser
from collections.abc import Sequence
from pathlib import Path

from cluster.programs import missing

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
REPORT = ROOT / "reports" / "report.html"
RESULTS = ROOT / "reports" / "allure-results"
MESSAGES = ROOT / "reports" / "cucumber-messages.ndjson"

OLDEST = (3, 11)
SUITE = "requirements.txt"
CHECKS = "requirements-dev.txt"
REPLICAS = "app/requirements-replicas.txt"
PINNED = {
    "app/requirements.in": "app/requirements.txt",
    "app/requirements-replicas.in": REPLICAS,
    "requirements.in": SUITE,
    "requirements-dev.in": CHECKS,
    "requirements-page.in": "requirements-page.txt",
    "perf/requirements-locust.in": "perf/requirements-locust.txt",
}
# Tests start many processes and wait for them: more at a time than there are cores.
SIDE_BY_SIDE = (os.cpu_count() or 1) + 2
# Several servers in the place of one take the processor several times as long.
SCENARIOS_AT_A_TIME = 20
NAMES_FEATURES = re.compile(r"\.feature(:|$)|^features[/\\]?$")
ROOMS = [
    "app",
    "bdd",
    "cluster",
    "docker",
    "docs",
    "driver",
    "faults",
    "perf",
    "step_defs",
    "tests",
    "conftest.py",
    "run.py",
]


def main() -> int:
    """Runs the command and returns its exit code."""
    if sys.version_info < OLDEST:
        sys.exit(f"Python 3.11 or later is needed; this is {sys.version.split()[0]}.")
    parser = argparse.ArgumentParser(
        prog="python run.py",
        description="Runs the features against a server that is started for the run.",
        epilog="Further arguments of `features` are pytest's: python run.py features -m smoke",
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    commands.add_parser(
        "features",
        help="run the features and write the reports (the default); with --replicas 3 against "
        "so many servers that share a Redis, behind a balancer",
    )
    commands.add_parser(
        "test",
        help="pass all checks: lint, types, import rules, tests, features; with --all also prove "
        "that the features notice faulty servers",
    )
    commands.add_parser("serve", help="start the server; --host and --port as usual")
    commands.add_parser("report", help="make the Allure report and open it (needs Node.js)")
    commands.add_parser("cucumber", help="make Cucumber's own report and open it (needs Node.js)")
    commands.add_parser(
        "pictures", help="make the pictures of the documents anew (needs Chromium or Chrome)"
    )
    commands.add_parser("pin", help="resolve and pin the requirement files anew")
    given = sys.argv[1:]
    if given and given[0] not in {*commands.choices, "-h", "--help"}:
        given.insert(0, "features")
    options, further = parser.parse_known_args(given)
    command = {
        "test": run_tests,
        "serve": serve,
        "report": open_report,
        "cucumber": open_cucumber,
        "pictures": make_pictures,
        "pin": pin,
    }.get(options.command, run_features)
    return command(further)


def run_features(further: Sequence[str]) -> int:
    """Runs the features, or those that the arguments name, and says where the reports are."""
    install(SUITE)
    further = with_replicas(further)
    started = time.time()
    named = [argument for argument in further if NAMES_FEATURES.search(argument)]
    exit_code = python("-m", "pytest", *([] if named else ["features"]), *further)
    if REPORT.exists() and REPORT.stat().st_mtime >= started:
        print(f"\nReport: {REPORT}\nAllure: python run.py report")
    return exit_code


def with_replicas(arguments: Sequence[str]) -> list[str]:
    """The same arguments, with `--replicas N` as the command that starts so many servers."""
    parser = argparse.ArgumentParser(prog="python run.py features", add_help=False)
    parser.add_argument("--replicas", type=int, default=0)
    options, further = parser.parse_known_args(arguments)
    if options.replicas < 1:
        return further
    if lack := missing():
        sys.exit(lack)
    install(REPLICAS)
    command = [str(PYTHON), "-m", "cluster", "--replicas", str(options.replicas), "--port", "0"]
    at_a_time = max(1, SCENARIOS_AT_A_TIME // options.replicas)
    return ["-o", f"bdd_workers={at_a_time}", "--server-command", shlex.join(command), *further]


def run_tests(further: Sequence[str]) -> int:
    """Runs every check, tells which failed, and fails if one did."""
    install(CHECKS)
    options = [each for each in further if each != "--all"]
    checks = {
        "lint": ["-m", "ruff", "check", *ROOMS],
        "format": ["-m", "ruff", "format", "--check", *ROOMS],
        "types": ["-m", "mypy"],
        "types on Windows": ["-m", "mypy", "--platform", "win32"],
        "import rules": ["-c", "from importlinter.cli import lint_imports_command as f; f()"],
        "unit tests": ["-m", "pytest", "tests", "-n", str(SIDE_BY_SIDE), *options],
        "features": ["-m", "pytest", "features", *options],
    }
    if "--all" in further:
        checks["faulty servers"] = ["-m", "faults"]
    failed = []
    for name, arguments in checks.items():
        print(f"\n===== {name}", flush=True)
        if python(*arguments) != 0:
            failed.append(name)
    print(f"\nFailed: {', '.join(failed)}" if failed else "\nAll checks passed.")
    return 1 if failed else 0


def serve(further: Sequence[str]) -> int:
    """Starts the server in the foreground."""
    install(SUITE)
    return python("-m", "app", *further)


def make_pictures(further: Sequence[str]) -> int:
    """Makes the pictures of the documents from real runs."""
    install(CHECKS)
    return python("-m", "docs.pictures.make", *further)


def pin(further: Sequence[str]) -> int:
    """Resolves the short requirement files into exact pins with hashes, for every platform."""
    install(CHECKS)
    options = "--universal --python-version 3.11 --generate-hashes --no-emit-index-url --quiet"
    custom = ["--custom-compile-command", "python run.py pin"]
    for source, target in PINNED.items():
        arguments = [*options.split(), *custom, source, "--output-file", target, *further]
        if exit_code := python("-m", "uv", "pip", "compile", *arguments):
            return exit_code
    return 0


def open_report(further: Sequence[str]) -> int:
    """Makes the Allure report, one file, and opens it in the browser."""
    results = str(RESULTS.relative_to(ROOT))
    report = ROOT / "reports" / "allure-report" / "index.html"
    return made_by_node(report, RESULTS, "npx", "allure", "generate", results, *further)


def open_cucumber(further: Sequence[str]) -> int:
    """Makes Cucumber's own report of the last run, one file, and opens it in the browser."""
    report = ROOT / "reports" / "cucumber.html"
    script = ROOT / "bdd" / "reporting" / "cucumber" / "page.mjs"
    return made_by_node(report, MESSAGES, "node", str(script), str(MESSAGES), str(report), *further)


def made_by_node(report: Path, source: Path, program: str, *arguments: str) -> int:
    """Makes a report of what the last run left, with packages of Node.js, and opens it."""
    npm, found = shutil.which("npm"), shutil.which(program)
    if npm is None or found is None:
        print(
            "This report is made by Node.js, which is not here: install Node.js 20 or later "
            f"(https://nodejs.org) and try again. {REPORT} needs nothing but a browser.",
            file=sys.stderr,
        )
        return 1
    if not source.exists():
        print("There are no results yet: run the features first (python run.py).", file=sys.stderr)
        return 1
    if not (ROOT / "node_modules" / "@cucumber" / "html-formatter").exists():
        print("Installing what package.json names", flush=True)
        install = ["ci", "--no-fund", "--no-audit", "--loglevel=error"]
        subprocess.run([npm, *install], cwd=ROOT, check=True)
    made = subprocess.run([found, *arguments], cwd=ROOT, check=False)
    if made.returncode == 0:
        print(f"Report: {report}")
        webbrowser.open(report.as_uri())
    return made.returncode


def install(requirements: str) -> None:
    """Makes the virtual environment and installs the pinned requirements, if they are not."""
    if not PYTHON.exists():
        print(f"Making {VENV}", flush=True)
        make_environment()
    wanted = hashlib.sha256((ROOT / requirements).read_bytes()).hexdigest()
    installed = VENV / f"installed-{Path(requirements).name}"
    if installed.exists() and installed.read_text(encoding="utf-8") == wanted:
        return
    print(f"Installing {requirements}", flush=True)
    pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    if python(*pip, "-r", requirements) != 0:
        sys.exit(f"Could not install {requirements}: see above. Is the package index reachable?")
    installed.write_text(wanted, encoding="utf-8")


def make_environment() -> None:
    """Makes the virtual environment, or leaves none behind."""
    try:
        venv.create(VENV, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(
            f"Could not make {VENV}: {error}\nOn Debian and Ubuntu, install the package "
            "python3-venv and try again."
        )


def python(*arguments: str) -> int:
    """Runs the environment's Python in the project's folder; returns the exit code."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    try:
        done = subprocess.run([PYTHON, *arguments], cwd=ROOT, env=environment, check=False)
    except KeyboardInterrupt:
        return 130
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
