"""The program's start: what has to happen before the command line's library is loaded, and after all is said."""

from __future__ import annotations

import contextlib
import gc
import os
import sys


def main() -> None:
    """Run the command line as a process of its own, and leave it at once.

    Taking down tables of a hundred thousand words one by one would cost a tenth of a short run; the system frees a
    process's memory as a whole (mypy leaves in the same way). All output is flushed first.
    """
    # A scan makes many small objects and no cycles: looking for those after each few hundred costs as much again.
    gc.set_threshold(300_000, 20, 50)
    scans = sys.argv[1:2] == ["scan"] and not _OTHERWISE & {word.partition("=")[0] for word in sys.argv[2:]}
    if scans:
        from claimtrace.engine.ahead import begin

        begin()
    from claimtrace.cli.main import run

    status = run()
    with contextlib.suppress(BrokenPipeError):  # the reader of standard error may have gone as well
        sys.stdout.flush()
        sys.stderr.flush()
    if scans:
        from claimtrace.engine.ahead import end

        end()
    os._exit(status)


_OTHERWISE = frozenset({"--help", "-h", "--studies", "--no-bundled", "--jobs", "-j", "--engine"})
"""Words of a scan that workers begun ahead are of no use for; any that is not here costs their time and nothing else."""
