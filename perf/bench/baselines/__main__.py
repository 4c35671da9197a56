"""Serves one baseline on a free port: `python -m perf.bench.baselines bare`."""

import argparse
import socket

import uvicorn

NAMES = {
    "bare": "perf.bench.baselines.bare:app",
    "naive": "perf.bench.baselines.naive:app",
    "raw": "perf.bench.baselines.raw:app",
    "premade": "perf.bench.baselines.premade:app",
    "premade-gathered": "perf.bench.baselines.premade:gathered",
}


class _Server(uvicorn.Server):
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        port = self.servers[0].sockets[0].getsockname()[1]
        print(f"Listening on http://127.0.0.1:{port}", flush=True)


def main() -> None:
    """Serves with the trading server's settings of uvicorn."""
    parser = argparse.ArgumentParser(prog="python -m perf.bench.baselines", description=__doc__)
    parser.add_argument("name", choices=NAMES)
    config = uvicorn.Config(
        NAMES[parser.parse_args().name],
        port=0,
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        ws="websockets-sansio",
        ws_per_message_deflate=False,
    )
    _Server(config).run()


if __name__ == "__main__":
    main()
