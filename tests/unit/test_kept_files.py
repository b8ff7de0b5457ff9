"""The files of the front end are asked for once, and what is given from memory is what the server gave."""

from __future__ import annotations

import asyncio
import gzip
from concurrent.futures import ThreadPoolExecutor

import pytest

from ui import kept_files
from ui.kept_files import KeptFiles

SCRIPT = b"export const words = 'Camden';" * 100
FILES = {
    "/static/js/index.abc.js": (200, b"application/javascript", SCRIPT),
    "/base/static/media/font.woff2": (200, b"font/woff2", b"wOF2" + bytes(500)),
    "/component/map/index.html": (200, b"text/html; charset=utf-8", b"<html></html>"),
    "/static/js/gone.js": (200, b"text/html; charset=utf-8", b"<html>the page itself</html>"),
    "/component/map/later.js": (404, b"text/plain", b"not there yet"),
    "/borough_map": (200, b"text/html", b"<html>a page</html>"),
}


class Server:
    """Gives FILES, in two pieces, and remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[bytes, bytes]]] = []

    async def __call__(self, scope, receive, send) -> None:
        self.asked.append((scope["path"], dict(scope["headers"])))
        status, kind, content = FILES[scope["path"]]
        headers = [(b"content-type", kind), (b"content-length", b"%d" % len(content)), (b"cache-control", b"public"),
                   (b"set-cookie", b"who=1")]  # fmt: skip
        await send({"type": "http.response.start", "status": status, "headers": headers})
        half = len(content) // 2
        await send({"type": "http.response.body", "body": content[:half], "more_body": True})
        await send({"type": "http.response.body", "body": content[half:]})


def ask(app: KeptFiles, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[bytes, bytes], bytes]:
    """Status, headers and content that one request is answered with."""
    told = []

    async def send(message) -> None:
        told.append(message)

    scope = {
        "type": "http", "method": method, "path": path,
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip
    with ThreadPoolExecutor(1) as aside:  # a browser that another test opened may keep a loop in this thread
        aside.submit(lambda: asyncio.run(app(scope, None, send))).result()
    start, *parts = told
    return start["status"], dict(start["headers"]), b"".join(part["body"] for part in parts)


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def app(server: Server) -> KeptFiles:
    return KeptFiles(server)


def test_a_file_is_asked_for_once_and_given_whole_each_time(app, server):
    for _ in range(3):
        status, headers, content = ask(app, "/static/js/index.abc.js")
        assert (status, content) == (200, SCRIPT)
        assert headers[b"content-length"] == b"%d" % len(SCRIPT)
        assert headers[b"cache-control"] == b"public"
        assert b"content-encoding" not in headers
        assert b"set-cookie" not in headers, "it is of the first reader alone"
    assert len(server.asked) == 1


def test_text_is_sent_compressed_to_a_browser_that_takes_it_and_plain_to_another(app, server):
    for _ in range(2):
        status, headers, content = ask(app, "/static/js/index.abc.js", accept_encoding="br, gzip")
        assert status == 200
        assert headers[b"content-encoding"] == b"gzip"
        assert headers[b"vary"] == b"Accept-Encoding"
        assert headers[b"content-length"] == b"%d" % len(content)
        assert len(content) < len(SCRIPT) / 2
        assert gzip.decompress(content) == SCRIPT
    assert ask(app, "/static/js/index.abc.js")[2] == SCRIPT
    assert len(server.asked) == 2
    assert all(b"accept-encoding" not in headers for _, headers in server.asked)


@pytest.mark.parametrize("path", ["/base/static/media/font.woff2", "/component/map/index.html"])
def test_fonts_stay_as_they_are_and_a_base_path_or_a_frame_makes_no_difference(app, server, path):
    for _ in range(2):
        _, headers, content = ask(app, path, accept_encoding="gzip")
        compressed = headers.get(b"content-encoding") == b"gzip"
        assert (gzip.decompress(content) if compressed else content) == FILES[path][2]
        assert compressed == path.endswith(".html")
    assert len(server.asked) == 1


@pytest.mark.parametrize("path", ["/static/js/gone.js", "/component/map/later.js", "/borough_map"])
def test_pages_and_what_is_no_success_are_passed_on_each_time(app, server, path):
    for _ in range(2):
        status, headers, content = ask(app, path)
        assert (status, headers[b"content-type"], content) == FILES[path]
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    "headers", [{"range": "bytes=0-9"}, {"if_none_match": '"x"'}, {"if_modified_since": "Mon, 5 Dec 2011 10:00:00 GMT"}]
)
def test_parts_and_questions_whether_a_file_changed_go_to_the_server(app, server, headers):
    ask(app, "/static/js/index.abc.js")
    ask(app, "/static/js/index.abc.js", **headers)
    ask(app, "/static/js/index.abc.js", "HEAD")
    assert len(server.asked) == 3
    assert set(server.asked[1][1]) == {name.replace("_", "-").encode() for name in headers}


def test_what_would_take_too_much_memory_is_given_and_not_kept(app, server, monkeypatch):
    monkeypatch.setattr(kept_files, "MOST_BYTES", len(SCRIPT) - 1)
    assert ask(app, "/static/js/index.abc.js")[2] == SCRIPT
    assert ask(app, "/static/js/index.abc.js")[2] == SCRIPT
    assert len(server.asked) == 2
