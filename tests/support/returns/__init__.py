"""Returns made for tests: orderly, messy and hostile ones. Every file is made by code; none came from a board."""
