"""Two defects that the nemesis must find: `python -m faults.nemesis.planted NAME --port 0`.

No feature can find the second reliably, for it needs a crash at the right moment.
"""

import argparse
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.domain import Order, StatusEvent
from app.replicas import RedisOrderStore
from app.serving import serve
from app.settings import load_settings
from app.wiring import Parts, create_app
from faults.shared_parts import ChangesWithoutCompare

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class _PublishesApart(RedisOrderStore):
    """Writes the change first, and then the event that tells of it."""

    async def commit(
        self, expected: Order, new: Order, event: StatusEvent | None = None
    ) -> Order | None:
        kept = await super().commit(expected, new)
        if kept and event:
            await self.publish(replace(event, occurred_at=kept.updated_at))
        return kept

    async def publish(self, event: StatusEvent) -> None:
        fields = {
            "id": event.order_id,
            "reference": event.client_order_id or "",
            "status": event.status,
            "previous": event.previous_status or "",
            "at": (event.occurred_at - _EPOCH) // timedelta(microseconds=1),
        }
        flat = [part for field in fields.items() for part in field]
        await self.engine.call("XADD", f"{self.engine.space}events", "0-*", *flat)


PLANTED: Mapping[str, Parts] = {
    "commit-without-compare": Parts(shared_store=ChangesWithoutCompare),
    "publish-apart-from-write": Parts(shared_store=_PublishesApart),
}


def main() -> int:
    """Serves one of them."""
    parser = argparse.ArgumentParser(prog="python -m faults.nemesis.planted", description=__doc__)
    parser.add_argument("name", choices=PLANTED)
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args()
    serve(create_app(load_settings(), PLANTED[options.name]), "127.0.0.1", options.port)
    return 0


if __name__ == "__main__":
    sys.exit(main())
