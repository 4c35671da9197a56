"""Faults that nobody thought of: the server with one small change, made by a mutation tool."""
