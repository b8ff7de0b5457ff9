"""What a running process used, as Linux tells it in /proc. Elsewhere it is not available, and None says so."""

from __future__ import annotations

import os
from pathlib import Path

MB = 1_000_000


def peak_memory_mb(process: int) -> float | None:
    """The most memory that the process held at any time since its start (VmHWM), in MB of a million bytes."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace").splitlines()
    except FileNotFoundError:
        return None
    kibibytes = next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), None)
    return None if kibibytes is None else kibibytes * 1024 / MB


def cpu_ms(process: int) -> float | None:
    """The processor time that the process used so far, in ms. Unlike the clock it is the same on a busy machine."""
    try:
        line = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace")
    except FileNotFoundError:
        return None
    fields = line.rsplit(")", 1)[1].split()  # the name in brackets may hold blanks
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")
