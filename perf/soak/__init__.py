"""Ten minutes of mixed load with misbehaving subscribers: `python -m perf.soak`."""
