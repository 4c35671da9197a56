"""Disturbs three servers that share a store, and checks afterwards that nothing went wrong."""
