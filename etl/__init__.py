"""The write side: reads files, checks them, and publishes a new edition of the warehouse. Run `python -m etl --help`."""
