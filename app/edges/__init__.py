"""Where clients meet the server: HTTP, WebSocket, and the documents that describe both."""
