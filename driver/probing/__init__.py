"""Looks at a running server by one order's life, and writes a first dialect of it."""

from driver.probing.example import Example
from driver.probing.life import ProbeFailed
from driver.probing.probe import probe
from driver.probing.seen import Hints
from driver.probing.talk import Caller

__all__ = ["Caller", "Example", "Hints", "ProbeFailed", "probe"]
