"""The read side of DuckDB: what the tables are, how an edition is opened, and one named function per question."""
