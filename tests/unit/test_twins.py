"""Every query that aggregates has a slow plain-Python twin, and the checker that says so can fail."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from tests.support.twins import VIEWS, aggregates, faults, queries


def test_every_query_that_aggregates_has_a_twin():
    found = faults(ROOT)
    assert not found, "\n" + "\n".join(found)


def test_every_query_and_view_is_looked_at():
    known = {str(name) for name in queries(ROOT)}
    assert {"warehouse.queries.training.rounds", "warehouse.queries.coverage_reach.of_place"} <= known
    modules = {path.stem for path in (ROOT / "warehouse" / "queries").glob("*.py")} - {"__init__"}
    assert {name.module.rpartition(".")[2] for name in queries(ROOT) if name.module != VIEWS} == modules
    views = (ROOT / VIEWS).read_text(encoding="utf-8")
    assert sum(name.module == VIEWS for name in queries(ROOT)) == views.count("CREATE VIEW")


# --- the checker itself ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM x", "select Sum (a) from x", "SELECT a FROM x\nGROUP  BY a", "SELECT DISTINCT a FROM x",
        "list_sort(list(b))", "string_agg(a, ' ')", "bool_and(a)", "arg_max(a, b)", "max(a) OVER ()",
        "list_distinct(a)", "row_number() OVER (ORDER BY a)",
        "SELECT a FROM x UNION SELECT b FROM y", "first(a)", "median(a)",
    ],
)  # fmt: skip
def test_sql_that_makes_one_of_several_is_known(sql):
    assert aggregates(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT a, people FROM x ORDER BY a", "a IS DISTINCT FROM b", "a IS NOT DISTINCT FROM b", "list_position(a, b)",
        "SELECT a FROM x UNION ALL SELECT b FROM y", "list_concat([a], b)", "SELECT max_size, discount (a) FROM x",
    ],
)  # fmt: skip
def test_sql_that_gives_row_by_row_is_let_be(sql):
    assert not aggregates(sql)


MADE = "from __future__ import annotations\n"
HIDDEN = {
    "in the function": "def rounds(cursor): return cursor.execute('SELECT count(*) FROM x')",
    "in an f-string": "def rounds(cursor): return fetch(cursor, f'SELECT a FROM {cursor} GROUP BY {1}')",
    "in a text of the module": "BASE = 'WITH x AS (SELECT sum(a) FROM y)'\ndef rounds(c): c.execute(f'{BASE} b')",
    "in a text of another": "from warehouse.queries.groups import BASE\ndef rounds(c): c.execute(BASE + ' FROM x')",
    "in a module": "from warehouse.queries import groups as g\ndef rounds(c): return c.execute(g.BASE)",
    "two modules away": "from warehouse.queries.between import BASE\ndef rounds(c): return c.execute(BASE)",
    "in a neighbour": "from .groups import BASE\ndef rounds(c): return c.execute(BASE)",
    "in a private helper": "def _sql(): return 'SELECT max(a) FROM x'\ndef rounds(c): return c.execute(_sql())",
    "in a default": "def rounds(c, sql='SELECT DISTINCT a FROM x'): return c.execute(sql)",
    "in a method": "class rounds:\n    def ask(self, c): return c.execute('SELECT list(a) FROM x')",
    "two helpers away": "def _b(): return _a()\n_a = lambda: 'min(a)'\ndef rounds(c): return c.execute(_b())",
}


def project(root: Path, query: str, test: str = "") -> list[str]:
    """The faults of a project with one query and one module of tests."""
    files = {
        "warehouse/queries/made.py": query,
        "warehouse/queries/groups.py": "BASE = 'WITH x AS (SELECT count(*) FROM y)'",
        "warehouse/queries/between.py": "from warehouse.queries.groups import BASE",
        VIEWS: "CREATE VIEW plain AS SELECT a FROM x;",
        "tests/integration/test_made.py": test,
    }
    for name, code in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(MADE + textwrap.dedent(code), encoding="utf-8")
    return faults(root)


@pytest.mark.parametrize("query", HIDDEN.values(), ids=HIDDEN)
def test_a_query_without_a_twin_is_named_wherever_its_sql_aggregates(tmp_path, query):
    (fault,) = project(tmp_path, query)
    assert fault.startswith("warehouse.queries.made.rounds aggregates and has no slow twin")


@pytest.mark.parametrize(
    "query",
    [
        "def rounds(c):\n    '''count(*) of rows.'''\n    return c.execute('SELECT a FROM x')",
        "SQL = 'SELECT count(*) FROM x'\n'''DISTINCT(a).'''\ndef rounds(c): return c.execute('SELECT a FROM x')",
        "def _private(c): return c.execute('SELECT count(*) FROM x')",
    ],
)
def test_a_query_that_gives_row_by_row_needs_none(tmp_path, query):
    assert project(tmp_path, query) == []


def test_a_view_that_aggregates_needs_a_twin(tmp_path):
    project(tmp_path, "")
    view = "-- Counts.\nCREATE VIEW counted AS\nSELECT a, count(*) AS n FROM x GROUP BY a;\n"
    (tmp_path / VIEWS).write_text(view, encoding="utf-8")
    assert [fault.split(" aggregates")[0] for fault in faults(tmp_path)] == [f"{VIEWS}.counted"]
    test = """
        @twin_of("counted")
        def test_counted(cursor):
            assert cursor.execute("SELECT * FROM counted").fetchall() == [(row, 1) for row in ROWS]
    """
    assert project(tmp_path, "", test) == ["tests.integration.test_made.test_counted is marked as the twin of "
        f"{VIEWS}.counted, which is no public query and no view"]  # fmt: skip
    (tmp_path / VIEWS).write_text(view, encoding="utf-8")
    assert faults(tmp_path) == []


COUNTING = HIDDEN["in the function"]
GOOD = {
    "in the test": """
        from warehouse.queries import made
        @pytest.mark.parametrize("as_at", DATES)
        @twin_of(made.rounds)
        def test_rounds(cursor, as_at):
            assert made.rounds(cursor) == sum(1 for row in ROWS)
    """,
    "of its own": """
        from warehouse.queries.made import rounds
        @twin_of(rounds)
        def rounds_twin():
            return sum(1 for row in ROWS)
        def test_rounds(cursor):
            assert rounds(cursor) == rounds_twin()
    """,
    "through helpers": """
        from warehouse.queries import made as queries
        @twin_of(queries.rounds)
        def rounds_twin():
            return counted(ROWS)
        def counted(rows):
            return sum(1 for row in rows)
        def compare(query, cursor):
            assert query(cursor) == rounds_twin()
        ASKED = [queries.rounds]
        @pytest.mark.parametrize("query", ASKED)
        def test_rounds(query, cursor):
            compare(query, cursor)
    """,
}
BAD = {
    "which is no public query": """
        from warehouse.queries import made
        @twin_of(made.rounds, made.other)
        def test_rounds(cursor):
            assert made.rounds(cursor) == sum(1 for row in ROWS)
    """,
    "it asks the query": """
        from warehouse.queries import made
        @twin_of(made.rounds)
        def rounds_twin(cursor):
            return sum(row.a for row in made.rounds(cursor))
        def test_rounds(cursor):
            assert made.rounds(cursor) == rounds_twin(cursor)
    """,
    "or the database": """
        from warehouse.queries import made
        @twin_of(made.rounds)
        def rounds_twin(cursor):
            return sum(1 for row in cursor.execute("FROM x").fetchall())
        def test_rounds(cursor):
            assert made.rounds(cursor) == rounds_twin(cursor)
    """,
    "it goes through no rows": """
        from warehouse.queries import made
        @twin_of(made.rounds)
        def test_rounds(cursor):
            assert made.rounds(cursor) == 178
    """,
    "no test that runs asks warehouse.queries.made.rounds and compares": """
        from warehouse.queries import made
        @twin_of(made.rounds)
        def rounds_twin():
            return sum(1 for row in ROWS)
        def test_rounds(cursor):
            assert rounds_twin() == 178
        def test_rows(cursor):
            assert made.rounds(cursor)
    """,
    "no test that runs": """
        from warehouse.queries import made
        @twin_of(made.rounds)
        @pytest.mark.skip(reason="slow")
        def test_rounds(cursor):
            assert made.rounds(cursor) == sum(1 for row in ROWS)
    """,
    "no test that runs asks": """
        from warehouse.queries import made
        @twin_of(made.rounds)
        def test_rounds(cursor):
            made.rounds(cursor) == sum(1 for row in ROWS)
    """,
}


@pytest.mark.parametrize("test", GOOD.values(), ids=GOOD)
def test_a_twin_that_a_test_compares_is_enough(tmp_path, test):
    assert project(tmp_path, COUNTING, test) == []


@pytest.mark.parametrize(("words", "test"), BAD.items(), ids=BAD)
def test_a_mark_that_does_not_hold_is_named(tmp_path, words, test):
    assert any(words in fault for fault in project(tmp_path, COUNTING, test))


def test_the_mark_of_another_query_does_not_serve(tmp_path):
    test = GOOD["in the test"]
    two = f"{COUNTING}\ndef other(cursor): return cursor.execute('SELECT count(*) FROM x')"
    assert [fault.split(" aggregates")[0] for fault in project(tmp_path, two, test)] == ["warehouse.queries.made.other"]
