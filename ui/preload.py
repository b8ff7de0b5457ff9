"""Tells the browser early which scripts a page will need.

Streamlit's page asks for the script of a widget only when the first widget arrives, and for the map's only when its
frame stands: one wait after the other. A `Link` header on the page itself lets the browser fetch them while Streamlit
starts. Nothing depends on it: a browser that takes no notice, or a script with another name after an upgrade, is only
slower.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import streamlit
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CHUNKS = ("Html", "Selectbox", "PageLink", "DownloadButton", "ComponentInstance", "ButtonGroup")
"""The parts of Streamlit's front end that nearly every page draws."""

MAP_ADDRESSES = ("", "borough_map")
"""The last part of the addresses of pages that open with a map."""

IMPORT = re.compile(r"""(?:from|import)\s*["']\./([^"']+\.js)["']""")
SCRIPTS = Path(streamlit.__file__).parent / "static" / "static" / "js"
# Found without importing it: the component has to be declared to a server that runs already.
MAP_SCRIPTS = Path(find_spec("streamlit_folium").origin).parent / "frontend" / "build" / "static" / "js"


def chunk_files() -> list[str]:
    """The files of CHUNKS and all they import, without those that the page loads anyway. By name."""

    def with_imports(names: set[str]) -> set[str]:
        found, waiting = set(), set(names)
        while waiting:
            name = waiting.pop()
            found.add(name)
            imports = set(IMPORT.findall((SCRIPTS / name).read_text(encoding="utf-8")))
            waiting |= {one for one in imports - found if (SCRIPTS / one).is_file()}
        return found

    wanted = {file.name for chunk in CHUNKS for file in SCRIPTS.glob(f"{chunk}.*.js")}
    first = {file.name for file in SCRIPTS.glob("index.*.js")}
    return sorted(with_imports(wanted) - with_imports(first))


def header(address: str) -> str:
    """The value of the Link header for the page at the last part of its `address`; relative, so a base path works."""
    links = [f"<./static/js/{name}>; rel=modulepreload" for name in chunk_files()]
    if address in MAP_ADDRESSES:
        links += [
            "<./app/static/leaflet-1.9.4/leaflet.js>; rel=preload; as=script",
            "<./app/static/leaflet-1.9.4/leaflet.css>; rel=preload; as=style",
        ]
        links += [
            f"<./component/streamlit_folium.st_folium/static/js/{file.name}>; rel=preload; as=script"
            for file in sorted(MAP_SCRIPTS.glob("main.*.js"))
        ]
    return ", ".join(links)


class PreloadHeaders:
    """ASGI middleware that adds the header to the pages themselves and to nothing else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = {True: header(MAP_ADDRESSES[0]).encode(), False: header("any other page").encode()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add the header to an HTML answer of a page."""
        path = scope.get("path", "")
        if scope["type"] != "http" or "/component/" in path:
            await self.app(scope, receive, send)
            return

        async def send_with_header(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message["headers"])
                if any(name == b"content-type" and value.startswith(b"text/html") for name, value in headers):
                    has_map = path.rsplit("/", 1)[-1] in MAP_ADDRESSES
                    message = {**message, "headers": [*headers, (b"link", self.headers[has_map])]}
            await send(message)

        await self.app(scope, receive, send_with_header)
