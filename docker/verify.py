"""Proves on real containers what docs/docker.md promises: `python docker/verify.py`.

Needs Python and Docker, and disturbs nothing that is already running. Without Docker it says
`skipped: <why>` and ends with code 0, or with code 1 if REQUIRE_DOCKER is 1.
"""

import argparse
import io
import os
import sys
import time

from verification.checks import CHECKS, Check
from verification.engine import Broken, Skipped, why_not_usable
from verification.stack import Stack, stack


def main() -> int:
    """Runs all checks, or those that are named, and returns 1 if one failed."""
    chosen = _parser().parse_args().only
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # what containers say may be anything
    if why := why_not_usable():
        say(f"skipped: {why}")
        return 1 if os.environ.get("REQUIRE_DOCKER") == "1" else 0
    with stack() as services:
        asked = [check for check in CHECKS if not chosen or check.__name__ in chosen]
        failed = [check for check in asked if not passes(check, services)]
    say(f"{len(failed)} of {len(asked)} checks failed." if failed else "No check failed.")
    return 1 if failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python docker/verify.py", description=__doc__)
    known = [check.__name__ for check in CHECKS]
    parser.add_argument("--only", nargs="+", choices=known, metavar="CHECK", help=", ".join(known))
    return parser


def passes(check: Check, services: Stack) -> bool:
    """Runs a check, which finds no service running, and says how it ended; skipped is passed."""
    begun = time.monotonic()
    passed = True
    try:
        verdict = f"ok: {check(services)}"
    except Skipped as why:
        verdict = f"skipped: {why}"
    except (Broken, OSError) as problem:
        verdict, passed = f"FAILED: {problem}", False
    finally:
        services.end()
    say(f"{check.__doc__}\n    {verdict} ({time.monotonic() - begun:.0f} s)")
    return passed


def say(line: str) -> None:
    """Prints at once, also into a pipe."""
    print(line, flush=True)  # noqa: T201 - this is a command


if __name__ == "__main__":
    sys.exit(main())
