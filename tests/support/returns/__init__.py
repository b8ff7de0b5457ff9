"""Helpers for the tests of returns."""
