"""Collecting and running the scenarios of feature files."""
