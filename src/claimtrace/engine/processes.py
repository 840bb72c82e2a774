"""What this machine lets processes do. Imported at the very start, so it imports next to nothing itself."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Generator
from contextlib import contextmanager

COPIES = sys.platform == "linux"
"""Whether a worker may begin as a copy of this process. Elsewhere that is not there or not safe."""


def processors() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def has_one_thread() -> bool:
    """Whether nothing else runs in this process, not even a library's own thread; asked where ``COPIES`` holds."""
    return len(os.listdir("/proc/self/task")) == 1


@contextmanager
def without_interrupts() -> Generator[None, None, None]:
    """Processes that are started here never see an interrupt, not even before they could ignore it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
