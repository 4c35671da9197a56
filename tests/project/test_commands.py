"""Every command of the documents is claimed, and can be read by the program that it names.

`python -m pytest tests/project/every_command.py` runs them, on an environment of their own.
"""

import re
import shlex
import subprocess
import sys
from functools import cache

import pytest

from tests.project.commands.claims import CLAIMS, FAMILIES, claims_of
from tests.project.commands.documents import commands_of, documented
from tests.project.test_documents import ROOT

COMMANDS = sorted({each.command for each in documented()})
PYTHON = re.compile(
    r"(?:\w+=\S+ )*(?:python (?:-m )?|)(?P<program>pytest|run\.py|[\w.]+)(?P<rest>.*)"
)


@pytest.mark.parametrize("command", COMMANDS)
def test_one_entry_claims_each_command(command: str) -> None:
    places = ", ".join(each.document for each in documented() if each.command == command)
    assert len(claims_of(command)) == 1, (
        f"`{command}` ({places}): say in tests/project/commands/claims.py how it is tried"
    )


def test_every_claim_is_of_a_command_that_a_document_gives() -> None:
    gone = CLAIMS.keys() - set(COMMANDS)
    unused = [each for each in FAMILIES if not any(re.fullmatch(each, one) for one in COMMANDS)]
    assert not [*gone, *unused]


def test_commands_are_found_with_their_settings_and_without_comments() -> None:
    block = "A=1 program --x  # why\n\n# only words\nother \\\n    --long\n"
    assert commands_of(block) == ["A=1 program --x", "other --long"]


@cache
def help_of(*program: str) -> str:
    done = subprocess.run(
        [sys.executable, *program, "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=120,
    )
    return done.stdout


def program_of(command: str) -> tuple[str, ...]:
    """How the program of a command is started, if it is one of Python's."""
    match shlex.split(re.sub(r"^(\w+=(\$\(.*\)|\S+) )*", "", command)):
        case ["python", "-m", module, *_]:
            return ("-m", module)
        case ["python", "run.py", *_]:
            return ("run.py",)
        case ["pytest", *_]:
            return ("-m", "pytest")
    return ()


OPTIONS = [
    (command, program_of(command), option)
    for command in COMMANDS
    if program_of(command) not in {(), ("-m", "venv"), ("run.py",), ("-m", "locust")}
    for option in re.findall(r"(?<=\s)--[\w-]+", command)
]


@pytest.mark.parametrize(("program", "option"), sorted({each[1:] for each in OPTIONS}))
def test_every_option_is_one_of_its_program(program: tuple[str, ...], option: str) -> None:
    assert re.search(rf"{option}\b", help_of(*program))


def test_the_commands_of_run_py_are_those_that_it_has() -> None:
    named = {match[1] for each in COMMANDS if (match := re.match(r"python run\.py (\w+)", each))}
    assert named
    assert not [
        name for name in named if not re.search(rf"^ +{name}\b", help_of("run.py"), re.MULTILINE)
    ]
