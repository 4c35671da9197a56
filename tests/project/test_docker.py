"""What of docker/ can be tested without Docker; `python docker/verify.py` proves the rest."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from app.settings import PREFIX, Settings

ROOT = Path(__file__).parents[2]
DOCKERFILES = sorted(ROOT.glob("docker/*.Dockerfile"))
COMPOSE = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "docker.md").read_text(encoding="utf-8")

CONFTEST = """
def pytest_addoption(parser):
    for option in ("--base-url", "--delay-min", "--delay-max"):
        parser.addoption(option)
"""
TESTS = """
import pytest

def test_passes(request):
    assert request.config.getoption("--delay-max") == "1.0"

@pytest.mark.smoke
def test_fails():
    assert False
"""


class Health(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/healthz" else 404)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def healthy_server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Health) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """A project with a passing test and a failing one."""
    (tmp_path / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = smoke\n", encoding="utf-8")
    for name in ("test_a.py", "test_b.py"):
        (tmp_path / name).write_text(TESTS, encoding="utf-8")
    return tmp_path


def run_suite(
    suite: Path, base_url: str, *arguments: str, features: str = "test_a.py", tags: str = ""
) -> subprocess.CompletedProcess[str]:
    settings = {
        "BASE_URL": base_url,
        "FEATURES": features,
        "TAGS": tags,
        "PROMISED_DELAY_MIN": "0.1",
        "PROMISED_DELAY_MAX": "1.0",
    }
    return subprocess.run(
        [sys.executable, str(ROOT / "docker" / "run_suite.py"), *arguments],
        cwd=suite,
        env={**os.environ, **settings, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=60,
        check=False,
    )


def test_the_suite_runs_what_the_settings_say(suite: Path, healthy_server: str) -> None:
    done = run_suite(suite, healthy_server, "-rA", tags="not smoke")
    assert done.returncode == 0
    assert "PASSED test_a.py::test_passes" in done.stdout
    assert "1 passed, 1 deselected" in done.stdout


def test_arguments_that_name_files_replace_those_of_the_settings(
    suite: Path, healthy_server: str
) -> None:
    done = run_suite(suite, healthy_server, "test_b.py", "-k", "passes", "-rA")
    assert done.returncode == 0
    assert "PASSED test_b.py::test_passes" in done.stdout
    assert "test_a.py" not in done.stdout


def test_failures_are_the_exit_code(suite: Path, healthy_server: str) -> None:
    done = run_suite(suite, healthy_server)
    assert done.returncode == 1
    assert "1 failed, 1 passed" in done.stdout


def test_a_mistake_is_told_without_a_word_of_reports(suite: Path, healthy_server: str) -> None:
    done = run_suite(suite, healthy_server, "--no-such-option")
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "reports" not in done.stdout


@pytest.mark.parametrize(
    ("address", "cause"),
    [("{healthy}/elsewhere", "not well"), ("http://127.0.0.1:1", "http://127.0.0.1:1")],
    ids=["sick", "absent"],
)
def test_no_healthy_server_is_one_sentence(
    suite: Path, healthy_server: str, address: str, cause: str
) -> None:
    done = run_suite(suite, address.format(healthy=healthy_server))
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert cause in done.stderr


def test_every_setting_of_the_server_reaches_its_container() -> None:
    passed = set(re.findall(rf"^ +({PREFIX}\w+):$", COMPOSE, re.MULTILINE))
    assert passed == {PREFIX + name.upper() for name in Settings.model_fields}


def test_the_guide_tells_every_variable_and_its_default() -> None:
    for name, default in set(re.findall(r"\$\{(\w+):-([^}]*)\}", COMPOSE)):
        told = re.search(rf"^\| `{name}` \| (.*?) ?\|", GUIDE, re.MULTILINE)
        assert told is not None, f"docs/docker.md does not tell of {name}"
        assert told[1].strip("`") == default, f"another default of {name}"


def test_the_context_holds_what_the_images_copy_and_nothing_else() -> None:
    ignore = (ROOT / ".dockerignore").read_text(encoding="utf-8")
    allowed = set(re.findall(r"^!(\S+)", ignore, re.MULTILINE))
    copied = {source for file in DOCKERFILES for source in sources_in(file)}
    assert {of_context(source, allowed) for source in copied} == allowed


def sources_in(dockerfile: Path) -> list[str]:
    text = dockerfile.read_text(encoding="utf-8")
    copies = re.findall(r"^COPY (?:--chmod=\d+ )?((?!--).+) \S+$", text, re.MULTILINE)
    return [source for copy in copies for source in copy.split()]


def of_context(source: str, allowed: set[str]) -> str:
    """The source, or the folder in the context that brings it."""
    return next((name for name in allowed if f"{source}/".startswith(f"{name}/")), source)


def test_the_python_images_are_made_from_one_and_the_same() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in DOCKERFILES)
    (base,) = set(re.findall(r"^FROM (python\S*)", text, re.MULTILINE))
    assert re.fullmatch(r"python:3\.\d+-slim", base)


def test_only_the_image_that_drives_the_page_has_a_browser() -> None:
    suite = (ROOT / "docker" / "suite.Dockerfile").read_text(encoding="utf-8")
    added = re.findall(r'(?ms)^RUN if \[ -n "\$BROWSER" \]; then (.*?)^    fi$', suite)
    assert "requirements-page.txt" in added[0]
    assert '"$BROWSER"' in added[1]
    assert len(re.findall(r"^ARG BROWSER(?:=\"\")?$", suite, re.MULTILINE)) == 3
    assert re.findall(r"^ +BROWSER: .*$", COMPOSE, re.MULTILINE) == ["        BROWSER: chromium"]
