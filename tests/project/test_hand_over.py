"""docker/hand_over.sh without Docker: it needs root, as in its container, to switch users."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.project.test_docker import ROOT

pytestmark = pytest.mark.skipif(
    not os.access("/root", os.W_OK), reason="only root of a Linux machine can switch users"
)

NOBODY = 10001
WHO_RUNS_IT = "id -u > reports/report.html; mkdir reports/results; touch reports/results/1; exit "


@dataclass(frozen=True)
class Hands:
    """A folder of the caller's, and the one in which the program writes."""

    caller: Path
    work: Path

    def start(self, program: str, **names: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            ["sh", str(ROOT / "docker" / "hand_over.sh"), "sh", "-c", program],
            cwd=self.work,
            env={**os.environ, "MOUNTED": str(self.caller), **names},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, program: str, **names: str) -> tuple[int, str]:
        process = self.start(program, **names)
        _, told = process.communicate(timeout=60)
        return process.returncode, told


@pytest.fixture(params=[0, 1000, 1001], ids=lambda user: f"caller-{user}")
def user(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def hands(user: int) -> Iterator[Hands]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        hands = Hands(folder / "caller", folder / "work")
        for path, owner in ((hands.caller, user), (hands.work / "reports", NOBODY)):
            path.mkdir(parents=True)
            shutil.chown(path, owner, owner)
        yield hands


def test_a_program_without_rights_leaves_files_of_the_caller(hands: Hands, user: int) -> None:
    assert hands.run(WHO_RUNS_IT + "0") == (0, "")
    assert (hands.caller / "report.html").read_text(encoding="utf-8") == f"{NOBODY}\n"
    assert (hands.caller / "results" / "1").exists()
    assert {path.stat().st_uid for path in hands.caller.rglob("*")} == {user}
    assert {path.stat().st_gid for path in hands.caller.rglob("*")} == {user}


def test_a_run_replaces_what_the_one_before_left_and_keeps_the_rest(hands: Hands) -> None:
    for name in ("junit.xml", "history"):
        (hands.caller / name).touch()
    assert hands.run(WHO_RUNS_IT + "1", REPLACED="junit.xml results")[0] == 1
    left = sorted(path.name for path in hands.caller.iterdir())
    assert left == ["history", "report.html", "results"]


def test_a_mistaken_command_line_touches_nothing(hands: Hands) -> None:
    (hands.caller / "junit.xml").touch()
    assert hands.run("exit 4", REPLACED="junit.xml")[0] == 4
    assert [path.name for path in hands.caller.iterdir()] == ["junit.xml"]


def test_the_program_reads_what_is_named(hands: Hands) -> None:
    (hands.caller / "history").write_text("earlier", encoding="utf-8")
    (hands.caller / "secret").touch()
    assert (
        hands.run("test ! -e reports/secret && echo now >> reports/history", READ="history x")[0]
        == 0
    )
    assert (hands.caller / "history").read_text(encoding="utf-8") == "earliernow\n"


def test_a_signal_ends_the_program_and_its_reports_are_handed_over(hands: Hands) -> None:
    ending = "trap 'touch reports/ended; exit 3' TERM"
    # Whatever happens, it ends by itself.
    process = hands.start(f"{ending}; echo ready; for _ in $(seq 200); do sleep 0.2; done")
    assert process.stdout is not None
    process.stdout.readline()
    # Not INT, which whoever runs these tests may have set to be ignored.
    subprocess.run(["kill", "-TERM", "--", f"-{process.pid}"], check=True)
    process.communicate(timeout=40)
    assert process.returncode == 3
    assert (hands.caller / "ended").exists()


@pytest.mark.parametrize("user", [1001], indirect=True)
def test_a_closed_folder_is_explained(hands: Hands) -> None:
    hands.caller.chmod(0o555)
    code, told = hands.run("exit 0")
    assert code == 1
    assert "REPORTS_DIR" in told
    assert len(told.splitlines()) == 1
