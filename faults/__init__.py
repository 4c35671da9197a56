"""Servers that break the contract in one way each, and the proof that the features notice."""
