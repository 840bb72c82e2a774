"""Objects to and from another process of this program, over two pipes: one for each way.

``multiprocessing`` has the same with more ways to connect; importing it takes longer than starting a process as a copy.
"""

from __future__ import annotations

import os
import pickle
from typing import Any

_HEAD = 8
"""Bytes that say how long a message is."""


class Channel:
    """One end. Both ends are held by processes of this program alone, so what comes in may be unpickled."""

    __slots__ = ("_incoming", "_outgoing")

    def __init__(self, incoming: int, outgoing: int) -> None:
        self._incoming = incoming
        self._outgoing = outgoing

    def fileno(self) -> int:
        """The descriptor to wait on."""
        return self._incoming

    def send(self, what: object) -> None:
        """Send one object; waits while the other end is full.

        Raises:
            BrokenPipeError: nobody holds the other end.
        """
        data = pickle.dumps(what, pickle.HIGHEST_PROTOCOL)
        rest = memoryview(len(data).to_bytes(_HEAD, "big") + data)
        while rest:
            rest = rest[os.write(self._outgoing, rest) :]

    def recv(self) -> Any:
        """The next object; waits for it.

        Raises:
            EOFError: nobody holds the other end, or it ended in the middle of a message.
        """
        return pickle.loads(self._read(int.from_bytes(self._read(_HEAD), "big")))  # noqa: S301 -- see the class

    def close(self) -> None:
        """Let go of this end."""
        os.close(self._incoming)
        os.close(self._outgoing)

    def _read(self, size: int) -> bytes:
        parts: list[bytes] = []
        while size:
            part = os.read(self._incoming, size)
            if not part:
                raise EOFError
            parts.append(part)
            size -= len(part)
        return b"".join(parts)


def channel() -> tuple[Channel, Channel]:
    """Both ends of a new channel."""
    here, there = os.pipe(), os.pipe()
    return Channel(here[0], there[1]), Channel(there[0], here[1])
