"""One named function for each question. Each takes a cursor first, binds its values, and returns frozen rows."""
