"""Reads census tables as Nomis lets people download them: `python -m etl population FILE…`.

`grid` decodes a file, `forms` recognises its form and picks the 33 areas, `groups` knows the groups of each census,
`reckon` checks sums, `store` writes `data/population/population.csv`, and `command` puts them together.
"""
