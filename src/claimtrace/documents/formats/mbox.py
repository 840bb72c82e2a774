"""Mailboxes (mbox, RFC 4155): one message at a time, named ``mail.mbox#3``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from claimtrace.documents.given import Given, Read, too_large
from claimtrace.documents.limits import limits
from claimtrace.documents.messages import read_message
from claimtrace.errors import InputError
from claimtrace.model.documents import Problem


def read(given: Given) -> Read:
    """Read the messages in order; what is wrong with one does not stop the others."""
    for number, data in enumerate(_messages(given.stream), start=1):
        name = f"{given.path}#{number}"
        try:
            if data is None:
                raise too_large(name, limits().mail_bytes)
            one = Given(name, given.stream, depth=given.depth, again=given.again)
            yield from read_message(one, data)
        except InputError as error:
            yield Problem(name, error.code, str(error))


def _messages(stream: BinaryIO) -> Iterator[bytes | None]:
    """The bytes of each message without its separator line; ``None`` for one beyond the limit."""
    most = limits().mail_bytes
    lines: list[bytes] = []
    size = 0
    before = b"\n"
    started = False
    for line in iter(lambda: stream.readline(most), b""):
        if line.startswith(b"From ") and not before.strip():
            if started:
                yield b"".join(lines) if size <= most else None
            lines, size, started = [], 0, True
        elif started:
            size += len(line)
            if size <= most:
                # mboxrd quotes lines that would look like a separator
                lines.append(line[1:] if line.lstrip(b">").startswith(b"From ") and line[:1] == b">" else line)
            else:
                lines.clear()
        before = line
    if started:
        yield b"".join(lines) if size <= most else None
