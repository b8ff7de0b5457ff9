"""A build that, once it holds the lock, waits until others have tried: `python -m tests.support.patient_build FOLDER
NAME OTHERS`. It builds FOLDER/NAME/data into FOLDER/w, and goes on when OTHERS builds have said that they are done."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import duckdb

from etl import publish
from etl.__main__ import main
from etl.collect import Collected
from etl.load import load_rows

SECONDS = 120


def run(folder: Path, name: str, others: int) -> int:
    """Build, and say so when it is over. Returns what the command returns."""

    def patiently(connection: duckdb.DuckDBPyConnection, collected: Collected) -> dict[str, int]:
        end = time.monotonic() + SECONDS
        while len(list(folder.glob("*.done"))) < others and time.monotonic() < end:
            time.sleep(0.05)
        return load_rows(connection, collected)

    publish.load_rows = patiently
    code = main(["build", "--data", str(folder / name / "data"), "--warehouse", str(folder / "w")])
    (folder / f"{name}.done").touch()
    return code


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
