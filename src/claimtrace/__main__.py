"""``python -m claimtrace``."""

from claimtrace.cli.start import main

if __name__ == "__main__":
    main()
