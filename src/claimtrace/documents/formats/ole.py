"""Binary files of old office programs and encrypted new ones: told apart, not read."""

from __future__ import annotations

from claimtrace.documents.given import Given, Read
from claimtrace.errors import InputError

_LOOKED_AT = 8_388_608


def read(given: Given) -> Read:
    """Say what the file is.

    Raises:
        InputError: always.
    """
    data = given.stream.read(_LOOKED_AT)
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise InputError(f"{given.path}: encrypted; remove the password in the program that made it", "encrypted")
    if "__substg1.0".encode("utf-16-le") in data:
        raise InputError(f"{given.path}: a message of Outlook; save it as .eml or text", "not-read")
    raise InputError(f"{given.path}: a file of an old office program; save it as .docx, .odt or .txt", "not-read")
