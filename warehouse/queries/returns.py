"""What boards sent in: who answered which round, what became of every file, and whether people are counted in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb

from warehouse.rows import fetch
from warehouse.schema.returns import STANDS
from warehouse.schema.standing import standing


@dataclass(frozen=True)
class ReturnRound:
    """One round of returns, with its days where the operations group set them."""

    round: str
    label: str
    opens: date | None
    deadline: date | None


def rounds(cursor: duckdb.DuckDBPyConnection) -> list[ReturnRound]:
    """The rounds of returns, the latest first. The rounds that the documents speak of are none."""
    return fetch(
        cursor,
        ReturnRound,
        """
        SELECT round, label, opens, deadline FROM round WHERE opens IS NOT NULL OR deadline IS NOT NULL
        ORDER BY coalesce(deadline, opens) DESC, round
        """,
    )


@dataclass(frozen=True)
class BoardInRound:
    """Where a board stands in a round: a code of STANDING and since when. `file_name` and `state` are of its return
    where one stands in this edition; `errors` counts its rows that were kept out."""

    board: str
    board_name: str
    standing: str
    since: date | None
    file_name: str | None
    state: str | None
    errors: int


def boards_in_round(cursor: duckdb.DuckDBPyConnection, round_code: str, on: date) -> list[BoardInRound]:
    """The 32 boards by name, as they stood in a round on a day."""
    found = cursor.execute(
        """
        WITH noted AS (
            SELECT board, list(step ORDER BY step) AS steps, list(happened ORDER BY step) AS days FROM chase
            WHERE round = ? GROUP BY board
        ),
        stands AS (SELECT * FROM return_file WHERE round = ? AND list_contains(?, state)),
        kept_out AS (
            SELECT return_file, sum(rows_refused)::BIGINT AS errors FROM return_account GROUP BY return_file
        )
        SELECT board.board, board.board_name, noted.steps, noted.days, stands.sent, stands.file_name, stands.state,
            coalesce(kept_out.errors, 0), (SELECT deadline FROM round WHERE round = ?)
        FROM board LEFT JOIN noted USING (board) LEFT JOIN stands USING (board)
        LEFT JOIN kept_out ON kept_out.return_file = stands.return_file
        ORDER BY board.board_name
        """,
        [round_code, round_code, list(STANDS), round_code],
    ).fetchall()
    return [
        BoardInRound(
            board, name, *standing(dict(zip(steps or (), days or (), strict=True)), sent, deadline, on), file_name,
            state, errors,
        )
        for board, name, steps, days, sent, file_name, state, errors, deadline in found
    ]  # fmt: skip


@dataclass(frozen=True)
class ReceivedFile:
    """One file that was received, with the account of its rows over all sheets, and of its numbers."""

    file_name: str
    form: str
    board_name: str | None
    round_label: str | None
    sent: date | None
    version: int | None
    state: str
    reason: str | None
    rows_in: int
    rows_loaded: int
    rows_refused: int
    rows_not_data: int
    sum_in: int
    sum_loaded: int
    sum_refused: int


def files(cursor: duckdb.DuckDBPyConnection) -> list[ReceivedFile]:
    """Every file received, by board, round and version; those that could not be read last."""
    sums = ", ".join(
        f"coalesce(sum({name}), 0)::BIGINT"
        for name in (
            "rows_in", "rows_loaded", "rows_refused", "rows_not_data", "sum_in", "sum_loaded", "sum_refused",
        )
    )  # fmt: skip
    return fetch(
        cursor,
        ReceivedFile,
        f"""
        SELECT file.file_name, any_value(file.form), any_value(board.board_name), any_value(round.label),
            any_value(file.sent), any_value(file.version), any_value(file.state), any_value(file.reason), {sums}
        FROM return_file AS file LEFT JOIN board USING (board) LEFT JOIN round USING (round)
        LEFT JOIN return_account USING (return_file)
        GROUP BY file.return_file, file.file_name
        ORDER BY any_value(board.board_name) NULLS LAST, any_value(file.sent), any_value(file.version), file.file_name
        """,
    )


@dataclass(frozen=True)
class ReturnFault:
    """One fault of one file: an error kept its row out, a warning did not."""

    file_name: str
    sheet: str
    line: int
    column_name: str | None
    value: str | None
    expected: str
    is_error: bool


def faults(cursor: duckdb.DuckDBPyConnection) -> list[ReturnFault]:
    """Every fault of every file, by file and place, errors before warnings."""
    return fetch(
        cursor,
        ReturnFault,
        """
        SELECT file_name, sheet, line, column_name, value, expected, is_error
        FROM return_fault JOIN return_file USING (return_file)
        ORDER BY file_name, NOT is_error, sheet, line, column_name, expected
        """,
    )


def counts_people(cursor: duckdb.DuckDBPyConnection) -> bool:
    """Whether counts of people from returns are in this edition. Until small counts are protected, such an edition is
    for the operations group only."""
    return cursor.execute(
        """
        SELECT count(*) > 0 FROM training_count WHERE people IS NOT NULL AND document IN (
            SELECT 'return_' || replace(board, '-', '_') || '_' || round FROM return_file WHERE board IS NOT NULL
        )
        """
    ).fetchone()[0]
