"""Who is let in: pages by their origin, clients by the API key."""

import base64
from collections.abc import Iterator

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from app.edges.origins import OriginCheck
from tests.app.clients import frame, http_client
from tests.app.processes import Served, serving
from tests.app.trading_api import ORDER, TradingApi
from tests.app.virtual_clock import VirtualClock

KEY = "a-key-of-the-operators-choice"
DESK = "https://desk.example"


@pytest.fixture(scope="module")
def guarded() -> Iterator[Served]:
    settings = {"TRADING_API_KEY": KEY, "TRADING_DELAY_MIN": "0", "TRADING_DELAY_MAX": "0.01"}
    with serving(**settings) as server:
        yield server


@pytest.mark.parametrize(
    ("origin", "host", "trusted"),
    [
        ("http://127.0.0.1:8000", "127.0.0.1:8000", True),
        ("http://localhost:8000", "localhost:8000", True),
        ("https://desk.localhost", "desk.localhost", True),
        ("http://[::1]:8000", "[::1]:8000", True),
        ("http://192.0.2.7:8000", "192.0.2.7:8000", True),
        (DESK, "127.0.0.1:8000", True),
        (DESK, "desk.example", True),
        ("http://127.0.0.1:9000", "127.0.0.1:8000", False),
        ("http://localhost:8000", "127.0.0.1:8000", False),
        ("http://elsewhere.example", "elsewhere.example", False),
        ("http://notlocalhost", "notlocalhost", False),
        ("null", "127.0.0.1:8000", False),
        ("null", "null", False),
        (f"{DESK}.elsewhere.example", "127.0.0.1:8000", False),
        ("", "", False),
        ("http://", "", False),
    ],
)
def test_which_pages_are_trusted(origin: str, host: str, trusted: bool) -> None:
    async def nothing(*_: object) -> None: ...

    assert OriginCheck(nothing, (DESK,)).trusts(origin, host) == trusted


@pytest.mark.anyio
async def test_an_allowed_page_may_ask_first_and_read_the_answer(clock: VirtualClock) -> None:
    api = TradingApi(clock, allowed_origins=DESK, api_key=KEY)
    preflight = {"Origin": DESK, "Access-Control-Request-Method": "DELETE"}
    allowed = await api.ask("OPTIONS", "/orders/x", headers=preflight)
    assert allowed.status_code == 200
    assert "DELETE" in allowed.headers["access-control-allow-methods"]
    own = {"Origin": DESK, "Authorization": f"Bearer {KEY}"}
    answer = await api.ask("POST", "/orders", headers=own, json=ORDER)
    assert answer.status_code == 201
    assert answer.headers["access-control-allow-origin"] == DESK


@pytest.mark.anyio
async def test_no_page_may_read_unless_it_is_allowed(clock: VirtualClock) -> None:
    api = TradingApi(clock)
    answer = await api.ask("GET", "/orders", headers={"Origin": "https://elsewhere.example"})
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.anyio
@pytest.mark.parametrize(
    "path",
    ["/docs", "/docs/swagger-ui.css", "/openapi.json", "/asyncapi.json", "/problems/x", "/x"],
)
async def test_everything_but_health_needs_the_key(clock: VirtualClock, path: str) -> None:
    api = TradingApi(clock, api_key=KEY)
    answer = await api.ask("GET", path)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert (await api.ask("GET", path, headers=bearing(KEY))).status_code in (200, 404)
    assert (await api.ask("GET", "/healthz")).status_code == 200


@pytest.mark.anyio
@pytest.mark.parametrize("authorization", ["", "Bearer", f"Basic {KEY}", f"Bearer {KEY} {KEY}"])
async def test_what_is_no_key_is_none(clock: VirtualClock, authorization: str) -> None:
    api = TradingApi(clock, api_key=KEY)
    answer = await api.ask("GET", "/orders", headers={"Authorization": authorization})
    assert answer.status_code == 401


def bearing(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def offered(key: str) -> list[str]:
    """What a browser offers, since it cannot set headers on a WebSocket."""
    return ["trading", "bearer." + base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")]


def test_a_browser_gives_the_key_as_a_subprotocol(guarded: Served) -> None:
    with connect(guarded.events_url, subprotocols=offered(KEY), proxy=None) as socket:  # type: ignore[arg-type]
        assert socket.subprotocol == "trading"
        assert frame(socket)["type"] == "hello"


@pytest.mark.parametrize("subprotocols", [None, ["trading"], offered("wrong"), ["bearer.ü%&"[:7]]])
def test_a_handshake_without_the_key_is_rejected(
    guarded: Served, subprotocols: list[str] | None
) -> None:
    with (
        pytest.raises(InvalidStatus) as rejected,
        connect(guarded.events_url, subprotocols=subprotocols, proxy=None),  # type: ignore[arg-type]
    ):
        pass
    assert rejected.value.response.status_code == 401
    assert b"/problems/unauthorized" in (rejected.value.response.body or b"")


def test_a_browser_that_offers_subprotocols_needs_no_key_where_there_is_none() -> None:
    with (
        serving() as server,
        connect(server.events_url, subprotocols=offered(KEY), proxy=None) as socket,  # type: ignore[arg-type]
    ):
        assert socket.subprotocol == "trading"


def test_no_key_is_written_anywhere() -> None:
    wrong = KEY[:-1] + "!"
    with serving(TRADING_API_KEY=KEY) as server:
        with http_client(server) as http:
            answers = [http.get("/orders", headers=bearing(key)) for key in (KEY, wrong)]
        with connect(server.events_url, subprotocols=offered(KEY), proxy=None):  # type: ignore[arg-type]
            pass
        code, written = server.stop()
    assert [each.status_code for each in answers] == [200, 401]
    told = written + "".join(f"{each.text}{each.headers}" for each in answers)
    assert code == 0
    assert KEY[:-1] not in told


@pytest.mark.anyio
async def test_the_documents_page_runs_no_other_script_than_its_own(clock: VirtualClock) -> None:
    answer = await TradingApi(clock).ask("GET", "/docs")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    scripts = policy.partition("script-src ")[2].partition(";")[0].split()
    assert [each[:8] for each in scripts] == ["'self'", "'sha256-"]
