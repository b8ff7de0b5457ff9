"""The process that reads a file: what it gives back, what ends it, and that the caller never pays for it."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from etl.returns import form, guard, wire
from etl.returns.counted import CountedReturn, RowAccount
from etl.returns.guard import Limits, read_guarded
from etl.returns.raw import RawFault, RawLine, RawSheet, Refused
from tests.support.network import offline_environment
from tests.support.paths import ROOT
from tests.support.returns import book_shapes, books, csv_cases, hostile_files
from tests.support.returns.book_cells import CELLS
from tests.support.returns.books import book
from tests.support.returns.case import COURSE, START, Refuses

DANGEROUS = [
    case
    for case in (*hostile_files.HOSTILE, *csv_cases.HOSTILE, *book_shapes.SIZES)
    if case.shows
    in (
        "a cell of 200 MB", "a bomb", "a billion laughs", "elements nested 60,000 deep", "a million columns",
        "more bytes than a sheet may have", "a cell in the last corner", "thousands of entries",
    )
]  # fmt: skip
UNHEARD_OF = 2**40


def test_the_dangerous_cases_are_still_called_so():
    assert len(DANGEROUS) == 9  # a cell of 200 MB is one of CSV and one of a workbook


@pytest.mark.parametrize("case", DANGEROUS, ids=lambda case: case.shows)
def test_a_hostile_file_costs_little_and_is_answered(case, tmp_path):
    path = tmp_path / case.file_name
    case.make(path)
    begun = time.monotonic()
    if isinstance(case.comes, Refuses):
        with pytest.raises(Refused, match=re.escape(case.comes.words[0])):
            read_guarded(path)
    else:
        assert read_guarded(path).sheets[0].lines
    assert time.monotonic() - begun < Limits().seconds


def test_the_process_gives_exactly_what_the_reader_gives(tmp_path):
    for number, case in enumerate((CELLS[1], csv_cases.SHAPES[14], csv_cases.CELLS[8])):
        path = tmp_path / f"{number}-{case.file_name}"
        case.make(path)
        assert read_guarded(path) == form.read(path)


def test_a_file_kept_under_another_name_is_called_by_its_own(tmp_path):
    kept = tmp_path / ("0" * 64)
    kept.write_bytes(book([COURSE]))
    raw = read_guarded(kept, name="Camden June.xlsx", start={"board": "Brent"})
    assert (raw.file_name, raw.start) == ("Camden June.xlsx", START | {"board": "Brent"})
    kept.write_bytes(b"%PDF")
    with pytest.raises(Refused, match=r"^Camden June\.xlsx: a PDF document"):
        read_guarded(kept, name="Camden June.xlsx")


def test_a_name_that_is_no_text_does_no_harm(tmp_path):
    path = tmp_path / "re\udce9turn.csv"
    path.write_text(csv_cases.ONE, encoding="utf-8", newline="")
    raw = read_guarded(path)
    assert (raw.file_name, len(raw.sheets[0].lines)) == ("re?turn.csv", 1)
    path.write_bytes(b"%PDF")
    with pytest.raises(Refused, match=r"^re\?turn\.csv: a PDF document"):
        read_guarded(path)


def test_what_is_no_file_is_refused(tmp_path):
    for path in (tmp_path, tmp_path / "none.xlsx"):
        with pytest.raises(Refused, match="there is no such file"):
            read_guarded(path)


def test_a_form_that_is_known_is_not_looked_for(tmp_path):
    path = tmp_path / "return.csv"
    path.write_text(csv_cases.ONE, encoding="utf-8", newline="")
    assert read_guarded(path, "csv") == form.read(path)
    with pytest.raises(Refused, match="no workbook can be read from it"):
        read_guarded(path, "workbook")


# --- what ends the process --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def long_file(tmp_path_factory) -> Path:
    """An orderly file that takes some seconds to read."""
    path = tmp_path_factory.mktemp("long") / "return.csv"
    rows = [csv_cases.headings(), *[csv_cases.row()] * 90_000]
    path.write_text(csv_cases.text(rows), encoding="utf-8", newline="")
    return path


def test_too_much_memory_is_refused(long_file):
    with pytest.raises(Refused, match=r"^return\.csv: reading it took more memory than 60 MB"):
        read_guarded(long_file, limits=Limits(memory=60 * 1024 * 1024))


AT_ITS_LIMIT = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[-1]), -1))
kept = None
try:
    while True:
        kept = (kept,)
except MemoryError:
    while True:
        pass
"""
"""Uses up its memory in small pieces, and goes round for ever without a word."""


def test_a_process_that_stays_at_its_limit_of_memory_is_not_waited_for(long_file, tmp_path, monkeypatch):
    module = tmp_path / "etl" / "returns" / "guard.py"
    module.parent.mkdir(parents=True)
    module.write_text(AT_ITS_LIMIT, encoding="utf-8")
    monkeypatch.setattr(guard, "ROOT", tmp_path)
    with pytest.raises(Refused, match=r"^return\.csv: reading it took more memory than 60 MB"):
        read_guarded(long_file, limits=Limits(seconds=20, memory=60 * 1024 * 1024))


def test_the_processor_runs_out_where_the_clock_does_not(long_file, monkeypatch):
    monkeypatch.setattr(guard, "_clock", lambda limits: 60)
    with pytest.raises(Refused, match=r"^return\.csv: reading it took longer than 1 second"):
        read_guarded(long_file, limits=Limits(seconds=1, memory=UNHEARD_OF))


def test_the_clock_runs_out(long_file, monkeypatch):
    monkeypatch.setattr(guard, "_clock", lambda limits: 0.2)
    begun = time.monotonic()
    with pytest.raises(Refused, match=r"^return\.csv: reading it took longer than 30 seconds"):
        read_guarded(long_file)
    assert time.monotonic() - begun < 10


def test_a_reader_that_breaks_is_refused_and_no_value_is_told(tmp_path):
    path = tmp_path / "return.csv"
    path.write_text(csv_cases.ONE, encoding="utf-8")
    with pytest.raises(Refused, match=r"reading it broke off \(KeyError\)") as refused:
        read_guarded(path, "no such form")
    assert "no such form" not in str(refused.value)


def test_a_process_that_cannot_even_start_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "return.csv"
    path.write_text(csv_cases.ONE, encoding="utf-8")
    monkeypatch.setattr(guard, "ROOT", tmp_path)  # where there is no module to run
    with pytest.raises(Refused, match="reading it broke off"):
        read_guarded(path)


def instead(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run `code` as the process that reads a file; its last argument but two is the file for the answer."""
    start = subprocess.Popen

    def other(command: list[str], **options: object) -> subprocess.Popen:
        return start([command[0], "-c", code, *command[3:]], **options)

    monkeypatch.setattr(guard.subprocess, "Popen", other)


def test_a_process_that_is_killed_is_refused(long_file, monkeypatch):
    instead("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", monkeypatch)
    with pytest.raises(Refused, match=r"broke off \(signal 11\)"):
        read_guarded(long_file)


@pytest.mark.parametrize("answer", ["", "{", "[]", '{"file_name":"x"}', "é", '{"refused":'], ids=repr)
def test_half_an_answer_is_refused(answer, long_file, monkeypatch):
    instead(f"import sys; open(sys.argv[3], 'w', encoding='utf-8').write({answer!r})", monkeypatch)
    with pytest.raises(Refused, match="gave no whole answer"):
        read_guarded(long_file)


def test_the_limits_are_those_of_the_process_and_not_ours(tmp_path):
    before = resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_CPU)
    path = tmp_path / "return.csv"
    path.write_text(csv_cases.ONE, encoding="utf-8")
    read_guarded(path)
    assert (resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_CPU)) == before


def test_the_process_loads_nothing_heavy(tmp_path):
    path = tmp_path / "return.xlsx"
    path.write_bytes(book([COURSE]))
    code = (
        "import sys; from etl.returns import guard;"
        f"guard.main(['-', {str(path)!r}, {str(tmp_path / 'result')!r}, '30', '{2**30}']);"
        "print(sorted({'duckdb', 'pandas', 'geopandas', 'streamlit', 'numpy.core', 'PIL.Image'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=offline_environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_32_workbooks_take_a_processor_less_than_a_minute(tmp_path):
    """Counted in the time of the processor, of two of them: on a busy machine the clock says nothing."""
    rows = [{column.name: f"{column.name} {number}" for column in books.TRAINING.columns} for number in range(1_000)]
    paths = [tmp_path / f"{number}.xlsx" for number in range(2)]
    for path in paths:
        path.write_bytes(book(rows))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with ThreadPoolExecutor(2) as pool:
        read = list(pool.map(read_guarded, paths))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert [len(raw.sheets[0].lines) for raw in read] == [1_000, 1_000]
    assert spent / 2 * 32 < 60, f"{spent / 2:.2f} s of a processor for each"


def test_counts_and_their_account_come_through(tmp_path):
    counted = RawSheet("training", "Counted", (RawLine(1, {"number": "2"}),), ((3, "é"),))
    faults = (RawFault("attendance", 4, "course", "", "Expected"),)
    accounts, warnings = (RowAccount("attendance", 4, 2, 1, 1),), (RawFault("attendance", 2, "", "", "Twice"),)
    raw = CountedReturn("a.csv", "0" * 64, "csv", START, (counted,), faults, accounts, warnings)
    path = tmp_path / "lines"
    with path.open("w", encoding="ascii") as file:
        wire.write(raw, file)
    with path.open(encoding="ascii") as file:
        assert wire.read(file) == raw
