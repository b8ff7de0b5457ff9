"""Counts the sheet Attendance as it is read. Of its rows about people only counts go on, as lines of Training.

Every row is counted, refused with what was expected, or declared no data. A row is refused where its pseudonym, course
or day is missing, where the pseudonym may be a name, an e-mail address or a telephone number, where the day lies after
the return was sent, and where a cell holds what no cell may. How people are told apart and what becomes of rows that
disagree on them stands in `attendance_tally`.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from io import TextIOWrapper
from itertools import islice
from pathlib import Path

from etl.returns import csv_sheets
from etl.returns.attendance_batches import batches
from etl.returns.attendance_codes import Categories, day_of
from etl.returns.attendance_lines import TITLE, training_lines, warnings
from etl.returns.attendance_rows import OWN, AttendanceRows
from etl.returns.attendance_tally import DAY, tally
from etl.returns.counted import CountedReturn, RowAccount
from etl.returns.csv_headings import CsvHeading, find_heading
from etl.returns.encoding import encoding_of, file_chunks
from etl.returns.headings import ROWS_SEARCHED
from etl.returns.raw import RawReturn, RawSheet, Refused
from warehouse.schema.returns import ATTENDANCE, TRAINING

MOST_ROWS = 2_000_000
STEP = 50_000
"""Rows between two reports of progress, about."""

Progress = Callable[[int], None]


def read(path: Path, progress: Progress | None = None) -> CountedReturn:
    """Count the rows of the CSV file at `path`, which holds the sheet Attendance.

    Its one sheet is Training, made by counting. `progress` is told now and then how many rows were read.
    Raises `Refused` where the file is no such sheet, is no CSV, is too large, or is faulty throughout.
    """
    with ThreadPoolExecutor(1) as beside, _opened(path) as (file, heading):
        digest = beside.submit(_digest, path)  # a second processor has time for it
        rows = AttendanceRows(path.name, heading.match.names)
        rows.not_data += heading.line - 1
        try:
            _take(file, heading, rows, progress or (lambda _: None))
        except csv.Error as error:
            for _ in csv_sheets.rows(path):  # says what is wrong, and where, as for any other sheet
                pass
            raise Refused(f"{path.name}: it is no CSV: {error}. Save it again as “CSV UTF-8”.") from error
    return _result(rows, RawReturn(path.name, digest.result(), csv_sheets.FORM, rows.frames.start, (), ()))


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def count(raw: RawReturn) -> RawReturn:
    """`raw`, with the sheet Attendance replaced by a sheet Training made by counting it. Without Attendance: `raw`.

    Where `raw` has a sheet Training too, there are two of that name; the counted one stands last.
    Raises `Refused` where the sheet is faulty throughout.
    """
    found = [sheet for sheet in raw.sheets if sheet.name == ATTENDANCE.name]
    if not found:
        return raw
    rows = AttendanceRows(raw.file_name, OWN)
    for sheet in found:
        rows.not_data += len(sheet.not_data)
        for line in sheet.lines:
            rows.take(line.line, [line.cells.get(name, "") for name in OWN])
    others = tuple(sheet for sheet in raw.sheets if sheet.name != ATTENDANCE.name)
    return _result(rows, RawReturn(raw.file_name, raw.sha256, raw.form, raw.start, others, raw.faults))


@contextmanager
def _opened(path: Path) -> Iterator[tuple[TextIOWrapper, CsvHeading]]:
    """The file at its first line, and its row of headings."""
    try:
        size = path.stat().st_size
        if size > csv_sheets.MOST_BYTES_ABOUT_PEOPLE:
            raise Refused(
                f"{path.name}: {size:,} bytes; expected {csv_sheets.MOST_BYTES_ABOUT_PEOPLE:,} at most. Part it into "
                "several files."
            )
        file = path.open(encoding=encoding_of(file_chunks(path), path.name), newline="")
    except OSError as error:
        raise Refused(f"{path.name}: the file cannot be opened: {error.strerror}.") from error
    with file:
        heading = find_heading(list(islice(file, ROWS_SEARCHED)), path.name)
        if heading.sheet is not ATTENDANCE:
            raise Refused(
                f"{path.name}: it holds the sheet “{heading.sheet.title}”; expected “{ATTENDANCE.title}”. Read it as "
                "any other sheet."
            )
        file.seek(0)
        yield file, heading


def _take(file: TextIOWrapper, heading: CsvHeading, rows: AttendanceRows, progress: Progress) -> None:
    """Take all rows below the headings."""
    for _ in islice(file, heading.line - 1):
        pass
    reader = csv.reader(file, delimiter=heading.delimiter, strict=True)
    next(reader)
    told = 0
    for batch in batches(file, heading.delimiter, len(rows.names), heading.line + reader.line_num):
        if not rows.take_alike(batch.lines, batch.columns):
            for line, cells in batch.rows:
                rows.take(line, cells)
        if rows.taken >= told + STEP:
            told = rows.taken
            progress(told)
        if rows.taken > MOST_ROWS:
            raise Refused(
                f"{rows.file_name}: more than {MOST_ROWS:,} rows; expected no more in one file. Send the counts of "
                f"whole courses in the sheet “{TRAINING.title}”."
            )
    progress(rows.taken)


def _result(rows: AttendanceRows, raw: RawReturn) -> CountedReturn:
    """`raw` with the sheet that the rows make, and with what became of them."""
    codes = rows.codes()
    sent = day_of(raw.start.get("sent", ""))
    if sent:
        expected = f"Expected a day up to {sent}, the day on which the return was sent."
        codes[DAY, codes[DAY] > sent.toordinal()] = rows.columns[DAY - 1].refuse(expected)
    faults, refused = rows.faults(codes, raw.start)
    codes = codes[:, ~refused]
    labels = {}
    for place, column in enumerate(rows.columns, start=1):
        if isinstance(column, Categories):
            codes[place], labels[place] = column.categories(codes[place])
    counted = tally(codes)
    made = RawSheet(TRAINING.name, TITLE, training_lines(counted, labels, raw.file_name), ())
    before = {fault.line for fault in raw.faults if fault.sheet == ATTENDANCE.name and fault.line}
    account = RowAccount(
        ATTENDANCE.name,
        rows_in=rows.taken + len(before),
        rows_counted=int((~refused).sum()),
        rows_refused=int(refused.sum()) + rows.rows_ragged + len(before),
        rows_not_data=rows.not_data,
    )
    return CountedReturn(
        raw.file_name, raw.sha256, raw.form, raw.start, (*raw.sheets, made), (*raw.faults, *faults), (account,),
        warnings(counted, rows.lines[~refused]),
    )  # fmt: skip
