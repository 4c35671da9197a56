"""The server's own cost, as ratios to named baselines in the same run.

Every case is measured in rounds, and each round measures every server once, so that whatever else
the machine does falls on all of them alike. The baselines are servers in `perf.bench.baselines`.
"""
