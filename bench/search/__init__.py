"""Speed of the search beside SQLite's FTS5 on the same names."""
