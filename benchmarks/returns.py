"""Times what reads returns: a million rows of attendance against Python's own `csv.reader` on the same file.

    python -m benchmarks.returns [--rows 1000000] [--rounds 3]

Prints seconds, their ratio and the memory at its highest. Exits 1 where a figure that the project set itself is missed.
"""

from __future__ import annotations

import argparse
import csv
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.attendance_file import ROWS, write_attendance
from warehouse.schema.layout import ROOT

MOST_RATIO = 6
MOST_SECONDS = 20
MOST_MB = 1_024

# Runs in a process of its own, so that the memory is that of reading alone: on Linux as the system counts it, elsewhere
# as `resource` does.
_CHILD = """
import json, sys
from pathlib import Path
from benchmarks.returns import csv_reader_seconds, memory_mb, read_seconds
path, rounds = Path(sys.argv[1]), int(sys.argv[2])
pairs = [(read_seconds(path), csv_reader_seconds(path)) for _ in range(rounds)]
print(json.dumps([pairs, memory_mb()]))
"""


def bench_attendance(folder: Path, rows: int = ROWS, rounds: int = 3) -> tuple[float, float, float]:
    """Seconds to read, check and count a file of `rows` rows made in `folder`; seconds that `csv.reader` takes to run
    through the same file; and the memory at its highest, in megabytes. The seconds are medians of `rounds`, in turn."""
    path = folder / "attendance.csv"
    write_attendance(path, rows)
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, str(path), str(rounds)], cwd=ROOT, check=True, capture_output=True, text=True
    )
    pairs, highest = json.loads(done.stdout)
    reading, running_through = zip(*pairs, strict=True)
    return statistics.median(reading), statistics.median(running_through), highest


def read_seconds(path: Path) -> float:
    """Seconds to read, check and count the file once."""
    from etl.returns.attendance import read

    begun = time.perf_counter()
    (account,) = read(path).accounts
    seconds = time.perf_counter() - begun
    if account.rows_counted != account.rows_in:
        raise RuntimeError(f"The made file should count whole; it came to {account}.")
    return seconds


def csv_reader_seconds(path: Path) -> float:
    """Seconds that Python's own reader takes to run through the file once."""
    begun = time.perf_counter()
    with path.open(encoding="utf-8", newline="") as file:
        for _ in csv.reader(file):
            pass
    return time.perf_counter() - begun


def memory_mb() -> float:
    """The most memory that this process has held, in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    import resource

    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return highest / 1024 / 1024 if sys.platform == "darwin" else highest / 1024


def main() -> int:
    """Run the benchmark and print it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.returns", description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        seconds, by_csv, highest = bench_attendance(Path(temporary), chosen.rows, chosen.rounds)
    ratio = seconds / by_csv
    results = (
        (
            ratio <= MOST_RATIO,
            f"{chosen.rows:,} rows / csv.reader   {ratio:.2f}   (at most {MOST_RATIO}; {seconds:.2f} s / "
            f"{by_csv:.2f} s)",
        ),
        (seconds <= MOST_SECONDS, f"{chosen.rows:,} rows              {seconds:.2f} s   (at most {MOST_SECONDS} s)"),
        (highest <= MOST_MB, f"memory at its highest       {highest:.0f} MB   (at most {MOST_MB:,} MB)"),
    )
    for met, line in results:
        print(f"{'met    ' if met else 'NOT MET'}  {line}")
    return 0 if all(met for met, _ in results) else 1


if __name__ == "__main__":
    sys.exit(main())
