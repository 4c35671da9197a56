"""The server with the settings of the environment: `uvicorn app.main:app`."""

import sys

from app.settings import Settings, load_settings
from app.wiring import create_app


def _require_store(settings: Settings) -> None:
    """Ends the process with one sentence if the store that servers share is not there."""
    if settings.store is None:
        return
    try:
        from app.replicas.probe import trouble_with  # noqa: PLC0415 - an extra requirement
    except ModuleNotFoundError as missing:
        sys.exit(
            f"TRADING_STORE needs the package {missing.name}: "
            "pip install -r app/requirements-replicas.txt"
        )
    if trouble := trouble_with(settings.store):
        sys.exit(f"TRADING_STORE: {trouble}")


_settings = load_settings()
_require_store(_settings)
app = create_app(_settings)
