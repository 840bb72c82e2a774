"""How many processes pay for an input, when the user does not say."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from itertools import islice

from claimtrace.documents.inputs import find_sources
from claimtrace.engine.processes import processors
from claimtrace.model.documents import Problem

_COPY_PAYS = 16_000
"""Bytes of text that a worker takes as long over as a copy takes to start and to hand over its results (some 15 ms)."""
_START_PAYS = 1_000_000
"""The same for a worker that starts anew and loads the tables itself (some half a second)."""
_MANY = 1_000
"""Files that are work enough for all processors, whatever their sizes."""


def processes_for(paths: Iterable[str | os.PathLike[str]], *, copies: bool) -> int:
    """Number of worker processes for these inputs; 0 when a second one would not pay, or there is no second processor.

    Standard input and addresses on the web are left to one process: the first is a stream, the second a matter of
    manners towards the host.

    Args:
        paths: what the scan is to read.
        copies: workers begin as copies of this process.
    """
    available = processors()
    if available == 1:
        return 0
    pays = _COPY_PAYS if copies else _START_PAYS
    files = size = 0
    for source in islice(find_sources(paths), _MANY):
        if isinstance(source, Problem):
            continue
        if source.file is None:
            return 0
        files += 1
        with suppress(OSError):  # told when it is read
            size += source.file.stat().st_size
        if files >= available and size >= pays * available:
            break
    workers = min(available, files, size // pays if files < _MANY else available)
    return workers if workers > 1 else 0
