"""The same scan in several processes. Workers are sent paths and send back results.

A worker begins as a copy of this process, with its tables and catalogue, or starts anew and loads them itself, or began
before the command line was read (``ahead``). Each has
a pipe of its own, and nothing else is shared: one that is ended in the middle of a message leaves the others and this
process unharmed, and workers whose parent is gone see the end of their pipe and leave.
"""

from __future__ import annotations

import os
import select
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from claimtrace.documents.inputs import STDIN, Source, find_sources
from claimtrace.engine.assembling import assemble
from claimtrace.engine.channel import Channel
from claimtrace.engine.identifiers import Identifiers
from claimtrace.engine.processes import without_interrupts
from claimtrace.errors import ClaimtraceError
from claimtrace.model.documents import Problem
from claimtrace.model.results import Scan, ScannedDocument
from claimtrace.studies.catalogue import Catalogue

# Workers that began ahead have loaded the engine, so this process need not.
if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from claimtrace.engine.ahead import Ahead
    from claimtrace.engine.scanning import Scanner
    from claimtrace.engine.settings import Settings
    from claimtrace.studies.layers import Layers

_BATCH = 4  # files a message: fewer cost more messages, more leave workers idle at the end
_QUEUED = 2  # batches that a worker holds, so that it need not wait for the next one
_AHEAD = 4  # batches a worker that may be done before their turn: memory does not grow with the folder
_FEW = 16  # files a worker up to which they are handed out singly, the largest first: none is left for the end

Result = ScannedDocument | Problem
Batch = tuple[Source | Problem, ...]
Loader = Callable[[], "Catalogue | Layers"]
"""Loads the catalogue; called once in each worker, so it must be picklable (a ``functools.partial``, for example)."""


class _Worker(NamedTuple):
    """A worker with the numbers and the contents of the batches that it holds, first sent first."""

    pipe: Connection | Channel
    held: deque[tuple[int, Batch]]


def scan_in_pool(
    paths: Iterable[str | os.PathLike[str]],
    scanner: Scanner,
    load: Loader,
    jobs: int,
    progress: Callable[[str], None] | None = None,
    *,
    copies: bool = False,
) -> Scan:
    """Scan files and folders in ``jobs`` processes; the result is the same as that of ``Scanner.scan``.

    Args:
        paths: files and folders; ``-`` is read by this process.
        scanner: this process's own, which puts the results together.
        load: makes the catalogue of ``scanner`` in a worker that starts anew.
        jobs: number of processes, at least 1.
        copies: workers begin as copies of this process, which must have one thread only and its catalogue in memory: a copy has
            the locks of other threads and nobody who opens them, and SQLite's connections do not outlive one.

    Raises:
        ClaimtraceError: a worker died.
    """
    if copies or not isinstance(scanner.catalogue, Catalogue):
        scanner.prepare()  # copies have the index; that of a library lies on disk and is made here, where it is told
    with _workers(scanner, None if copies else load, jobs) as workers:
        here = partial(_scan_all, scanner=scanner)
        return scanner.gather(_in_order(find_sources(paths), here, lambda: scanner.catalogue, workers, progress))


def scan_ahead(
    paths: Iterable[str | os.PathLike[str]],
    workers: Ahead,
    load: Callable[[], Catalogue],
    settings: Settings,
    jobs: int,
    progress: Callable[[str], None] | None = None,
) -> Scan | None:
    """The same with workers that began ahead; nothing when they could not.

    Args:
        paths: files and folders; standard input is not read.
        workers: as they began; they are let go.
        load: gives the bundled catalogue, which they have loaded as well; called while they load.
        settings: of the scan.
        jobs: number of processes, at most ``workers.most``.
        progress: told each path.

    Raises:
        ClaimtraceError: a worker died.
    """
    begun = workers.start(jobs, settings, lambda: load().sha256)
    if not begun:
        return None
    try:
        ready = [_Worker(pipe, deque()) for pipe in begun.values()]
        results = list(_in_order(find_sources(paths), None, load, ready, progress))
        return assemble(results, load())
    except BaseException:
        for pid in begun:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
        raise
    finally:
        workers.leave()


def _in_order(
    sources: Iterator[Source | Problem],
    here: Callable[[Batch], list[Result]] | None,
    load: Callable[[], Catalogue | Layers],
    workers: list[_Worker],
    progress: Callable[[str], None] | None,
) -> Iterator[Result]:
    """Results in the order of the inputs. ``here`` scans what cannot be handed to a worker: standard input."""
    identifiers = Identifiers()
    done: dict[int, list[Result]] = {}
    sent = told = 0
    batches, queued, ahead = _handed_out(sources, len(workers))
    more = True
    while more or told < sent:
        while more and sent - told < ahead:
            idle = min(workers, key=lambda one: len(one.held))
            if len(idle.held) >= queued:
                break
            number, batch = next(batches, (0, ()))
            if not batch:
                more = False
                break
            if here is not None and any(one.path == STDIN for one in batch):
                done[number] = here(batch)
            else:
                _send(idle, number, batch)
            sent += 1
        if told not in done and any(one.held for one in workers):
            _ = load().sha256  # kept for the end; there is time for it now
            done.update(_receive(workers))
        while told in done:
            for one in done.pop(told):
                if progress is not None:
                    progress(one.path if isinstance(one, Problem) else one.document.path)
                yield one if isinstance(one, Problem) else identifiers.given_again(one)
            told += 1


def _handed_out(sources: Iterator[Source | Problem], workers: int) -> tuple[Iterator[tuple[int, Batch]], int, int]:
    """Numbered batches as they are sent, how many of them a worker may hold, and how many may be ahead of their turn."""
    first = list(islice(sources, workers * _FEW + 1))
    if len(first) <= workers * _FEW:
        singly = sorted(enumerate((one,) for one in first), key=lambda one: -_size(one[1][0]))
        return iter(singly), _QUEUED if len(first) > _QUEUED * workers else 1, len(first)
    rest = chain(first, sources)
    return enumerate(iter(lambda: tuple(islice(rest, _BATCH)), ())), _QUEUED, workers * _AHEAD


def _size(one: Source | Problem) -> int:
    try:
        return one.file.stat().st_size if isinstance(one, Source) and one.file is not None else 0
    except OSError:  # told when it is read
        return 0


def _send(worker: _Worker, number: int, batch: Batch) -> None:
    worker.held.append((number, batch))
    try:
        worker.pipe.send(batch)
    except OSError:
        raise _died(worker) from None


def _receive(workers: list[_Worker]) -> dict[int, list[Result]]:
    """What workers have ready; waits until one has."""
    found: dict[int, list[Result]] = {}
    for worker in _ready([one for one in workers if one.held]):
        try:
            results: list[Result] = worker.pipe.recv()
        except (EOFError, OSError):
            raise _died(worker) from None
        found[worker.held.popleft()[0]] = results
    return found


def _ready(workers: list[_Worker]) -> list[_Worker]:
    """Those that have sent something, or ended; waits until one has."""
    if sys.platform == "win32":
        from multiprocessing.connection import wait

        sent = wait([one.pipe for one in workers if not isinstance(one.pipe, Channel)])
        return [one for one in workers if one.pipe in sent]
    poll = select.poll()  # importing multiprocessing for its wait would take longer than a short article
    for one in workers:
        poll.register(one.pipe.fileno(), select.POLLIN)
    sent = {descriptor for descriptor, _ in poll.poll()}
    return [one for one in workers if one.pipe.fileno() in sent]


def _died(worker: _Worker) -> ClaimtraceError:
    names = ", ".join(one.path for one in worker.held[0][1])
    return ClaimtraceError(
        f"a worker process died at one of {names}, most likely for want of memory; try fewer --jobs, or leave it out"
    )


@contextmanager
def _workers(scanner: Scanner, load: Loader | None, jobs: int) -> Generator[list[_Worker], None, None]:
    """Worker processes that leave an interrupt to this process, and end with the block; copies if nothing is to be loaded."""
    from multiprocessing import get_context

    context = get_context("spawn") if load else get_context("fork")
    if load:
        from multiprocessing import resource_tracker  # copies need none

        resource_tracker.ensure_running()  # its start would lift the mask of without_interrupts
    workers: list[_Worker] = []
    processes: list[BaseProcess] = []
    pipes: list[Connection] = []
    try:
        with without_interrupts():
            for _ in range(jobs):
                ours, theirs = context.Pipe()
                if load:
                    process = context.Process(
                        target=_load_and_serve, args=(theirs, scanner.settings, load), daemon=True
                    )
                else:
                    inherited = [*pipes, ours]
                    process = context.Process(target=_serve_alone, args=(theirs, scanner, inherited), daemon=True)
                process.start()
                theirs.close()
                workers.append(_Worker(ours, deque()))
                processes.append(process)
                pipes.append(ours)
        yield workers
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.join()
        for pipe in pipes:
            pipe.close()


def _scan_all(batch: Batch, scanner: Scanner) -> list[Result]:
    return [result for one in batch for result in ((one,) if isinstance(one, Problem) else scanner.source(one))]


def _load_and_serve(pipe: Connection, settings: Settings, load: Loader) -> None:
    """The life of a worker that starts anew."""
    from claimtrace.engine.scanning import Scanner

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    serve(pipe, Scanner(load(), settings))


def _serve_alone(pipe: Connection, scanner: Scanner, inherited: list[Connection]) -> None:
    """The life of a copy: it lets go of its parent's ends of the pipes, or none of them would ever be seen to end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for one in inherited:
        one.close()
    serve(pipe, scanner)


def serve(pipe: Connection | Channel, scanner: Scanner) -> None:
    """Batches in, results out, until the pipe ends."""
    while True:
        try:
            batch: Batch = pipe.recv()
            scanner.forget_identifiers()
            pipe.send(_scan_all(batch, scanner))
        except (EOFError, BrokenPipeError):
            return
