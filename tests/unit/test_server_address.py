"""The page that starts the front end names the folder it is in; nothing else is touched."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from ui.server_address import TOLD, ServerAddress

PAGE = "<html><head><title>Côté</title></head></html>".encode()


async def server(scope, receive, send) -> None:
    """Gives every address the same page, in two pieces."""
    headers = [
        (b"content-type", b"text/html"),
        (b"content-length", b"%d" % len(PAGE)),
        (b"etag", b'"old"'),
        (b"cache-control", b"no-cache"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": PAGE[:10], "more_body": True})
    await send({"type": "http.response.body", "body": PAGE[10:]})


def ask(path: str, method: str = "GET") -> tuple[dict[bytes, bytes], bytes]:
    """Headers and content that one request is answered with."""
    told = []

    async def send(message) -> None:
        told.append(message)

    scope = {"type": "http", "method": method, "path": path, "headers": [(b"accept-encoding", b"gzip")]}
    with ThreadPoolExecutor(1) as aside:  # a browser that another test opened may keep a loop in this thread
        aside.submit(lambda: asyncio.run(ServerAddress(server)(scope, None, send))).result()
    start, *parts = told
    return dict(start["headers"]), b"".join(part["body"] for part in parts)


@pytest.mark.parametrize("path", ["/borough_map", "/a/larger/site/about_the_data"])
def test_a_page_names_its_folder_and_is_else_the_same(path):
    headers, content = ask(path)
    assert content.replace(TOLD, b"<head>") == PAGE
    assert content.count(TOLD) == 1
    assert headers == {b"content-type": b"text/html", b"cache-control": b"no-cache",
                       b"content-length": b"%d" % len(content)}  # fmt: skip


@pytest.mark.parametrize(
    ("path", "method"),
    [("/", "GET"), ("/borough_map", "HEAD"), ("/borough_map/_stcore/health", "GET"), ("/no_such_page", "GET")],
)
def test_whatever_is_no_page_is_passed_on(path, method):
    headers, content = ask(path, method)
    assert content == PAGE
    assert headers[b"etag"] == b'"old"'
