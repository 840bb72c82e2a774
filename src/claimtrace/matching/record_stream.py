"""The records of a library as the index takes them, in order; for large libraries made by several processes at once.

Cutting texts into terms takes most of the time of indexing. The helpers are plain processes that are told a range of
numbers on standard input and answer with a line a record; they open the library themselves.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from threading import Thread

from claimtrace.matching.index_text import IndexedRecord, RecordTerms
from claimtrace.studies.library import Library

_FEW = 20_000
_BLOCK = 2_000
_MOST_HELPERS = 4
_AHEAD = 2
_PROGRAM = "from claimtrace.matching.record_stream import serve; serve()"

Numbered = tuple[int, IndexedRecord]


def indexed_records(library: Library) -> Iterator[Numbered]:
    """Number and terms of each record, by number."""
    helpers = min(_MOST_HELPERS, os.cpu_count() or 1)
    maker = RecordTerms()
    if len(library) < _FEW or helpers < 2:
        for number, line in library.rows():
            if line is not None:
                yield number, maker.of_line(line)
        return
    starts = range(1, library.last_number + 1, _BLOCK)
    queues: list[Queue[str | None]] = [Queue(_AHEAD) for _ in range(helpers)]
    for at, queue in enumerate(queues):
        Thread(target=_ask_helper, args=(library.path, starts[at::helpers], queue), daemon=True).start()
    for at, start in enumerate(starts):
        answer = queues[at % helpers].get()
        if answer is None:
            yield from _block(library, maker, start, start + _BLOCK)
        else:
            for line in answer.split("\n")[:-1]:
                number, size, mass, length, text = line.split(" ", 4)
                yield int(number), IndexedRecord(int(size), int(mass), int(length), text)


def _block(library: Library, maker: RecordTerms, first: int, last: int) -> Iterator[Numbered]:
    for number, line in library.block(first, last):
        if line is not None:
            yield number, maker.of_line(line)


def _ask_helper(path: Path, starts: range, answers: Queue[str | None]) -> None:
    """Put the helper's answers into the queue, one for each start; ``None`` once it has failed."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = 0
    try:
        with subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, str(path)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
        ) as helper:  # fmt: skip
            assert helper.stdin is not None
            assert helper.stdout is not None
            for start in starts:
                helper.stdin.write(b"%d %d\n" % (start, start + _BLOCK))
                helper.stdin.flush()
                size = int(helper.stdout.readline() or -1)
                answer = helper.stdout.read(max(0, size))
                if len(answer) != size:
                    break
                answers.put(answer.decode())
                done += 1
    except OSError:
        pass  # the helper cannot be started, or has ended: what it has not answered is made without it
    for _ in starts[done:]:
        answers.put(None)


def serve() -> None:
    """Answer on standard output what is asked on standard input, for the library named on the command line.

    An answer is its length in bytes on a line, then a line a record: number, size, mass, length, terms.
    """
    gc.disable()  # nothing in here refers to itself, and the many short-lived lists would be looked through in vain
    maker = RecordTerms()
    out = sys.stdout.buffer
    with Library(Path(sys.argv[1])) as library:
        for line in sys.stdin.buffer:
            first, last = map(int, line.split())
            lines = [
                f"{number} {one.size} {one.mass} {one.length} {one.text}\n"
                for number, one in _block(library, maker, first, last)
            ]
            answer = "".join(lines).encode()
            out.write(b"%d\n" % len(answer))
            out.write(answer)
            out.flush()
