"""Settings from the environment, each with the prefix `TRADING_`."""

import re
import sys
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainValidator,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "TRADING_"

Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]


_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:\d{1,5})?|https?://\[[0-9a-f:]+\](:\d{1,5})?")
_KEY = re.compile(r"[A-Za-z0-9._~+/-]{16,512}=*")  # what a bearer token may be: RFC 6750, 2.1


def _read_origins(text: object) -> object:
    origins = [each.strip() for each in text.split(",")] if isinstance(text, str) else text
    if isinstance(origins, list) and not all(map(_ORIGIN.fullmatch, origins)):
        raise ValueError("must be origins such as https://desk.example:8443, separated by commas")
    return origins


def _read_key(text: object) -> SecretStr:
    key = text.get_secret_value() if isinstance(text, SecretStr) else str(text)
    if not _KEY.fullmatch(key):
        raise ValueError("must be 16 to 512 letters, digits or -._~+/ (the value is not shown)")
    return SecretStr(key)


def _redis_address(address: str) -> str:
    if not re.match(r"(rediss?://|unix:///).", address):
        raise ValueError("must be redis://host:port, rediss://host:port or unix:///path/of/socket")
    return address


class Settings(BaseSettings):
    """What an operator may choose; an empty variable counts as unset.

    Delays are in seconds; with a seed they are the same in each run. `history` is how many events
    are kept for replay, `subscriber_queue` how many a subscriber may lag behind. Pages of
    `allowed_origins` may use the server from a browser; with an `api_key` nobody may without it.
    `store` is the address of the Redis that several servers share; without one, all is in memory.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True)

    delay_min: Seconds = 0.1
    delay_max: Seconds = 1.0
    seed: int | None = None
    history: Annotated[int, Field(ge=0)] = 100_000
    subscriber_queue: Annotated[int, Field(ge=1)] = 10_000
    max_orders: Annotated[int, Field(ge=1)] = 1_000_000
    allowed_origins: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_read_origins)] = ()
    api_key: Annotated[SecretStr, PlainValidator(_read_key)] | None = None
    store: Annotated[str, AfterValidator(_redis_address)] | None = None

    @model_validator(mode="after")
    def _delays_are_a_range(self) -> Self:
        if self.delay_min > self.delay_max:
            raise ValueError(f"{PREFIX}DELAY_MIN must not be greater than {PREFIX}DELAY_MAX")
        return self


def load_settings() -> Settings:
    """The settings; a bad one ends the process with one line on stderr and exit code 1."""
    try:
        return Settings()
    except ValidationError as error:
        sys.exit("Bad setting: " + "; ".join(_sentences(error)))


def _sentences(error: ValidationError) -> list[str]:
    return [
        f"{PREFIX}{_told(str(problem['loc'][0]), problem['input'])}: {_rule(problem['msg'])}"
        if problem["loc"]
        else _rule(problem["msg"])
        for problem in error.errors()
    ]


def _told(name: str, value: object) -> str:
    return name.upper() if name == "api_key" else f"{name.upper()}={value!r}"


def _rule(message: str) -> str:
    return message.removeprefix("Value error, ")
