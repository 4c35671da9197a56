"""The server with the settings of the environment: `uvicorn app.main:app`."""

from app.settings import load_settings
from app.wiring import create_app

app = create_app(load_settings())
