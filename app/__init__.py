"""A simulated trading server: orders over HTTP, their status events over WebSocket."""
