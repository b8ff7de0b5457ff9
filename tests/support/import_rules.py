"""What each room of the house may touch, as data, and a checker that reads the code without running it.

The rules are those of the design: imports between rooms flow one way, each outside package belongs to
certain rooms, pages hold no SQL and do no table work, nothing speaks to the network, and no `except` catches all.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import packages_distributions
from pathlib import Path

ROOMS_OPEN_TO = {
    "app": ("ui", "warehouse", "geo"),
    "pages": ("ui", "warehouse", "geo"),
    "ui": ("warehouse", "geo"),
    "warehouse": (),
    "etl": ("warehouse.schema", "warehouse.words", "warehouse.changes", "geo"),
    "geo": (),
}
"""Room → the other rooms (or the part of one) that it may import. `app` is app.py."""

ROOMS_OF = {
    "streamlit": ("app", "pages", "ui"),
    "streamlit_folium": ("ui",),
    "altair": ("ui",),
    "folium": ("ui", "geo"),
    "branca": ("ui", "geo"),
    "duckdb": ("warehouse", "etl"),
    "geopandas": ("geo", "etl"),
    "shapely": ("geo", "etl"),
    "pyproj": ("geo", "etl"),
    "pandas": ("ui", "warehouse", "etl", "geo"),
    "numpy": ("ui", "warehouse", "etl", "geo"),
}
"""Outside package → the rooms that may import it. A package that is not named here may be used anywhere."""

NETWORK = (
    "aiohttp", "ftplib", "http.client", "http.server", "httpx", "requests", "smtplib", "socket", "socketserver",
    "telnetlib", "urllib.request", "urllib3", "websockets", "xmlrpc",
)  # fmt: skip
"""Ways to the network: in no room at all."""

NO_SQL = ("app", "pages", "ui")
NO_TABLE_WORK = ("app", "pages")
TABLE_WORK = ("groupby", "merge", "pivot", "pivot_table", "join_asof")
DATABASE_CALLS = ("execute", "executemany", "sql")

# Keywords in capitals do not occur in sentences; in small letters only a whole statement is taken for SQL, because
# "select a borough from the list" is good English.
_SQL = re.compile(
    r"\b(SELECT|FROM|WHERE|JOIN|GROUP BY|ORDER BY|INSERT INTO|DELETE FROM|CREATE (TABLE|VIEW)|DROP TABLE|UNION ALL)\b"
)
_SMALL_SQL = re.compile(r"\bselect\s+(\*|count\s*\(|distinct\b|[\w.]+(\s*,\s*[\w.]+)+\s)[\s\S]*?\bfrom\s+\w")

BUILD_TIME_ONLY = {"rdata"}
"""Outside packages that are not in requirements.in: the documented command that rebuilds the boundaries asks for them.
They are imported inside a function, so that nothing else needs them."""


@dataclass(frozen=True)
class Breach:
    """One line that breaks a rule."""

    path: str
    line: int
    words: str

    def __str__(self) -> str:
        return f"{self.path}, line {self.line}: {self.words}"


def room_files(root: Path) -> dict[Path, str]:
    """Each Python file of the rooms under that folder, and its room."""
    files = {root / "app.py": "app"} if (root / "app.py").is_file() else {}
    for room in ROOMS_OPEN_TO:
        files |= dict.fromkeys(sorted((root / room).rglob("*.py")), room)
    return files


def breaches(root: Path) -> list[Breach]:
    """Every line of every room that breaks a rule, in the order of the files."""
    return [breach for path, room in room_files(root).items() for breach in breaches_in(path, room, root)]


def breaches_in(path: Path, room: str, root: Path) -> Iterator[Breach]:
    """The lines of one file that break a rule of its room."""
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    name = path.relative_to(root).as_posix()
    for line, module in imports(tree, path, root):
        words = _import_breach(room, module)
        if words:
            yield Breach(name, line, words)
    for line in broad_excepts(tree):
        yield Breach(name, line, "catches every exception; name the ones that are meant")
    if room in NO_SQL:
        yield from (Breach(name, line, f"{room} holds SQL; that belongs in warehouse/") for line in _sql_lines(tree))
    if room in NO_TABLE_WORK:
        for line, call in _method_calls(tree, TABLE_WORK):
            yield Breach(name, line, f"{room} calls .{call}(); a query in warehouse/ does table work")


def imports(tree: ast.AST, path: Path, root: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of every module that is imported, relative and by-name imports included."""
    package = path.relative_to(root).with_suffix("").parts[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (base, node.module) if part)
            # `from warehouse import queries` imports warehouse.queries, so each name counts.
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and _called(node) in ("__import__", "import_module"):
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield node.lineno, first.value


def broad_excepts(tree: ast.AST) -> Iterator[int]:
    """The lines of every `except:`, `except Exception` and `except BaseException`, alone or in a tuple."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            if any(kind is None or getattr(kind, "id", "") in ("Exception", "BaseException") for kind in caught):
                yield node.lineno


def outside_packages(files: list[Path], root: Path) -> dict[str, list[str]]:
    """Outside package (import name) → "file, line" of its imports, in these files. Leaves out Python and our rooms."""
    own = {*ROOMS_OPEN_TO, "tests", "benchmarks", "__future__"} | set(sys.stdlib_module_names)
    found: dict[str, list[str]] = {}
    for path in files:
        tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
        for line, module in imports(tree, path, root):
            top = module.split(".")[0]
            if top not in own:
                found.setdefault(top, []).append(f"{path.relative_to(root).as_posix()}, line {line}")
    return found


def undeclared(packages: dict[str, list[str]], requirements: str) -> list[str]:
    """The outside packages that no line of requirements.in pins, with the places that import them."""
    pinned = {_plain(line.split("==")[0]) for line in requirements.splitlines() if "==" in line and line[0] != "#"}
    known = packages_distributions()
    return [
        f"{package}: imported in {places[0]}"
        for package, places in sorted(packages.items())
        if package not in BUILD_TIME_ONLY and not pinned & {_plain(name) for name in known.get(package, [package])}
    ]


def _import_breach(room: str, module: str) -> str:
    """Why this room may not import this module, or nothing."""
    top = module.split(".")[0]
    if any(_is_within(module, way) for way in NETWORK):
        return f"imports {module}, a way to the network"
    if top in ROOMS_OPEN_TO and top != room and not any(_is_within(module, open_) for open_ in ROOMS_OPEN_TO[room]):
        allowed = ", ".join(ROOMS_OPEN_TO[room]) or "no other room"
        return f"{room} imports {module}; it may import {allowed}"
    if top in ROOMS_OF and room not in ROOMS_OF[top]:
        return f"{room} imports {module}; that is for {', '.join(ROOMS_OF[top])}"
    return ""


def _sql_lines(tree: ast.AST) -> Iterator[int]:
    """Lines with SQL in a text, or with a call that hands SQL to a database. Docstrings are not SQL."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for line, text, node_id in _texts(tree):
        if node_id not in docstrings and (_SQL.search(text) or _SMALL_SQL.search(text)):
            yield line
    yield from (line for line, _ in _method_calls(tree, DATABASE_CALLS))


def _texts(tree: ast.AST) -> Iterator[tuple[int, str, int]]:
    """Line, text and identity of every text in the code; an f-string is one text, with x for what is filled in."""
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, "".join(part.value if _is_text(part) else "x" for part in node.values), id(node)
        elif _is_text(node) and id(node) not in inside:
            yield node.lineno, node.value, id(node)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _method_calls(tree: ast.AST, names: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names:
            yield node.lineno, node.func.attr


def _called(node: ast.Call) -> str:
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def _is_within(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")


def _plain(name: str) -> str:
    """A distribution's name in its normal spelling."""
    return re.sub(r"[-_.]+", "-", name.split("[")[0]).strip().lower()
