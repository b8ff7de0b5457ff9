"""What the repository may not hold: people's contact details, traces of one machine, oversized files and modules.

All files that git tracks, or would track, are read. The patterns are tried on samples first, so that they can fail.
"""

from __future__ import annotations

import ast
import functools
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.paths import ROOT

MOST_BYTES = 1_000_000
MOST_LINES = 400

PATTERNS = {
    "an e-mail address": re.compile(r"[\w.+-]*\w@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}"),
    # Ten or eleven digits from 0 or +44 on, in the usual spellings, with blanks, hyphens or brackets between.
    "a telephone number": re.compile(
        r"(?<![\w.+])(?:\+44[ -]?(?:\(0\))?|\(?0)[ -]?[12378](?:[ \u00a0()-]{0,2}\d){8,9}(?!\w|\.\d)"
    ),
    "a path of one machine": re.compile(r"(?<![\w.])/(?:work|home|root|Users|tmp/w)/|\b[A-Z]:\\+Users\b"),
    "the address of a package registry": re.compile(
        r"pypi\.org|pythonhosted\.org|registry\.npmjs|npmjs\.(?:com|org)|deb\.debian|index-url\s*[= ]\s*\S+:/"
    ),
}

SAMPLES = [
    ("an e-mail address", "write to first.last" + "@camden.gov.uk, please"),
    ("an e-mail address", "a,b,x" + "@example.org"),
    ("a telephone number", "ring 020 7946" + " 0000."),
    ("a telephone number", "(0207) 946" + "-0000"),
    ("a telephone number", "+44 (0)20 7946" + " 0000"),
    ("a telephone number", '"07700' + '900000"'),
    ("a telephone number", "tel,01632 960" + "983,x"),
    ("a path of one machine", "see /" + "work/main"),
    ("a path of one machine", '"/' + 'home/somebody/atlas"'),
    ("a path of one machine", "C:" + "\\Users\\somebody"),
    ("a path of one machine", "open('/" + "tmp/w/x')"),
    ("the address of a package registry", "https://" + "pypi." + "org/simple"),
    ("the address of a package registry", "https://registry" + ".npmjs" + ".org/leaflet"),
]

HARMLESS = [
    "@pytest.fixture",
    "leaflet@1.9.4/dist",
    "in 2010-11, 178 people; 4,769 vertices, 0.10234567 degrees, -0.12345",
    "2010-04-29 to 2011-11-30",
    "sha256:0" + "a7" * 31,
    "https://example.org/work/home/x",
    "out of 100, 01, 02 and 03",
    "E09000007",
]


def offences(text: str) -> list[tuple[int, str, str]]:
    """Line, what it is and the words found, for everything in the text that should not be in the repository."""
    return [
        (text.count("\n", 0, match.start()) + 1, kind, match[0])
        for kind, pattern in PATTERNS.items()
        for match in pattern.finditer(text)
    ]


@functools.cache
def files() -> tuple[Path, ...]:
    """Every file that git tracks, and every one it would track."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("this is not a git checkout, so there is no telling which files belong to the project")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        timeout=60,
    ).stdout.decode("utf-8")
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


def text_of(path: Path) -> str | None:
    """The text of a file; None for a picture, a font and the like."""
    content = path.read_bytes()
    return None if b"\0" in content else content.decode("utf-8", "replace")


def modules() -> list[Path]:
    """The project's Python files."""
    return [path for path in files() if path.suffix == ".py"]


@pytest.mark.parametrize(("kind", "text"), SAMPLES)
def test_each_pattern_finds_what_it_is_for(kind, text):
    assert kind in [found for _, found, _ in offences(f"first line\n{text}\n")]
    assert offences(f"first line\n{text}\n")[0][0] == 2


@pytest.mark.parametrize("text", HARMLESS)
def test_the_patterns_leave_harmless_text_alone(text):
    assert offences(text) == []


def test_the_list_of_files_is_the_project():
    names = {path.relative_to(ROOT).as_posix() for path in files()}
    assert {"Makefile", "requirements.txt", "tests/unit/test_repository.py"} <= names
    assert any(name.startswith("data/sources/") for name in names)
    assert not any(name.startswith((".venv/", "data/warehouse/", "data/returns/")) for name in names)


def test_no_file_holds_contact_details_or_traces_of_a_machine():
    found = [
        f"{path.relative_to(ROOT).as_posix()}, line {line}: {kind}: {words!r}"
        for path in files()
        if (text := text_of(path)) is not None
        for line, kind, words in offences(text)
    ]
    assert not found, "\n" + "\n".join(found)


def test_no_file_is_large():
    large = [f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes" for path in files()]
    large = [words for path, words in zip(files(), large, strict=True) if path.stat().st_size > MOST_BYTES]
    assert large == []


def test_no_module_is_long():
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    long = [f"{path.relative_to(ROOT)}: {count} lines" for path, count in lengths.items() if count > MOST_LINES]
    assert not long, f"split these along the rooms of the house: {long}"


def test_every_module_says_what_it_is_for():
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in modules()}
    silent = [
        path.relative_to(ROOT).as_posix() for path, tree in trees.items() if tree.body and not ast.get_docstring(tree)
    ]
    assert silent == []


def test_the_locked_requirements_name_no_index_and_hash_every_package():
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*--(?!hash)", text, re.MULTILINE), "an option, such as an index address"
    blocks = re.findall(r"^([A-Za-z0-9._-]+)==\S+(.*?)(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) > 30
    assert [name for name, rest in blocks if "--hash=sha256:" not in rest] == []


def test_the_locked_requirements_hold_what_is_asked_for():
    asked = re.findall(r"^([\w.-]+==\S+)", (ROOT / "requirements.in").read_text(encoding="utf-8"), re.MULTILINE)
    locked = set(re.findall(r"^([\w.-]+==\S+)", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE))
    assert asked
    assert [line for line in asked if line not in locked] == []
