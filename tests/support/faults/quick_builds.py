"""Small builds in half the time, for tests that make many: the comments of the tables are left out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from etl import load
from warehouse.schema.ddl import all_statements

STATEMENTS = [statement for statement in all_statements() if not statement.startswith("COMMENT ")]


@contextmanager
def quick_builds() -> Iterator[None]:
    """Builds in this process make tables without comments while the block runs. Nothing else about them is different,
    except their names: the comments are part of what an edition is named after."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(load, "all_statements", lambda: STATEMENTS)
        yield
