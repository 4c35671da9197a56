"""Measurements: a burst of orders above all, and benchmarks of the server and of the suite itself.

A burst's records, and what is computed from them, are plain data; `perf.placing` alone does its
waiting. Nothing is imported here, so that the process that listens to events begins soon.
"""
