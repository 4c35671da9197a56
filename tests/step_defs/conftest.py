"""What the tests of steps share."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from step_defs.world.world import World
from tests.step_defs.fake_port import fake_world


@pytest.fixture
def world() -> Iterator[World]:
    """A world on the fake system."""
    with closing(fake_world()) as world:
        yield world
