"""Python imports this by itself at start when its folder is on PYTHONPATH: it keeps a subprocess off the network.

It stands in a folder of its own so that nothing else of the tests comes onto the path with it.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path


def _guard() -> None:
    source = Path(__file__).resolve().parents[1] / "network.py"
    spec = importlib.util.spec_from_file_location("atlas_network_guard", source)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.install([], say=True)


_guard()
