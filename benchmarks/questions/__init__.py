"""One question per file: `rows(effort)` measures and yields its lines of the table."""
