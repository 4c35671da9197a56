"""A server that pings its subscribers many times a second."""

from app.serving import serve
from app.settings import Settings
from app.wiring import create_app

PING_SECONDS = 0.2

if __name__ == "__main__":
    serve(create_app(Settings(delay_min=0, delay_max=0)), "127.0.0.1", 0, PING_SECONDS)
