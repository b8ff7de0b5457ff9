"""Keeps the files of the front end in memory, compressed, once the server has given them.

A browser without a cache asks for some hundred small scripts before it draws a page. Streamlit looks each of them up on
the disk, which takes several milliseconds a file, one after the other, and sends all but a few uncompressed.
"""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

FILES = re.compile(r"/static/.+\.(?:js|css|woff2)$|/component/.+\.(?:js|css|html)$")
"""Addresses of files that stay as they are while the server runs: those of installed packages and of `static/`."""

COMPRESSIBLE = (b"text/", b"application/javascript", b"application/json")
NOT_KEPT = (b"content-length", b"content-encoding", b"transfer-encoding", b"vary", b"set-cookie")
"""Headers that are of one answer: of its form, or of the reader it was made for."""

MOST_BYTES = 40_000_000
"""All files of the front end together take less. What would go beyond is passed on."""


@dataclass(frozen=True)
class Answer:
    """The messages of one whole answer: its head, and its content in one piece."""

    start: Message
    body: Message


async def plain_answer(app: ASGIApp, scope: Scope, receive: Receive) -> list[Message]:
    """All messages of the answer that `app` gives, not compressed."""
    plain = {**scope, "headers": [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]}
    messages: list[Message] = []

    async def take(message: Message) -> None:
        messages.append(message)

    await app(plain, receive, take)
    return messages


class KeptFiles:
    """ASGI middleware that answers for FILES from memory. It asks the server for each once, plain, and passes on
    everything else: other methods, parts of files, questions whether a file has changed, and whatever is no success."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._kept: dict[tuple[str, bool], Answer] = {}
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory where the request is for a whole file that may be kept, else pass it on."""
        if scope["type"] != "http" or scope["method"] != "GET" or not FILES.search(scope["path"]):
            await self.app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        if b"range" in headers or b"if-none-match" in headers or b"if-modified-since" in headers:
            await self.app(scope, receive, send)
            return
        key = scope["path"], b"gzip" in headers.get(b"accept-encoding", b"")
        messages = self._messages(key) or await self._ask(scope, receive, key)
        for message in messages:
            await send(message)

    def _messages(self, key: tuple[str, bool]) -> tuple[Message, ...]:
        found = self._kept.get(key)
        return (found.start, found.body) if found else ()

    async def _ask(self, scope: Scope, receive: Receive, key: tuple[str, bool]) -> tuple[Message, ...]:
        """The answer of the server, kept under `key` and compressed where that helps."""
        messages = await plain_answer(self.app, scope, receive)
        start, *parts = messages
        headers = dict(start["headers"])
        kind = headers.get(b"content-type", b"")
        # For a script that there is not, Streamlit sends the page itself.
        is_another = kind.startswith(b"text/html") and not key[0].endswith(".html")
        if start["status"] != 200 or is_another:
            return tuple(messages)
        content = b"".join(part.get("body", b"") for part in parts)
        own = [(name, value) for name, value in start["headers"] if name not in NOT_KEPT]
        if kind.startswith(COMPRESSIBLE):
            own.append((b"vary", b"Accept-Encoding"))
            if key[1]:
                content = gzip.compress(content)
                own.append((b"content-encoding", b"gzip"))
        own.append((b"content-length", b"%d" % len(content)))
        answer = Answer({**start, "headers": own}, {"type": "http.response.body", "body": content})
        if self._bytes + len(content) <= MOST_BYTES and key not in self._kept:
            self._bytes += len(content)
            self._kept[key] = answer
        return answer.start, answer.body
