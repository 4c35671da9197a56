"""The trading server itself, but that an order is executed after a set time: nothing is compared.

So that a hundred thousand executions can be awaited at once while answers come without delay.
"""

import sys

from app.delays import Delays
from app.exchange import Exchange, OrderStore
from app.serving import serve
from app.settings import Settings
from app.wiring import Parts, create_app


def _exchange_of(seconds: float) -> type[Exchange]:
    class Patient(Exchange):
        def __init__(self, store: OrderStore, delays: Delays) -> None:
            super().__init__(store, Delays(seconds, seconds, clock=delays.clock))

    return Patient


if __name__ == "__main__":
    parts = Parts(exchange=_exchange_of(float(sys.argv[1])))
    serve(create_app(Settings(), parts), "127.0.0.1", 0)
