"""Runs every command of the documents, on an environment that `python run.py` made.

It takes minutes, so it is asked for by its name, as CI does:
`python -m pytest tests/project/every_command.py -n 0`. The environment is kept in pytest's cache.
What each command printed is listed in `reports/commands.md`.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cluster.engine import RedisServer
from driver.server_process import ServerProcess
from tests.project.commands.claims import CLAIMS, MISTAKES, Runs, Starts
from tests.project.commands.environment import SCRIPTS, Copy
from tests.project.commands.printed import Printed, line_of, write_page
from tests.project.test_documents import ROOT

KEY = "a-key-of-some-length"
RUN = {command: claim for command, claim in CLAIMS.items() if isinstance(claim, Runs)}
STARTED = {command: claim for command, claim in CLAIMS.items() if isinstance(claim, Starts)}


@pytest.fixture(scope="module")
def project(pytestconfig: pytest.Config) -> Copy:
    copy = Copy(pytestconfig.cache.mkdir("every-command"))
    copy.renew()
    return copy


@pytest.fixture(scope="module")
def printed(project: Copy) -> Iterator[list[Printed]]:
    """To be filled with what the commands print."""
    collected: list[Printed] = []
    yield collected
    write_page(collected, ROOT / "reports" / "commands.md", project.path)


@pytest.fixture(scope="module")
def server(project: Copy, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server, for commands that want one; it asks for a key where one is given."""
    command = [str(project.path / ".venv" / SCRIPTS / "python"), "-m", "app", "--port", "0"]
    log = tmp_path_factory.mktemp("server") / "server.log"
    with ServerProcess(command, {}, log) as started:
        yield started.await_address()


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Redis, where there is one."""
    if shutil.which("redis-server") is None:
        yield ""
        return
    with RedisServer(tmp_path_factory.mktemp("redis")) as started:
        yield started.address


def completed(command: str, more: str, server: str, engine: str) -> str:
    """The command with what its placeholders stand for."""
    command = re.sub(r"http://[\w.]+:\d+(?=\s|$)", server, f"{command} {more}".strip())
    command = re.sub(r"redis://\S+", engine, command)
    command = re.sub(r"(?<=API_KEY=)(…|\$\(.*?\))", KEY, command)
    return command.replace("FILE", "dialects/original-task.toml").replace("NAME", "no-delays")


def require(project: Copy, needs: tuple[str, ...]) -> None:
    lacks = [each for each in needs if not (shutil.which(each) or (project.path / each).exists())]
    if lacks:
        pytest.skip(f"not installed: {', '.join(lacks)}")


@pytest.mark.parametrize("command", RUN)
def test_a_command_does_what_its_document_says(
    project: Copy, server: str, engine: str, printed: list[Printed], command: str
) -> None:
    claim = RUN[command]
    require(project, claim.needs)
    done = project.run(completed(command, claim.more, server, engine), select=claim.select)
    printed.append(Printed(command, str(done.returncode), line_of(done.stdout, claim.says)))
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(claim.says, done.stdout), done.stdout + done.stderr


@pytest.mark.parametrize("command", STARTED)
def test_a_command_starts_what_its_document_says(
    project: Copy, server: str, engine: str, printed: list[Printed], command: str
) -> None:
    claim = STARTED[command]
    require(project, claim.needs)
    told = project.start(completed(command, claim.more, server, engine), claim.says)
    printed.append(Printed(command, "Ctrl-C", line_of(told, claim.says)))
    assert re.search(claim.says, told), told


def test_a_line_is_all_that_a_dry_run_looks_at(project: Copy, printed: list[Printed]) -> None:
    command = "pytest features/cancelling_orders.feature:12 --dry-run"
    done = project.run(command)
    printed.append(Printed(command, str(done.returncode), line_of(done.stdout)))
    assert done.returncode == 0
    assert done.stdout.endswith("1 file, 1 scenario, no problem\n")


@pytest.fixture(scope="module")
def misnamed(project: Copy) -> Iterator[None]:
    good = project.path / "features" / "cancelling_orders.feature"
    copies = [
        Path(shutil.copy(good, good.with_name(n))) for n in ("COPY.FEATURE", "copy.feature.txt")
    ]
    project.reports.joinpath("report.html").write_text("of an earlier run", encoding="utf-8")
    yield
    for each in copies:
        each.unlink()


@pytest.mark.usefixtures("misnamed")
@pytest.mark.parametrize("command", MISTAKES)
def test_a_mistake_is_one_sentence_and_touches_no_report(
    project: Copy, printed: list[Printed], command: str
) -> None:
    before = project.read_reports()
    done = project.run(command)
    printed.append(Printed(command, str(done.returncode), line_of(done.stdout + done.stderr)))
    assert done.returncode in {2, 4}
    told = [line for line in (done.stdout + done.stderr).splitlines() if line]
    assert len(told) == 1, told
    assert MISTAKES[command] in told[0]
    assert project.read_reports() == before
    assert before


def test_what_only_the_checks_have_is_asked_for_in_a_sentence(project: Copy) -> None:
    done = project.run("python -m faults.mutation")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "requirements-dev.txt" in done.stderr
