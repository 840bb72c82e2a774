"""One module a format, each with ``read(given) -> Iterator[Extracted | Problem]``."""
