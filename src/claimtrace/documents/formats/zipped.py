"""ZIP archives: office documents by what is inside, else each member on its own, one at a time."""

from __future__ import annotations

from claimtrace.documents.given import Given, Read
from claimtrace.documents.inputs import is_companion
from claimtrace.documents.limits import limits
from claimtrace.documents.packages import as_stream, format_of, open_zip, read_member
from claimtrace.errors import InputError
from claimtrace.model.documents import Problem


def read(given: Given) -> Read:
    """Read the members in the order of their names; pictures, styles and hidden files are passed over.

    Raises:
        InputError: the archive is damaged, a document of a program that is not read, or holds no articles.
    """
    archive = open_zip(given.path, given.stream)
    form = format_of(archive, given.path)
    if form == "other":
        raise InputError(
            f"{given.path}: a spreadsheet, presentation or drawing; save its text as .docx, .odt or .txt", "not-read"
        )
    if form is not None:
        from claimtrace.documents.formats.registry import read_as

        given.stream.seek(0)
        yield from read_as(form, given)
        return
    total = 0
    count = 0
    for info in sorted(archive.infolist(), key=lambda one: _shown(one.filename)):
        name = info.filename
        if info.is_dir() or is_companion(name) or _hidden(name):
            continue
        count += 1
        try:
            data = read_member(given.path, archive, info)
        except InputError as error:
            yield Problem(f"{given.path}/{_shown(name)}", error.code, str(error))
            continue
        total += len(data)
        if total > limits().unpacked_bytes:
            raise InputError(
                f"{given.path}: unpacks to more than is read from one archive; unpack it on disk", "too-large"
            )
        yield from given.member(f"{given.path}/{_shown(name)}", as_stream(data))
    if not count:
        raise InputError(f"{given.path}: the archive holds no articles", "empty")


def _hidden(name: str) -> bool:
    return any(part.startswith(".") and part not in (".", "..") for part in name.split("/")) or name.startswith(
        "__MACOSX/"
    )


def _shown(name: str) -> str:
    """A member's name as part of a path: it may not climb out of the archive."""
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))
