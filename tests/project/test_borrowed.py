"""Names that other packages do not publish stand in one module each, and are still there."""

import ast
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ["app", "bdd", "driver", "faults", "perf", "step_defs", "conftest.py", "run.py"]


@dataclass(frozen=True)
class Borrowed:
    """What a module takes of a package beyond what that publishes, and what for.

    `modules` matches the modules that are private to the package; `names` are further ones that
    the module reaches through published objects.
    """

    module: str
    modules: str
    purpose: str
    names: tuple[str, ...] = ()


ALL = [
    Borrowed(
        "bdd/borrowed/pytest.py",
        r"_pytest(\.|$)",
        "failures in plain words and lines in the junit file",
    ),
    Borrowed(
        "bdd/borrowed/pytest_bdd.py",
        r"pytest_bdd\.(?!parsers$)",
        "reading and binding feature files",
        (
            "pytest_bdd.parser.FeatureParser._parse_feature_file",
            "pytest_bdd.scenario.find_fixturedefs_for_step",
        ),
    ),
    Borrowed(
        "bdd/borrowed/allure.py",
        r"allure_pytest\.",
        "leaving out what fixtures did",
        ("pluggy.HookCaller._remove_plugin",),
    ),
    Borrowed(
        "app/serving.py",
        r"uvicorn\.server$",
        "a clean end after a stop signal",
        ("uvicorn.Server.startup", "uvicorn.Server.shutdown"),
    ),
    Borrowed(
        "app/socket_protocol.py",
        r"uvicorn\.(?!server$)",
        "several event frames in one write",
        tuple(
            f"uvicorn.protocols.websockets.websockets_sansio_impl.WebSocketsSansIOProtocol.{name}"
            for name in ("run_asgi", "send")
        ),
    ),
    Borrowed(
        "perf/connections.py",
        r"aiohttp\.(?!web$)",
        "taking times at the socket",
        ("aiohttp.TCPConnector.connect", "aiohttp.BytesPayload.write_with_length"),
    ),
]


def files() -> Iterator[Path]:
    for room in ROOMS:
        path = ROOT / room
        yield from [path] if path.is_file() else sorted(path.rglob("*.py"))


def imports(file: Path) -> Iterator[tuple[str, str]]:
    """The imported modules of a file, each with the name that is taken from it."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)


def elsewhere(file: Path) -> list[str]:
    """The private modules that the file imports though another is the place for it."""
    return [
        f"{module} belongs into {each.module}, {each.purpose}"
        for module, _ in imports(file)
        for each in ALL
        if re.match(each.modules, module) and file != ROOT / each.module
    ]


def moved(each: Borrowed) -> Iterator[str]:
    """A sentence for each name that is not where the module looks for it."""
    taken = [
        f"{module}.{name}"
        for module, name in imports(ROOT / each.module)
        if re.match(each.modules, module)
    ]
    for path in (*taken, *each.names):
        if not exists(path):
            yield f"{path} is gone; {each.module} needs it for {each.purpose}"


def exists(path: str) -> bool:
    parts = path.split(".")
    for length in range(len(parts) - 1, 0, -1):
        try:
            module: object = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        try:
            reduce(getattr, parts[length:], module)
        except AttributeError:
            return False
        return True
    return False


def test_each_private_name_is_used_in_one_module() -> None:
    assert [sentence for file in files() for sentence in elsewhere(file)] == []


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.module)
def test_no_upgrade_has_moved_one(each: Borrowed) -> None:
    assert list(moved(each)) == []


@pytest.mark.parametrize("path", ["pytest_bdd.parser.FeatureParser", "pytest_bdd.types.GIVEN"])
def test_a_moved_one_would_be_told(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(path)
    (told, *_) = moved(ALL[1])
    assert told.startswith(path)
    assert told.endswith(
        "bdd/borrowed/pytest_bdd.py needs it for reading and binding feature files"
    )


def test_an_import_that_fails_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("pytest_bdd.parser.render_string")
    module = importlib.import_module("bdd.borrowed.pytest_bdd")
    with pytest.raises(ImportError) as told:
        importlib.reload(module)
    assert re.fullmatch(
        r"pytest-bdd [\d.]+ has moved a name that is needed for reading and binding feature files "
        r"\(cannot import name 'render_string' .*\)\. Install the version that requirements\.txt "
        r"pins, or adapt bdd\.borrowed\.pytest_bdd\.",
        str(told.value),
    )
