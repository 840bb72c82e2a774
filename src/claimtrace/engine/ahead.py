"""Workers that load their tables while this process still reads the command line.

Half of a short scan is loading: the command line's library here, the engine's modules and tables there. Neither needs
the other, so on a machine with a second processor a copy of this process, made before either is loaded, does the second
half. It reads and writes nothing but its pipes. When the command line asks for something else, such as other studies,
it is let go and nothing was lost but its time.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

from claimtrace.engine.channel import Channel, channel
from claimtrace.engine.processes import COPIES, has_one_thread, processors, without_interrupts

if TYPE_CHECKING:
    from claimtrace.engine.settings import Settings

_MOST = 8
"""Workers that begin together at most; more than these are started when the size of the work is known."""


class Ahead:
    """Workers that began ahead of the work. The first of them was begun here; it begins the others, when it is told how many."""

    def __init__(self, pid: int, channels: list[Channel]) -> None:
        self._pid = pid
        self._channels = channels

    @property
    def most(self) -> int:
        """Number of workers that can begin."""
        return len(self._channels)

    def start(self, jobs: int, settings: Settings, meanwhile: Callable[[], object]) -> dict[int, Channel]:
        """Let workers begin.

        Args:
            jobs: number of workers, at most ``most``.
            settings: of the scan.
            meanwhile: what this process has to do itself, while they are still loading.

        Returns:
            Channels by process; empty when the tables could not be loaded, which whoever loads them here will hear of.
        """
        for one in self._channels[jobs:]:
            one.close()
        self._channels = self._channels[:jobs]
        try:
            self._channels[0].send((jobs, settings))
            meanwhile()
            return {one.recv(): one for one in self._channels}
        except (EOFError, OSError):
            self.leave()
            return {}

    def leave(self) -> None:
        """Let the workers go: they see the end of their pipes."""
        for one in self._channels:
            one.close()
        self._channels = []

    def wait(self) -> None:
        """Wait for the last of them to be gone, which is soon after they were let go."""
        with suppress(ChildProcessError):  # it was waited for
            os.waitpid(self._pid, 0)


_begun: list[Ahead] = []


def begin() -> None:
    """Begin to load what a scan against the bundled studies needs. This process must have one thread only.

    Where there is no second processor, or copies of a process are not safe, nothing is done.
    """
    available = processors()
    if not COPIES or available == 1 or _begun:
        return
    ends = [channel() for _ in range(min(available, _MOST))]
    with without_interrupts():
        pid = os.fork()
        if pid == 0:
            for ours, _ in ends:
                ours.close()
            _work([theirs for _, theirs in ends])
    for _, theirs in ends:
        theirs.close()
    _begun.append(Ahead(pid, [ours for ours, _ in ends]))


def begun() -> Ahead | None:
    """The workers that began, if they did."""
    return _begun[0] if _begun else None


def end() -> None:
    """Let go of workers that began, and wait for them."""
    for one in _begun:
        one.leave()
        one.wait()
    _begun.clear()


def _work(channels: list[Channel]) -> NoReturn:
    """The life of the first worker, and of those that it begins; an interrupt is for their parent to see."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        nothing = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):  # whoever reads this program's output must not wait for its workers
            os.dup2(nothing, standard)
        _load_and_serve(channels)
        status = 0
    finally:
        os._exit(status)


def _load_and_serve(channels: list[Channel]) -> None:
    from claimtrace.engine.pool import serve
    from claimtrace.engine.scanning import Scanner
    from claimtrace.studies.bundled import load_bundled

    scanner = Scanner(load_bundled())
    scanner.prepare()
    try:
        jobs, scanner.settings = channels[0].recv()
    except EOFError:  # there was no work
        return
    if jobs > 1 and not has_one_thread():
        return
    mine, others = 0, list[int]()
    for number in range(1, jobs):
        pid = os.fork()
        if pid == 0:
            mine, others = number, []
            break
        others.append(pid)
    for number, one in enumerate(channels):
        if number != mine:
            one.close()
    channels[mine].send(os.getpid())
    serve(channels[mine], scanner)
    for pid in others:
        os.waitpid(pid, 0)
