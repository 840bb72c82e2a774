"""Plain text files: the text as it is."""

from __future__ import annotations

import hashlib

from claimtrace.documents.decode import decode
from claimtrace.documents.extracted import Extracted
from claimtrace.errors import InputError
from claimtrace.model.documents import Problem


def read_plain_text(path: str, data: bytes) -> Extracted:
    """Decode a text file.

    Raises:
        InputError: the file is empty or no text.
    """
    if not data.strip():
        raise InputError(f"{path}: the file is empty; there is nothing to scan", "empty")
    try:
        text, guessed = decode(data)
    except InputError as error:
        raise InputError(f"{path}: {error}; give text, or a format that claimtrace reads", error.code) from None
    problems = (
        ()
        if guessed is None
        else (
            Problem(path, "encoding", f"{path}: not UTF-8; read as {guessed}, some characters may be wrong", False),
        )
    )
    return Extracted(path, text, hashlib.sha256(data).hexdigest(), problems=problems)
