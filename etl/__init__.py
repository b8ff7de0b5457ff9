"""The write side: reads files, checks them, and publishes a new edition. Run `python -m etl --help`."""
