"""``python -m claimtrace``."""

from claimtrace.cli.main import main

main()
