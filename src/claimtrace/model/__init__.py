"""Domain objects: frozen, free of I/O, known to every other room."""
