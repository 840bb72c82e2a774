"""The same scan in several processes. Workers are sent paths and send back results; each loads the catalogue once."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import resource_tracker

from claimtrace.documents.inputs import STDIN, Source, find_sources
from claimtrace.engine.identifiers import Identifiers
from claimtrace.engine.scanning import Scanner, Settings
from claimtrace.errors import ClaimtraceError
from claimtrace.model.documents import Problem
from claimtrace.model.results import Scan, ScannedDocument
from claimtrace.studies.catalogue import Catalogue

_BATCH = 4  # files a message: fewer cost more messages, more leave workers idle at the end
_AHEAD = 3  # batches a worker that are under way, so that memory does not grow with the folder

Result = ScannedDocument | Problem
Loader = Callable[[], Catalogue]
"""Loads the catalogue; called once in each worker, so it must be picklable (a ``functools.partial``, for example)."""


def scan_in_pool(
    paths: Iterable[str | os.PathLike[str]],
    scanner: Scanner,
    load: Loader,
    jobs: int,
    progress: Callable[[str], None] | None = None,
) -> Scan:
    """Scan files and folders in ``jobs`` processes; the result is the same as that of ``Scanner.scan``.

    Args:
        paths: files and folders; ``-`` is read by this process.
        scanner: this process's own, which puts the results together.
        load: makes the catalogue of ``scanner`` in a worker.
        jobs: number of processes, at least 1.

    Raises:
        ClaimtraceError: a worker died.
    """
    with _workers(scanner.settings, load, jobs) as pool:
        return scanner.gather(_in_order(find_sources(paths), scanner, pool, jobs, progress))


def _in_order(
    sources: Iterator[Source | Problem],
    scanner: Scanner,
    pool: ProcessPoolExecutor,
    jobs: int,
    progress: Callable[[str], None] | None,
) -> Iterator[Result]:
    identifiers = Identifiers()
    under_way: deque[Future[list[Result]]] = deque()

    def ready() -> Iterator[Result]:
        for one in under_way.popleft().result():
            if progress is not None:
                progress(one.path if isinstance(one, Problem) else one.document.path)
            yield one if isinstance(one, Problem) else identifiers.given_again(one)

    try:
        while batch := tuple(islice(sources, _BATCH)):
            if any(isinstance(one, Source) and one.path == STDIN for one in batch):
                under_way.append(_done(_scan_all(batch, scanner)))
            else:
                with _without_interrupts():  # a submission may start a worker
                    under_way.append(pool.submit(_work, batch))
            while len(under_way) > jobs * _AHEAD:
                yield from ready()
        while under_way:
            yield from ready()
    except BrokenProcessPool:
        raise ClaimtraceError("a worker process died, most likely for want of memory; try fewer --jobs") from None


@contextmanager
def _workers(settings: Settings, load: Loader, jobs: int) -> Generator[ProcessPoolExecutor, None, None]:
    """Worker processes that leave an interrupt to this process, and end at once when it is interrupted."""
    others = set(multiprocessing.active_children())
    resource_tracker.ensure_running()  # its start would lift the mask of _without_interrupts
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), _start, (settings, load))
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for child in set(multiprocessing.active_children()) - others:
            child.terminate()
        pool.shutdown()
        raise
    pool.shutdown()


@contextmanager
def _without_interrupts() -> Generator[None, None, None]:
    """Processes that are started here never see an interrupt, not even before they could ignore it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _done(results: list[Result]) -> Future[list[Result]]:
    done: Future[list[Result]] = Future()
    done.set_result(results)
    return done


def _scan_all(batch: tuple[Source | Problem, ...], scanner: Scanner) -> list[Result]:
    return [result for one in batch for result in ((one,) if isinstance(one, Problem) else scanner.source(one))]


_scanner: Scanner | None = None  # the worker's own


def _start(settings: Settings, load: Loader) -> None:
    global _scanner
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _scanner = Scanner(load(), settings)


def _work(batch: tuple[Source | Problem, ...]) -> list[Result]:
    if _scanner is None:
        raise RuntimeError("the worker was not started by _start")
    _scanner.forget_identifiers()
    return _scan_all(batch, _scanner)
