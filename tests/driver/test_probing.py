"""A probe finds what the dialects of tests/dialects were written by hand to say."""

import json
import sys
from pathlib import Path

import pytest

from driver.__main__ import main
from driver.contract import HttpAnswer, Terms
from driver.contract.offered import offered
from driver.dialects import TRADING_TERMS, read_terms
from driver.probing import Example
from driver.probing.example import described
from driver.probing.leaves import common_place, leaves
from driver.probing.life import likely_ids
from driver.probing.naming import time_form
from driver.server_process import ServerProcess

ROOT = Path(__file__).parents[2]
DIALECTS = ROOT / "tests" / "dialects"
ORDERS = {
    "lowercase": {"client_ref": "a", "pair": "EURUSD", "side": "buy", "amount": "5"},
    "nested": {
        "data": {
            "ref": "a",
            "stock": {"symbol": "EURUSD"},
            "trade": {"side": "BUY", "quantity": 5},
        }
    },
    "snapshots": {"instrument": "EUR/USD", "size": 5, "kind": "market"},
}
UNTOLD = {"configuration", "api_key", "page", "heartbeat"}
FIELDS = ("draft", "order", "event")
MORE = {"at", "many", "kind", "ignored", "fixed"}
ENDPOINTS = ("place", "view", "list", "cancel", "events", "health")


def probed(tmp_path: Path, module: str, order: object | None, *more: str) -> Terms:
    """What the probe writes of a server that is started for it."""
    found, given = tmp_path / "found.toml", tmp_path / "order.json"
    given.write_text(json.dumps(order), encoding="utf-8")
    settings = {"DELAY_MIN": "0.05", "DELAY_MAX": "0.2"}
    command = [sys.executable, "-m", module, *more]
    with ServerProcess(command, settings, tmp_path / "server.log") as server:
        sent = ["--order", str(given)] if order else []
        assert main(["probe", server.await_address(), str(found), *sent]) == 0
    assert main(["check", str(found)]) == 0
    return read_terms(found)


@pytest.mark.parametrize("name", ["counting", "lowercase", "nested", "snapshots"])
def test_what_is_found_is_what_was_written_by_hand(tmp_path: Path, name: str) -> None:
    found = probed(tmp_path, f"tests.dialects.servers.{name}", ORDERS.get(name))
    written = read_terms(DIALECTS / f"{name}.toml")
    for table in FIELDS:
        mine, theirs = getattr(found, table), getattr(written, table)
        assert offered(found, mine) == offered(written, theirs)
        assert mine.model_dump(include=MORE) == theirs.model_dump(include=MORE)
    for table in ("forms", "frames", "problem"):
        assert getattr(found, table) == getattr(written, table)
    assert found.words.model_dump(exclude={"symbols"}) == written.words.model_dump(
        exclude={"symbols"}
    )
    assert found.words.symbols.items() <= written.words.symbols.items()
    for endpoint in ENDPOINTS:
        assert getattr(found.endpoints, endpoint) == getattr(written.endpoints, endpoint)
    assert found.page.orders == written.page.orders
    lacking, declared = ({each.key for each in terms.not_offered} for terms in (found, written))
    assert lacking - declared <= {"strict_queries"}  # not asked for where there are no filters
    assert declared - lacking <= UNTOLD | {"distinct_reasons"}  # told apart by their sentences


def test_this_projects_own_server_needs_no_dialect(tmp_path: Path) -> None:
    found = probed(tmp_path, "app", None, "--port", "0")
    assert found.model_copy(update={"name": TRADING_TERMS.name}) == TRADING_TERMS


def test_a_server_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["probe", "http://127.0.0.1:9", "never.toml"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("No trading server answers at http://127.0.0.1:9 (")
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ["http://127.0.0.1:9", "--order", "no.json"],
            "no.json: the order cannot be read: No such",
        ),
        (["http://127.0.0.1:9", "--header", "Key"], "--header 'Key': write it as 'Name: value'."),
    ],
)
def test_mistakes_are_told(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["probe", *arguments]) == 1
    assert capsys.readouterr().err.startswith(says)


def test_no_file_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text("mine", encoding="utf-8")
    assert main(["probe", "http://127.0.0.1:9", str(mine)]) == 1
    assert capsys.readouterr().err.startswith(f"{mine} is there already")
    assert mine.read_text(encoding="utf-8") == "mine"


def test_paths_are_told_apart_by_their_ends() -> None:
    found = leaves({"data": {"id": 1, "at": {"open": 2}}, "rest": []})
    assert found == {"data.id": 1, "data.at.open": 2, "rest": []}
    assert common_place(["data.id", "data.at.open"]) == "data"
    assert common_place(["id", "data.at"]) == ""


@pytest.mark.parametrize(
    ("value", "form"),
    [
        ("2026-01-02T03:04:05.000006Z", "microseconds"),
        ("2026-01-02T03:04:05+01:00", "rfc3339"),
        ("2026-01-02", None),
        (5, None),
        (True, None),
    ],
)
def test_times_are_recognised(value: object, form: str | None) -> None:
    assert time_form(value) == form


def test_an_order_tells_what_its_fields_are_by_names_and_values() -> None:
    sent = {"market": "EUR/USD", "way": "long", "lots": 5, "mark": "REFERENCE", "kind": "spot"}
    example = Example.of(sent)
    assert example.places == {
        "symbol": "market",
        "side": "way",
        "quantity": "lots",
        "reference": "mark",
    }
    assert example.fixed == {"kind": "spot"}
    assert example.sides == ("long", "short")
    assert example.fresh().value("reference") != example.fresh().value("reference")


def test_an_order_is_made_of_the_published_schema() -> None:
    whole = {
        "Side": {"enum": ["BUY", "SELL"]},
        "Order": {
            "required": ["stock", "side", "amount", "venue"],
            "properties": {
                "stock": {"type": "string"},
                "side": {"$ref": "#/Side"},
                "amount": {"anyOf": [{"type": "number"}, {"type": "string"}]},
                "venue": {"type": "string", "default": "X"},
                "note": {"type": "string"},
            },
        },
    }
    example = described({"$ref": "#/Order"}, whole)
    assert example is not None
    assert example.document == {"stock": "EURUSD", "side": "BUY", "amount": 5, "venue": "X"}


def test_any_value_may_be_the_id_and_likely_ones_come_first() -> None:
    body = b'{"no": "T-1", "clientId": "7", "orderId": "9", "market": "EURUSD", "open": true}'
    answer = HttpAnswer("The answer", 200, {}, body)
    assert likely_ids(answer, Example.of({"market": "EURUSD"})) == ["orderId", "no", "clientId"]
