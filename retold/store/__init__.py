"""One SQLite file: its schema, how the build writes it, how people write into it, and what pages read from it."""
