"""Servers that a scenario, or the whole run, starts."""
