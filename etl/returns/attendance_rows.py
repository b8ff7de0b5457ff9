"""The rows of Attendance as they are taken in: as codes, which are looked into when all are there."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from etl.returns.attendance_codes import Categories, Codes, Days, Frames
from etl.returns.attendance_signs import Signs, is_plain
from etl.returns.raw import RawFault, Refused
from etl.returns.rows import EMPTY, Rows
from etl.returns.text import shown, tidy
from warehouse.schema.returns import ATTENDANCE, START

MOST_FAULTS = 100_000
"""Faults in a file that is worth reading: each is listed."""

OWN = tuple(column.name for column in ATTENDANCE.columns)
_START = {column.name for column in START.columns}


class AttendanceRows:
    """Collects the rows of one return.

    `names`: the column at each position of a row, "" where no heading stands. Of a row of data its line is kept, its
    sign, a code for each other cell, and one for its frame: the cells of START and those under no heading, which are
    the same in all rows. `not_data` counts the other rows.
    """

    def __init__(self, file_name: str, names: Sequence[str]) -> None:
        self.file_name = file_name
        self.names = names
        self.signs = Signs()
        self.columns: tuple[Codes, ...] = tuple(
            Days(column) if column.name == "session" else Categories(column, file_name)
            for column in ATTENDANCE.columns[1:]
        )
        self._sign_at, *self._at = (names.index(name) for name in OWN)
        self._own_at = [at for at, name in enumerate(names) if name not in _START]
        self._frame_at = [at for at, name in enumerate(names) if name not in OWN]
        self.frames = Frames([names[at] for at in self._frame_at])
        self._frame: tuple[str, ...] = ()
        self._codes = tuple(array("i") for _ in self.columns)
        self._frame_codes = array("i")
        self._lines = array("i")
        self._ragged: list[RawFault] = []
        self.not_data = 0

    @property
    def taken(self) -> int:
        """How many rows were taken in."""
        return len(self._lines) + len(self._ragged) + self.not_data

    @property
    def lines(self) -> np.ndarray:
        """The lines of the rows that are kept as codes."""
        return np.asarray(self._lines, np.intc)

    def take_alike(self, lines: Sequence[int], columns: Sequence[Sequence[str]]) -> bool:
        """Take rows, given as columns, and return True, if all are data and of the frame of the row before them.

        Else none is taken. Each step here goes over a whole column without a call of ours.
        """
        if not self._lines or not columns:
            return False
        if any(columns[at].count(cell) != len(lines) for at, cell in zip(self._frame_at, self._frame, strict=True)):
            return False
        if not self.signs.take_alike(columns[self._sign_at]):
            return False
        for codes, column, at in zip(self._codes, self.columns, self._at, strict=True):
            codes.extend(map(column.__getitem__, columns[at]))
        self._frame_codes.extend([self._frame_codes[-1]] * len(lines))
        self._lines.extend(lines)
        return True

    def take(self, line: int, cells: Sequence[str]) -> None:
        """Take one row, whatever it is."""
        if len(cells) != len(self.names):
            self._take_ragged(line, cells)
        elif is_plain(cells[self._sign_at]) or not self._is_no_data(line, cells):
            self.signs.take(cells[self._sign_at])
            for codes, column, at in zip(self._codes, self.columns, self._at, strict=True):
                codes.append(column[cells[at]])
            self._frame = tuple(cells[at] for at in self._frame_at)
            self._frame_codes.append(self.frames[self._frame])
            self._lines.append(line)
            if len(self.frames) > MOST_FAULTS:
                raise Refused(
                    f"{self.file_name}: its rows say {len(self.frames):,} different things under the headings of "
                    f"“{START.title}”; expected the same in all, for a file is one return."
                )

    def codes(self) -> np.ndarray:
        """The codes of all rows, one row of the array for each column; negative ones are refused."""
        return np.vstack([self.signs.codes(), *(np.asarray(column, np.intc) for column in self._codes)])

    def faults(self, codes: np.ndarray, start: dict[str, str]) -> tuple[list[RawFault], np.ndarray]:
        """The faults of rows, by line, and which rows are refused. `start`: what the cells of START should say.

        Raises `Refused` where there are more than can be listed.
        """
        wrong_frames = self.frames.faults(start)
        frames = np.asarray(self._frame_codes, np.intc)
        refused = (codes < 0).any(axis=0) | np.isin(frames, list(wrong_frames))
        self._stop_at_too_many(Counter(dict(self._how_often(codes, frames, wrong_frames))))
        lines = self.lines
        found = list(self._ragged)
        for place, (name, expected) in enumerate(self._sentences()):
            for row in np.flatnonzero(codes[place] < 0).tolist():
                found.append(fault(int(lines[row]), name, "", expected[-1 - codes[place, row]]))
        for frame, each in wrong_frames.items():
            found += [fault(line, *parts) for line in lines[frames == frame].tolist() for parts in each]
        return sorted(found, key=lambda fault: fault.line), refused

    @property
    def rows_ragged(self) -> int:
        """How many rows were refused for having more or fewer cells than headings."""
        return len(self._ragged)

    def _sentences(self) -> Iterator[tuple[str, list[str]]]:
        """Each column with its sentences for negative codes."""
        yield OWN[0], self.signs.expected
        for column in self.columns:
            yield column.column.name, column.expected

    def _how_often(self, codes: np.ndarray, frames: np.ndarray, wrong_frames: dict) -> Iterator[tuple]:
        """How often each column is refused with each sentence."""
        for place, (name, sentences) in enumerate(self._sentences()):
            for number, expected in enumerate(sentences):
                yield (name, expected), int((codes[place] == -1 - number).sum())
        for frame, each in wrong_frames.items():
            for name, _, expected in each:
                yield (name, expected), int((frames == frame).sum())

    def _take_ragged(self, line: int, cells: Sequence[str]) -> None:
        """Take a row with more or fewer cells than headings: no data if it is empty, else refused and not shifted."""
        if not any(tidy(cell) for cell in cells):
            self.not_data += 1
            return
        expected = (
            f"Expected {len(self.names)} cells, as many as headings; found {len(cells)}. Look for a comma too many or "
            "too few, or a quotation mark that is missing."
        )
        self._ragged.append(fault(line, "", "", expected))
        self._stop_at_too_many(Counter({("", expected): len(self._ragged)}))

    def _is_no_data(self, line: int, cells: Sequence[str]) -> bool:
        """Whether a row without a plain sign is empty, the headings again or totals. If so it is counted as no data."""
        is_empty = not any(cells[at].strip() for at in self._own_at)
        if not is_empty:
            probe = Rows(ATTENDANCE, ATTENDANCE.title, tuple(self.names))
            probe.take(line, cells)
            if not probe.not_data:
                return False
            is_empty = probe.not_data[0][1] == EMPTY
        if is_empty:
            frame = tuple(cells[at] for at in self._frame_at)
            self.frames.setdefault(frame, len(self.frames))  # such a row may say whose return it is
        self.not_data += 1
        return True

    def _stop_at_too_many(self, found: Counter[tuple[str, str]]) -> None:
        """Raise `Refused`, with what is wrong most often, where there are too many faults."""
        if found.total() <= MOST_FAULTS:
            return
        (column, expected), times = found.most_common(1)[0]
        where = f" in column {column}" if column else ""
        raise Refused(
            f"{self.file_name}: {found.total():,} faults or more; expected {MOST_FAULTS:,} at most. The one found most "
            f"often, {times:,} times{where}: {expected} Mend them and send the file again."
        )


def fault(line: int, column: str, value: str, expected: str) -> RawFault:
    """A fault of this sheet. `value` is given for a cell of START alone: all others are about people."""
    return RawFault(ATTENDANCE.name, line, column, shown(value), expected)
