"""Where things are: found from this file, so the tests run from any folder."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The top folder of the project."""

RESULTS = ROOT / "test-results"
"""Pictures and logs of failed browser tests; not in git."""
