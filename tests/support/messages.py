"""Collects from the code what it says to people when something is wrong, for the test of docs/errors.md.

Looked at are the texts of our own exceptions where they are raised, of faults and warnings where they are made, what is
appended to a list of faults, what a command prints on standard error, and the sentences in `TOLD`. A text that is named
before it is used is followed: to an assignment in the same function, to a constant of the same module or of one it is
imported from, to what a function of the same module returns. What varies is "…". A text whose first sentence varies as
a whole passes on what another one says.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import islice, product
from pathlib import Path

from tests.support.paths import ROOT

VARIES = "…"
FOLDERS = ("etl", "warehouse", "geo", "ui")
NOT_FOR_PEOPLE = {"AssertionError", "KeyError", "MemoryError", "TypeError", "ValueError"}
"""Raised over a mistake in our own code: they name the line, and no user meets one."""

MAKERS = {
    "Fault",
    "Flaw",
    "RawFault",
    "ReturnFault",
    "_fault",
    "_unread",
    "_warn",
    "error",
    "fault",
    "refuse",
    "warning",
}
"""Names of what makes a fault or a warning. Its text is an argument that ends as a sentence."""

LISTS = {"faults", "found", "reasons", "trouble"}
"""Names of lists whose entries are told to people, where a text is appended to one. On pages such lists say what is not
known, which is no fault."""

TOLD = {
    "etl/allowed.py": {"a_key_of", "a_name_of"},
    "etl/returns/attendance_lines.py": {"_CLASHES"},
    "etl/returns/attendance_signs.py": {"take"},
    "etl/returns/people.py": {"EXPECTED_SIGN"},
    "etl/returns/survey_counts.py": {"trouble_in"},
    "etl/returns/text.py": {"trouble"},
    "ui/edition_notices.py": {"notices", "_other"},
    "ui/frame.py": {"OPERATIONS_ONLY"},
    "ui/rounds_view.py": {"NO_ROUND"},
    "ui/send_return.py": {"NO_WORKBOOK", "verdict"},
    "warehouse/schema/shelf.py": {"fault_of"},
}
"""Module → functions and constants whose sentences are all told to people."""

MOST_READINGS = 40
_DEPTH = 6
_ENDS = (".", VARIES)


@dataclass(frozen=True)
class Message:
    """One text that people may meet, with "…" for what varies, and where in the code it stands."""

    where: str
    text: str


@cache
def messages() -> list[Message]:
    """Every text of every module, each once, with the first place where it stands."""
    found: dict[str, Message] = {}
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for message in _module(path).messages():
                found.setdefault(message.text, message)
    return list(found.values())


@dataclass
class _Module:
    path: Path
    functions: dict[str, ast.AST] = field(default_factory=dict)
    constants: dict[str, ast.expr] = field(default_factory=dict)
    imported: dict[str, tuple[Path, str]] = field(default_factory=dict)

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.path.read_text(encoding="utf-8"))

    def __post_init__(self) -> None:
        for node in self.tree.body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                self.constants[node.targets[0].id] = node.value
            elif isinstance(node, ast.ImportFrom) and node.module:
                source = ROOT.joinpath(*node.module.split(".")).with_suffix(".py")
                if source.is_file():
                    self.imported |= {one.asname or one.name: (source, one.name) for one in node.names}
        self.functions = {node.name: node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef)}

    def messages(self) -> Iterator[Message]:
        scopes = list(self.functions.values())
        told = {id(text) for text in self._told()}
        for node in ast.walk(self.tree):
            for text in [node] if id(node) in told else self._texts_of(node):
                inside = [scope for scope in scopes if scope.lineno <= node.lineno <= scope.end_lineno]
                scope = max(inside, key=lambda one: one.lineno, default=self.tree)
                where = f"{self.path.relative_to(ROOT).as_posix()}:{node.lineno}"
                for reading in self.readings(text, scope):
                    if not reading.endswith(_ENDS) and _name(getattr(node, "func", node)) in MAKERS:
                        continue  # a name or a value, not the sentence
                    plain = re.sub(r"<h2>.*?</h2>|<[^<>]*>|&[a-z]+;", "", reading).replace("{}", VARIES)
                    plain = re.sub(f"{VARIES}(?: ?{VARIES})+", VARIES, " ".join(plain.split()))
                    if len(re.findall(r"(?<![\w/-])[A-Za-z’']+(?![\w/=])", plain.partition(". ")[0])) > 1:
                        yield Message(where, plain)

    def _told(self) -> Iterator[ast.expr]:
        """The sentences of this module that `TOLD` names."""
        for name in TOLD.get(self.path.relative_to(ROOT).as_posix(), ()):
            place = self.functions.get(name) or self.constants[name]
            inside = {id(part) for node in ast.walk(place) if isinstance(node, ast.JoinedStr) for part in node.values}
            documentation = ast.get_docstring(place, clean=False) if isinstance(place, ast.FunctionDef) else None
            for node in ast.walk(place):
                if not isinstance(node, ast.Constant | ast.JoinedStr) or id(node) in inside:
                    continue
                if getattr(node, "value", "") != documentation and " " in ast.unparse(node):
                    yield node

    def _texts_of(self, node: ast.AST) -> list[ast.expr]:
        """The expressions in `node` itself that give a text for people."""
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
            name = _name(node.exc.func)
            is_ours = name[:1] in "_ABCDEFGHIJKLMNOPQRSTUVWXYZ" and name not in NOT_FOR_PEOPLE
            return [node.exc.args[0]] if is_ours else []
        if not isinstance(node, ast.Call):
            return []
        if _name(node.func) in MAKERS:
            return [*node.args, *(keyword.value for keyword in node.keywords)]
        if isinstance(node.func, ast.Attribute) and node.func.attr == "append" and self._is_told(node.func.value):
            return [one for one in node.args if isinstance(one, ast.Constant | ast.JoinedStr | ast.BinOp)]
        if _name(node.func) == "print" and any("stderr" in ast.dump(keyword) for keyword in node.keywords):
            return node.args[:1]
        is_init = isinstance(node.func, ast.Attribute) and node.func.attr == "__init__"
        return node.args if is_init and isinstance(node.func.value, ast.Call) else []

    def _is_told(self, of: ast.expr) -> bool:
        return _name(of) in LISTS and self.path.relative_to(ROOT).parts[0] != "ui"

    def readings(self, text: ast.expr, scope: ast.AST, depth: int = _DEPTH) -> list[str]:
        """The texts that an expression may give, at most so many."""
        if depth == 0:
            return [VARIES]
        deeper = depth - 1
        if isinstance(text, ast.Constant):
            return [str(text.value)] if isinstance(text.value, str) else [VARIES]
        if isinstance(text, ast.JoinedStr):
            return _joined([self.readings(part, scope, deeper) for part in text.values])
        if isinstance(text, ast.FormattedValue):
            return self.readings(text.value, scope, deeper)
        if isinstance(text, ast.BinOp) and isinstance(text.op, ast.Add):
            return _joined([self.readings(text.left, scope, deeper), self.readings(text.right, scope, deeper)])
        if isinstance(text, ast.IfExp):
            return self.readings(text.body, scope, deeper) + self.readings(text.orelse, scope, deeper)
        if isinstance(text, ast.Name):
            return self._named(text.id, scope, deeper)
        if isinstance(text, ast.Call) and _name(text.func) in self.functions and isinstance(text.func, ast.Name):
            function = self.functions[text.func.id]
            returned = [node.value for node in ast.walk(function) if isinstance(node, ast.Return) and node.value]
            return _known([one for value in returned for one in self.readings(value, function, deeper)])
        return [VARIES]

    def _named(self, name: str, scope: ast.AST, depth: int) -> list[str]:
        given = [
            node.value
            for node in ast.walk(scope)
            if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in node.targets)
        ] if scope is not self.tree else []  # fmt: skip
        if given:
            return _known([one for value in given for one in self.readings(value, scope, depth)])
        if name in self.constants:
            return self.readings(self.constants[name], self.tree, depth)
        if name in self.imported:
            path, original = self.imported[name]
            return _module(path)._named(original, _module(path).tree, depth)
        return [VARIES]


@cache
def _module(path: Path) -> _Module:
    return _Module(path)


def _name(of: ast.expr) -> str:
    return of.attr if isinstance(of, ast.Attribute) else getattr(of, "id", "")


def _joined(parts: list[list[str]]) -> list[str]:
    return ["".join(chosen) for chosen in islice(product(*parts), MOST_READINGS)]


def _known(found: list[str]) -> list[str]:
    """Those of which something is known, if there are any."""
    return [one for one in found if one != VARIES] or [VARIES]
