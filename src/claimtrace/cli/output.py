"""Where reports go, and how they are drawn there."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from claimtrace.errors import ClaimtraceError
from claimtrace.report.options import ReportOptions


def terminal_options(*, verbose: bool = False, quiet: bool = False) -> ReportOptions:
    """Options for standard output as it is: colours on a terminal unless ``NO_COLOR``, signs that it can show."""
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    columns = os.environ.get("COLUMNS", "")
    width = int(columns) if columns.isdigit() and int(columns) > 0 else None
    if width is None and sys.stdout.isatty():
        width = os.get_terminal_size(sys.stdout.fileno()).columns or None
    encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "")
    return ReportOptions(width=width, colour=colour, unicode=encoding.startswith("utf"), verbose=verbose, quiet=quiet)


def write_whole(path: Path, write: Callable[[TextIO], None]) -> None:
    """Write a file whole or not at all: beside it first, then in its place.

    Raises:
        ClaimtraceError: the file cannot be written.
    """
    import tempfile

    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    except OSError as error:
        raise ClaimtraceError(f"{path}: cannot be written ({error.strerror}); check the folder") from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="", errors="backslashreplace") as out:
            write(out)
            out.flush()
            os.fsync(out.fileno())
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(name, 0o666 & ~umask)
        os.replace(name, path)
    except BaseException as error:
        with contextlib.suppress(OSError):
            os.unlink(name)
        if isinstance(error, OSError):
            raise ClaimtraceError(
                f"{path}: cannot be written ({error.strerror}); check the folder and the space on the disk"
            ) from None
        raise


def print_text(write: Callable[[TextIO], None]) -> None:
    """Write to standard output in its own encoding; signs that it cannot show are escaped.

    A reader that goes away (``| head``) has had what it wanted: the rest is dropped, and nothing is wrong.
    """
    out: TextIO = sys.stdout
    reconfigure = getattr(out, "reconfigure", None)
    if reconfigure is not None:
        # A report is written as a whole: no call of the system for each of its lines, even where Python is told not to buffer.
        reconfigure(errors="backslashreplace", line_buffering=False, write_through=False)
    try:
        write(out)
        out.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
