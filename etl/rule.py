"""A rule of a dataset: what must hold between the rows of one table or several, and which tables it reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from etl.faults import Fault


@dataclass(frozen=True)
class Rule:
    """`faults` takes the rows of each of `tables`, in their order, and gives what is wrong with them.

    It is asked only where every row of those tables is sound, with its keys and references: so it may lean on them.
    Faults of other tables do not keep it from being asked.
    """

    tables: tuple[str, ...]
    faults: Callable[..., list[Fault]]
