"""How many processes pay for an input, when the user does not say."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from itertools import islice

from claimtrace.documents.inputs import find_sources
from claimtrace.model.documents import Problem

COPIES = sys.platform == "linux"
"""Whether a worker may begin as a copy of this process, with all tables loaded. Elsewhere that is not there or not safe."""
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
    processors = _processors()
    if processors == 1:
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
        if files >= processors and size >= pays * processors:
            break
    workers = min(processors, files, size // pays if files < _MANY else processors)
    return workers if workers > 1 else 0


def has_one_thread() -> bool:
    """Whether nothing else runs in this process, not even a library's own thread; asked where ``COPIES`` holds."""
    return len(os.listdir("/proc/self/task")) == 1


def _processors() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
