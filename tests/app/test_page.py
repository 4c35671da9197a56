"""The page's files, as the server hands them out."""

import re

import pytest

from app.page import page_files
from tests.app.trading_api import TradingApi
from tests.app.virtual_clock import VirtualClock

pytestmark = pytest.mark.anyio


@pytest.fixture
def api(clock: VirtualClock) -> TradingApi:
    return TradingApi(clock)


async def test_the_page_is_at_the_root_under_a_strict_policy(api: TradingApi) -> None:
    answer = await api.ask("GET", "/")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize("name", sorted(page_files()))
async def test_every_file_has_the_type_that_browsers_ask_for(api: TradingApi, name: str) -> None:
    answer = await api.ask("GET", f"/page/{name}")
    kinds = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg"}
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(kinds[name.rpartition(".")[2]])
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.content == page_files()[name]


async def test_a_browser_keeps_its_copy_as_long_as_it_is_the_present_one(api: TradingApi) -> None:
    first = await api.ask("GET", "/page/main.js")
    again = await api.ask("GET", "/page/main.js", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["/page/", "/page/unheard.js", "/page/..%2Fserving.py"])
async def test_there_is_nothing_else(api: TradingApi, path: str) -> None:
    assert (await api.ask("GET", path)).json()["type"] == "/problems/not-found"


async def test_the_page_itself_needs_no_key(clock: VirtualClock) -> None:
    api = TradingApi(clock, api_key="k" * 16)
    for path in ("/", "/page/main.js", "/page/style.css"):
        assert (await api.ask("GET", path)).status_code == 200
    assert (await api.ask("GET", "/orders")).status_code == 401


def test_the_page_asks_no_other_host_and_has_no_code_in_its_markup() -> None:
    files = {name: content.decode() for name, content in page_files().items()}
    for name, text in files.items():
        hosts = set(re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]+", text))
        assert hosts <= {"http://www.w3.org"}, name  # the name of a vocabulary
    assert not re.search(r"<script(?![^>]*src=)|\son\w+=|style=", files["index.html"])


def test_the_page_makes_no_markup_from_text() -> None:
    makers = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment"
    for name, content in page_files().items():
        assert not re.search(makers, content.decode()), name
