import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from driver import (
    API_KEY,
    TRADING,
    AnswerOverdue,
    ApiKeyNeeded,
    ContractViolation,
    InvalidApiKey,
    LoggedRequest,
    Order,
    OrdersClient,
    Reason,
    Rejection,
    ServerUnreachable,
    Unsupported,
    api_key,
)
from driver.contract import HttpAnswer
from tests.driver.samples import ORDER, PROBLEM, text

JSON = "application/json"
PROBLEM_JSON = "application/problem+json; charset=utf-8"
LOCATION = f"/orders/{ORDER['orderId']}"


@dataclass
class Reply:
    status: int = 200
    body: str = ""
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": JSON})
    after: threading.Event | None = None
    asked: list[Mapping[str, str]] = field(default_factory=list)


@contextmanager
def server(reply: Reply) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            reply.asked.append(dict(self.headers))
            if reply.after is not None:
                reply.after.wait(10)
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body.encode())

        do_GET = do_POST = do_DELETE = do_PUT = answer  # noqa: N815

        def log_message(self, *_: object) -> None:
            return

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=httpd.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{httpd.server_address[1]}"
    finally:
        if reply.after is not None:
            reply.after.set()
        httpd.shutdown()
        thread.join()
        httpd.server_close()


Log = list[LoggedRequest]


@contextmanager
def client_of(reply: Reply, timeout: float = 10) -> Iterator[tuple[OrdersClient, Log]]:
    log: Log = []
    with server(reply) as address:
        client = OrdersClient(address, TRADING, timeout, log.append)
        yield client, log
        client.close()


def test_an_accepted_order_comes_back_with_its_times() -> None:
    reply = Reply(201, text(ORDER), {"Content-Type": JSON, "Location": LOCATION})
    with client_of(reply) as (client, log):
        answer = client.place({"symbol": "EURUSD"})
    assert isinstance(answer.outcome, Order)
    assert 0 < answer.seconds < 10
    assert log == [answer.log]
    assert answer.log.request_text == '{"symbol": "EURUSD"}'


def test_a_request_has_a_connection_of_its_own_and_nothing_of_earlier_ones() -> None:
    reply = Reply(200, "{}", {"Content-Type": JSON, "Set-Cookie": "trader=Ann"})
    with client_of(reply) as (client, _):
        for _ in range(2):
            with pytest.raises(ContractViolation):
                client.list()
    assert [each["Connection"] for each in reply.asked] == ["close", "close"]
    assert not any("Cookie" in each for each in reply.asked)


def test_a_rejection_is_an_outcome_not_an_error() -> None:
    reply = Reply(422, text(PROBLEM), {"Content-Type": PROBLEM_JSON})
    with client_of(reply) as (client, _):
        answer = client.place({})
    assert isinstance(answer.outcome, Rejection)
    assert answer.outcome.reason is Reason.INVALID_ORDER


@pytest.mark.parametrize(
    ("reply", "finding"),
    [
        (Reply(200, text(ORDER)), "status: 200 where 201 is promised"),
        (Reply(201, text(ORDER)), "Location: None instead of"),
        (Reply(201, text(ORDER), {"Content-Type": "text/html"}), "content type: text/html"),
        (Reply(500, "Internal Server Error", {"Content-Type": "text/plain"}), "status 500"),
        (Reply(302, "", {"Location": "/elsewhere"}), "302"),
    ],
)
def test_an_answer_that_breaks_the_contract_is_named(reply: Reply, finding: str) -> None:
    with client_of(reply) as (client, log), pytest.raises(ContractViolation, match=finding):
        client.place({})
    assert len(log) == 1


def test_a_cancel_is_answered_with_204_and_nothing_else() -> None:
    with client_of(Reply(204, "")) as (client, _):
        assert client.cancel("x").outcome is None
    with (
        client_of(Reply(200, "")) as (client, _),
        pytest.raises(ContractViolation, match="where 204 is promised"),
    ):
        client.cancel("x")


def test_what_is_not_offered_must_be_rejected() -> None:
    with (
        client_of(Reply(200, "{}")) as (client, _),
        pytest.raises(ContractViolation, match="where a rejection is promised"),
    ):
        client.request_unsupported(Unsupported.REPLACE_ALL)


def test_an_explanation_must_say_something() -> None:
    rejection = Rejection(Reason.UNKNOWN_ORDER, "t", "d", "/problems/unknown-order")
    with client_of(Reply(200, "It is unknown.")) as (client, _):
        assert client.explain(rejection) == "It is unknown."
    with client_of(Reply(200, " ")) as (client, _), pytest.raises(ContractViolation):
        client.explain(rejection)


def test_a_server_that_stays_silent_is_named() -> None:
    silent = Reply(after=threading.Event())
    overdue = re.escape("No answer to GET /healthz within 0.2 seconds")
    with (
        client_of(silent, timeout=0.2) as (client, _),
        pytest.raises(AnswerOverdue, match=overdue),
    ):
        client.check_health()


def test_a_server_that_is_not_there_is_named() -> None:
    with server(Reply()) as address:
        pass
    client = OrdersClient(address, TRADING, 5)
    with pytest.raises(ServerUnreachable, match=f"No trading server answers at {address}"):
        client.check_health()
    client.close()


def test_a_connection_that_breaks_in_the_middle_of_an_answer_is_a_server_that_has_gone() -> None:
    cut_short = Reply(200, "{", {"Content-Type": JSON, "Content-Length": "257"})
    with (
        client_of(cut_short) as (client, _),
        pytest.raises(ServerUnreachable, match="No trading server answers at"),
    ):
        client.check_health()


def test_a_key_that_is_needed_is_asked_for_in_a_sentence() -> None:
    answer = HttpAnswer("The answer to GET /openapi.json", 401, {}, b"")
    with pytest.raises(ApiKeyNeeded, match="set TRADING_API_KEY to the right one"):
        TRADING.answers.version(answer)


def test_a_key_is_in_every_request_and_in_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    requests = TRADING.with_key("secret-of-mine").requests
    every = [requests.place({}), requests.view("x"), requests.list({}), requests.subscribe()]
    assert {each.headers["Authorization"] for each in every} == {"Bearer secret-of-mine"}
    monkeypatch.setenv(API_KEY, "two words")
    with pytest.raises(InvalidApiKey, match=r"TRADING_API_KEY .* no blanks") as error:
        api_key()
    assert "two words" not in str(error.value)
