"""Every query that aggregates has a slow plain-Python twin: the mark of a twin, and a checker that reads the code.

A twin is marked with `@twin_of(module.query)`. It is a function of its own, or the test that works the answer out and
compares the two. Nothing is run or imported, so a test that is never collected cannot hide a twin that is missing.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

import duckdb

QUERIES = "warehouse.queries"
VIEWS = "warehouse/schema/views.sql"
TESTS = ("tests/integration", "tests/support")
"""Where the queries are, the views, and the twins with the tests that compare."""

Marked = TypeVar("Marked", bound=Callable)


def twin_of(*queries: Callable | str) -> Callable[[Marked], Marked]:
    """Mark a function as the slow twin of these queries, or a test as holding it. A view is given by its name.

    The mark does nothing when it runs; `faults` reads it.
    """
    return lambda marked: marked


class Name(NamedTuple):
    """A definition at the top of a module, or a view of the database (its module is VIEWS)."""

    module: str
    name: str

    def __str__(self) -> str:
        return f"{self.module}.{self.name}"


class Code:
    """The modules of some folders: what each defines, and what every definition refers to."""

    def __init__(self, root: Path, *folders: str) -> None:
        """Read every Python file under these folders of `root`."""
        self.defined: dict[Name, ast.AST] = {}
        self._imported: dict[Name, str] = {}
        self._used: dict[Name, set[Name]] = {}
        for path in (path for folder in folders for path in sorted((root / folder).rglob("*.py"))):
            module = ".".join(path.relative_to(root).with_suffix("").parts)
            tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
            for node in tree.body:
                self.defined |= {Name(module, name): node for name in _defines(node)}
            for node in ast.walk(tree):
                self._imported |= {Name(module, name): full for name, full in _imports(node, module)}

    def meant(self, module: str, words: str) -> Name:
        """Where `words`, such as `training.rounds` or `BASE`, is defined, as that module has it."""
        head, _, rest = words.partition(".")
        if Name(module, head) in self.defined:
            return Name(module, head)
        full = ".".join(filter(None, (self._imported.get(Name(module, head), head), rest)))
        place = Name(*full.rpartition(".")[::2])
        return self.meant(*place) if place in self._imported else place

    def used_by(self, start: Name) -> set[Name]:
        """`start` and all that it refers to, directly or not, in these folders and in the first place outside them."""
        found: set[Name] = set()
        waiting = {start}
        while waiting:
            name = waiting.pop()
            found.add(name)
            if name not in self._used:
                self._used[name] = {self.meant(name.module, words) for words in _refers(self.defined.get(name))}
            waiting |= self._used[name] - found
        return found

    def nodes(self, start: Name) -> list[ast.AST]:
        """Every node of everything that `start` uses in these folders."""
        return [node for name in self.used_by(start) if name in self.defined for node in ast.walk(self.defined[name])]

    def text(self, start: Name) -> str:
        """The texts in everything that `start` uses in these folders, without the docstrings."""
        nodes = self.nodes(start)
        sentences = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
        texts = [node for node in nodes if isinstance(node, ast.Constant) and id(node) not in sentences]
        return "\n".join(node.value for node in texts if isinstance(node.value, str))


def aggregates(text: str) -> bool:
    """Whether SQL makes one row or value of several. DuckDB itself says which of its functions do."""
    return bool(_aggregating().search(text))


@functools.cache
def _aggregating() -> re.Pattern[str]:
    with duckdb.connect() as connection:
        known = "SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type = 'aggregate'"
        names = "|".join(re.escape(name) for (name,) in connection.execute(known).fetchall())
    words = r"GROUP\s+BY\b|(?<!IS )(?<!IS NOT )DISTINCT\b|UNION\b(?!\s+ALL)|OVER\s*\("
    return re.compile(rf"\b(?:{words}|(?:{names}|list_distinct|list_unique)\s*\()", re.IGNORECASE)


def queries(root: Path) -> dict[Name, str]:
    """Every public query and every view, with the SQL of its own and of what it uses."""
    code = Code(root, "warehouse")
    found = {
        name: code.text(name)
        for name, node in code.defined.items()
        if name.module.startswith(f"{QUERIES}.") and not name.name.startswith("_")
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    }
    views = (root / VIEWS).read_text(encoding="utf-8")
    return found | {Name(VIEWS, name): sql for name, sql in re.findall(r"^CREATE VIEW (\w+)([^;]*);", views, re.M)}


def faults(root: Path) -> list[str]:
    """Every query without a twin, and every mark that does not hold, each in a sentence that says what to do."""
    code = Code(root, *TESTS)
    tests = {name: code.used_by(name) for name, node in code.defined.items() if _is_test(name, node)}
    marks = [(twin, query) for twin, node in code.defined.items() for query in _marks(node, twin.module, code)]
    known = queries(root)
    found = [
        f"{query} aggregates and has no slow twin: work its answer out in plain Python, mark that with @twin_of(…) "
        "(tests/support/twins.py), and compare the two in a test under tests/integration"
        for query, sql in known.items()
        if aggregates(sql) and query not in {marked for _, marked in marks}
    ]
    for twin, query in marks:
        if query not in known:
            found.append(f"{twin} is marked as the twin of {query}, which is no public query and no view")
        elif twin not in tests and (_asks(code, twin, query) or _mentions(code.nodes(twin), *_DATABASE)):
            found.append(f"{twin} is no twin of {query}: it asks the query or the database itself")
        elif not any(isinstance(node, ast.For | ast.comprehension) for node in code.nodes(twin)):
            found.append(f"{twin} is no twin of {query}: it goes through no rows")
        elif not any(twin in used and _compares(code, test, query) for test, used in tests.items()):
            found.append(f"no test that runs asks {query} and compares the answer with {twin}")
    return found


def _compares(code: Code, test: Name, query: Name) -> bool:
    nodes = code.nodes(test) + code.nodes(Name(test.module, "pytestmark"))
    is_asserted = any(isinstance(node, ast.Assert) for node in nodes)
    return is_asserted and _asks(code, test, query) and not _mentions(nodes, *_LEFT_OUT)


def _asks(code: Code, name: Name, query: Name) -> bool:
    """Whether the code uses the query or, of a view, selects from it."""
    if query.module == VIEWS:
        return bool(re.search(rf"\bFROM {query.name}\b", code.text(name)))
    return query in code.used_by(name)


_DATABASE = ("execute", "sql", "fetchall", "fetchone")
_LEFT_OUT = ("skip", "skipif", "xfail", "importorskip")


def _mentions(nodes: list[ast.AST], *attributes: str) -> bool:
    return any(isinstance(node, ast.Attribute) and node.attr in attributes for node in nodes)


def _is_test(name: Name, node: ast.AST) -> bool:
    is_collected = name.name.startswith("test_") and name.module.rpartition(".")[2].startswith("test_")
    return is_collected and isinstance(node, ast.FunctionDef)


def _marks(node: ast.AST, module: str, code: Code) -> Iterator[Name]:
    """The queries that a definition is marked as the twin of."""
    for mark in getattr(node, "decorator_list", ()):
        if _is_mark(mark):
            for query in mark.args:
                is_view = isinstance(query, ast.Constant)
                yield Name(VIEWS, query.value) if is_view else code.meant(module, _dotted(query))


def _is_mark(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and _dotted(node.func) == twin_of.__name__


def _defines(node: ast.AST) -> list[str]:
    """The names that one statement at the top of a module defines."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    targets = getattr(node, "targets", [getattr(node, "target", None)])
    return [part.id for target in targets if target for part in ast.walk(target) if isinstance(part, ast.Name)]


def _imports(node: ast.AST, module: str) -> Iterator[tuple[str, str]]:
    """The names that one statement imports, and what each stands for. `import a.b` leaves a.b to be written out."""
    if isinstance(node, ast.Import):
        yield from ((one.asname, one.name) for one in node.names if one.asname)
    elif isinstance(node, ast.ImportFrom):
        above = module.split(".")[: -node.level] if node.level else []
        base = ".".join(filter(None, (*above, node.module)))
        yield from ((one.asname or one.name, f"{base}.{one.name}") for one in node.names)


def _refers(node: ast.AST | None) -> Iterator[str]:
    """What a definition refers to, such as `training.rounds`: the fixtures of a test too, but not what it is marked."""
    parts = [node] if node else []
    while parts:
        part = parts.pop()
        if isinstance(part, ast.Name | ast.Attribute) and isinstance(part.ctx, ast.Load):
            yield from filter(None, [_dotted(part)])
        elif isinstance(part, ast.arg):
            yield part.arg
        parts += [child for child in ast.iter_child_nodes(part) if not _is_mark(child)]


def _dotted(node: ast.AST) -> str:
    """`training.rounds` for a name and what is asked of it; nothing for anything else."""
    if isinstance(node, ast.Attribute):
        return f"{before}.{node.attr}" if (before := _dotted(node.value)) else ""
    return node.id if isinstance(node, ast.Name) else ""
