"""A disk that fails on demand, for the tests of publishing."""
