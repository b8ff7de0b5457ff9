"""Takes outlines of the 33 areas that a user brings: `python -m etl boundaries FILE`.

`layers` opens the file, `source` finds the 33 areas in it, `measure` holds them against the shipped outlines, and
`command` writes `data/boundaries/london_boroughs.geojson`, which `geo.areas` prefers.
"""
