"""Returns made for tests."""
