"""Bytes to text: UTF-8, byte order marks, UTF-16, Windows-1252 by detection."""

from __future__ import annotations

import codecs

from claimtrace.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000  # bytes that the detector looks at; more makes it slower and no surer


def decode(data: bytes) -> tuple[str, str | None]:
    """Decode the bytes of a text file.

    Returns:
        The text, and the name of the encoding when it had to be guessed (``None`` for UTF-8 and for a byte order
        mark).

    Raises:
        InputError: the bytes are no text (code ``binary``).
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), None
            except UnicodeDecodeError:
                return data.decode(encoding, errors="replace"), encoding
    head = data[:4096]
    zeros = head.count(0)
    if zeros:
        guess = _utf16(head, zeros)
        if guess is None:
            raise InputError("binary data, not text", "binary")
        return data.decode(guess, errors="replace"), guess
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        if sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in head) * 50 > len(head):
            raise InputError("binary data, not text", "binary") from None
        # A few broken bytes in a long UTF-8 text are damage, not another encoding.
        if len(data) > 2000 and _broken(data) * 2000 < len(data) and error.start > 0:
            return data.decode("utf-8", errors="replace"), "utf-8 with damaged bytes"
    from charset_normalizer import from_bytes

    best = from_bytes(
        data[:_SAMPLE], cp_isolation=["cp1252", "cp1250", "cp1251", "iso8859_15", "shift_jis", "gb18030"]
    ).best()
    encoding = best.encoding if best is not None else "cp1252"
    return data.decode(encoding, errors="replace"), encoding


def _broken(data: bytes) -> int:
    return data.decode("utf-8", errors="replace").count("\ufffd")


def _utf16(head: bytes, zeros: int) -> str | None:
    """UTF-16 without a mark has its zero bytes at every other place (Latin text)."""
    if zeros * 3 < len(head):
        return None
    even = head[0::2].count(0)
    if even * 10 < zeros:
        return "utf-16-le"
    return "utf-16-be" if even * 10 > zeros * 9 else None
