"""Tells the front end where its server is, in the page that starts it.

The address of a page, `/borough_map`, might as well be that of a server under `/borough_map/`. The front end asks there
first, is told that there is none, waits a tenth of a second, and asks one folder higher. We know which addresses are
pages.
"""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from ui.kept_files import plain_answer
from ui.pages import PAGES

ADDRESSES = tuple(f"/{entry.address}" for entries in PAGES.values() for entry in entries if not entry.is_first)

TOLD = b"""<head><script>window.__streamlit = {BACKEND_BASE_URL: new URL(".", location.href).href}</script>"""
"""The folder that the page is in. Streamlit's front end takes its server's address from there where it is given."""

OF_THE_FILE = (b"content-length", b"etag", b"last-modified")
"""Headers that describe the page without that line."""


class ServerAddress:
    """ASGI middleware that adds TOLD to the answer for the address of a page. All else is passed on as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        is_page = scope["type"] == "http" and scope["method"] == "GET" and scope["path"].endswith(ADDRESSES)
        if not is_page:
            await self.app(scope, receive, send)
            return
        start, *parts = await plain_answer(self.app, scope, receive)
        content = b"".join(part.get("body", b"") for part in parts).replace(b"<head>", TOLD, 1)
        headers = [(name, value) for name, value in start["headers"] if name not in OF_THE_FILE]
        await send({**start, "headers": [*headers, (b"content-length", b"%d" % len(content))]})
        await send({"type": "http.response.body", "body": content})
