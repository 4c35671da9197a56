"""Settings from the environment, each with the prefix `TRADING_`."""

import sys
from typing import Annotated, Self

from pydantic import Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "TRADING_"

Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Settings(BaseSettings):
    """What an operator may choose; an empty variable counts as unset.

    Delays are in seconds; with a seed they are the same in each run. `history` is how many events
    are kept for replay, `subscriber_queue` how many a subscriber may lag behind.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True)

    delay_min: Seconds = 0.1
    delay_max: Seconds = 1.0
    seed: int | None = None
    history: Annotated[int, Field(ge=0)] = 100_000
    subscriber_queue: Annotated[int, Field(ge=1)] = 10_000
    max_orders: Annotated[int, Field(ge=1)] = 1_000_000

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
        f"{PREFIX}{str(problem['loc'][0]).upper()}={problem['input']!r}: {problem['msg']}"
        if problem["loc"]
        else problem["msg"].removeprefix("Value error, ")
        for problem in error.errors()
    ]
