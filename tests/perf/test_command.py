from pathlib import Path

import pytest

from perf.__main__ import main
from perf.files import read_json
from tests.perf.fake_server import Json, Manners, running


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> "Command":
    return Command(tmp_path, capsys)


class Command:
    """`python -m perf`, run within the test."""

    def __init__(self, output: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.output = output
        self._capsys = capsys

    def __call__(self, base_url: str, *options: str) -> tuple[int, str, str]:
        common = ["--base-url", base_url, "--output", str(self.output), "--patience", "0.5"]
        code = main([*common, *options])
        printed = self._capsys.readouterr()
        return code, printed.out, printed.err


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_good_run_prints_and_writes_what_it_measured(run: Command) -> None:
    with running(Manners()) as server:
        code, out, err = run(server.base_url, "--orders", "5")
    assert (code, err) == (0, "")
    assert "5 orders placed, 5 accepted, 5 executed, none lost" in out
    assert files(run.output) == {"burst-1.json", "burst-1.csv", "burst-1.svg"}
    assert read_json(run.output / "burst-1.json").summary.executed == 5


def test_repeated_bursts_are_kept_apart(run: Command) -> None:
    with running(Manners()) as server:
        code, out, _ = run(server.base_url, "--orders", "2", "--repeat", "3")
    assert code == 0
    assert out.count("2 orders placed") == 3
    assert {"burst-1.json", "burst-2.json", "burst-3.json"} < files(run.output)


def test_a_lost_order_is_an_error_that_names_it(run: Command) -> None:
    def losing(event: Json) -> list[Json]:
        second = str(event["clientOrderId"]).endswith("-00002")
        return [] if second and event["orderStatus"] == "EXECUTED" else [event]

    with running(Manners(events=losing)) as server:
        code, out, err = run(server.base_url, "--orders", "3")
    lost = read_json(run.output / "burst-1.json").record.orders[1]
    assert code == 1
    assert "1 lost" in out
    assert err == f"ERROR: No EXECUTED event arrived: {lost.reference}\n"


def test_a_server_that_stops_in_the_middle_leaves_what_was_measured(run: Command) -> None:
    with running(Manners(delay=0.1, hang_up_at=3)) as server:
        code, _, err = run(server.base_url, "--orders", "6", "--repeat", "2")
    assert code == 1
    assert "ERROR: The server ended the event stream" in err
    assert read_json(run.output / "burst-1.json").summary.unanswered == 4


def test_broken_promises_are_errors(run: Command) -> None:
    with running(Manners(delay=0.1)) as server:
        code, _, err = run(
            server.base_url, "--orders", "2", "--max-mean", "0.05", "--max-delay", "0.06"
        )
    assert code == 1
    assert err.count("is over 0.05 s") == 1
    assert err.count("The execution delay is over 0.06 s: burst-") == 1


def test_kept_promises_are_no_errors(run: Command) -> None:
    with running(Manners(delay=0.01)) as server:
        code, _, err = run(server.base_url, "--orders", "2", "--max-mean", "5", "--max-delay", "9")
    assert (code, err) == (0, "")


def test_an_unreachable_server_is_one_line(run: Command) -> None:
    with running(Manners()) as server:
        address = server.base_url
    code, _, err = run(address)
    assert code == 1
    assert err.startswith(f"ERROR: No trading server answers at {address}")
    assert err.count("\n") == 1


def test_more_orders_than_the_system_has_files_are_one_line(
    run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    resource = pytest.importorskip("resource", reason="Windows has no such limit")
    monkeypatch.setattr(resource, "getrlimit", lambda _: (100, 200))
    code, _, err = run("http://127.0.0.1:1", "--orders", "5000")
    assert code == 1
    assert err == (
        "ERROR: 5000 orders at once need 5128 open files, and this system allows 200. "
        "Place fewer, or raise the limit (ulimit -Hn).\n"
    )


def test_a_limit_that_may_be_raised_is_raised(
    run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    resource = pytest.importorskip("resource", reason="Windows has no such limit")
    raised: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: (100, 200))
    monkeypatch.setattr(resource, "setrlimit", lambda _, limits: raised.append(limits))
    with running(Manners()) as server:
        code, *_ = run(server.base_url, "--orders", "5")
    assert code == 0
    assert raised == [(5 + 128, 200)]


def test_an_output_that_is_no_folder_is_one_line(run: Command) -> None:
    run.output = run.output / "file"
    run.output.write_text("", encoding="utf-8")
    code, _, err = run("http://127.0.0.1:1")
    assert code == 1
    assert err.startswith("ERROR: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--orders", "0", "0 is not a whole number above 0"),
        ("--orders", "-5", "-5 is not a whole number above 0"),
        ("--orders", "many", "many is not a whole number above 0"),
        ("--orders", "1.5", "1.5 is not a whole number above 0"),
        ("--repeat", "0", "0 is not a whole number above 0"),
        ("--patience", "0", "0 is not a number of seconds above 0"),
        ("--patience", "nan", "nan is not a number of seconds above 0"),
        ("--max-mean", "soon", "soon is not a number of seconds above 0"),
        ("--base-url", "localhost:8000", "localhost:8000 is not an address"),
        ("--base-url", "http://", "http:// is not an address"),
        ("--base-url", "http://localhost:99999", "http://localhost:99999 is not an address"),
    ],
)
def test_bad_input_is_told_and_does_nothing(
    option: str, value: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ending:
        main([f"{option}={value}"])
    assert ending.value.code == 2
    assert said in capsys.readouterr().err
