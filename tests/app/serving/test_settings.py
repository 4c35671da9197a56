"""Settings: their defaults, their names, and the one line that a bad one gives."""

import pytest
from pydantic import SecretStr

from app.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def _no_settings_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"TRADING_{name.upper()}", raising=False)


def test_the_promised_delays_are_the_default() -> None:
    settings = load_settings()
    assert (settings.delay_min, settings.delay_max, settings.seed) == (0.1, 1.0, None)


def test_every_setting_comes_from_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = {
        "delay_min": 0.5,
        "delay_max": 2.0,
        "seed": 7,
        "history": 10,
        "subscriber_queue": 3,
        "max_orders": 5,
        "store": "redis://127.0.0.1:6379/1",
        "allowed_origins": ("http://desk.example", "https://desk.example:8443"),
        "api_key": SecretStr("0123456789abcdef"),
    }
    told = {"allowed_origins": "http://desk.example, https://desk.example:8443"}
    told["api_key"] = "0123456789abcdef"
    for name, value in chosen.items():
        monkeypatch.setenv(f"TRADING_{name.upper()}", told.get(name, str(value)))
    assert load_settings().model_dump() == chosen


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRADING_SEED", "")
    assert load_settings().seed is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DELAY_MIN", "-0.1"),
        ("DELAY_MIN", "nan"),
        ("DELAY_MAX", "inf"),
        ("DELAY_MAX", "soon"),
        ("STORE", "elsewhere"),
        ("SEED", "1.5"),
        ("HISTORY", "-1"),
        ("SUBSCRIBER_QUEUE", "0"),
        ("MAX_ORDERS", "0"),
        ("ALLOWED_ORIGINS", "*"),
        ("ALLOWED_ORIGINS", "https://desk.example/page"),
        ("ALLOWED_ORIGINS", "https://desk.example, desk.example"),
    ],
)
def test_a_bad_setting_is_named_with_its_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"TRADING_{name}", value)
    with pytest.raises(SystemExit) as stopped:
        load_settings()
    line = str(stopped.value)
    assert line.startswith(f"Bad setting: TRADING_{name}='{value}': ")
    assert "\n" not in line


@pytest.mark.parametrize("key", ["too short", "a key with blanks in it", "ü" * 16])
def test_a_bad_key_is_named_but_not_shown(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv("TRADING_API_KEY", key)
    with pytest.raises(SystemExit) as stopped:
        load_settings()
    line = str(stopped.value)
    assert line.startswith("Bad setting: TRADING_API_KEY: must be 16 to 512 letters")
    assert key not in line


def test_the_key_is_in_no_text_about_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRADING_API_KEY", "0123456789abcdef")
    assert "0123456789abcdef" not in f"{load_settings()!r} {load_settings()}"


def test_the_delays_must_be_a_range(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRADING_DELAY_MIN", "2")
    with pytest.raises(SystemExit, match="DELAY_MIN must not be greater than TRADING_DELAY_MAX"):
        load_settings()
