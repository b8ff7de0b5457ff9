"""Timings, compared inside one run. `make bench` prints them; tests assert none of them."""
