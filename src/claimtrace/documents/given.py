"""What a format reader gets: a name and a stream of bytes; and what it hands on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from claimtrace.documents.extracted import Extracted
from claimtrace.documents.limits import limits, megabytes
from claimtrace.errors import InputError
from claimtrace.model.documents import Problem

Read = Iterator[Extracted | Problem]
"""What a reader yields: articles, and problems of parts that could not be read."""


@dataclass(frozen=True, slots=True)
class Given:
    """One input, or one member of a container.

    Attributes:
        path: the name for people and reports, with ``/``; members as ``mail.mbox#3`` or ``pages.zip/a.html``.
        stream: binary, seekable, at its beginning.
        charset: the encoding that a header outside the data declares, if any.
        url: the address that the data came from, if any.
        depth: how many containers stand around it.
        again: reads a member of a container, whatever its format (the registry's own entry).
    """

    path: str
    stream: BinaryIO
    charset: str | None = None
    url: str | None = None
    depth: int = 0
    again: Callable[[Given], Read] | None = None

    @property
    def suffix(self) -> str:
        """Lower-case ending of the name with its dot, or an empty string; of ``a.html.gz`` the inner one."""
        name = self.path.rpartition("/")[2].lower().removesuffix(".gz")
        return name[name.rindex(".") :] if "." in name.lstrip(".") else ""

    def whole(self, limit: int | None = None) -> bytes:
        """All bytes.

        Raises:
            InputError: there are more than ``limit`` (default: the limit of one article).
        """
        most = limits().article_bytes if limit is None else limit
        data = self.stream.read(most + 1)
        if len(data) > most:
            raise too_large(self.path, most)
        return data

    def member(self, name: str, stream: BinaryIO, charset: str | None = None, url: str | None = None) -> Read:
        """Read a member of this container with whatever reader fits it; what fails becomes a problem.

        Args:
            name: the member's full name.
            stream: its bytes.
            charset, url: as for ``Given``.
        """
        if self.depth >= limits().nesting or self.again is None:
            yield Problem(
                name,
                "nesting",
                f"{name}: containers lie more than {limits().nesting} deep; unpack the outer ones first",
            )
            return
        try:
            yield from self.again(Given(name, stream, charset, url, self.depth + 1, self.again))
        except InputError as error:
            yield Problem(name, error.code, str(error))


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def too_large(path: str, most: int) -> InputError:
    """The error for an input beyond a limit."""
    return InputError(f"{path}: larger than {megabytes(most)}, the most that is read; split it", "too-large")


def damaged(path: str, what: str, why: str) -> InputError:
    """The error for a file that is not what it says it is."""
    return InputError(f"{path}: damaged {what} ({' '.join(why.split())[:120]}); save it anew", "damaged")


def empty(path: str, what: str) -> InputError:
    """The error for a file without any text."""
    return InputError(f"{path}: the {what} holds no text; there is nothing to scan", "empty")
