"""Settings for some of the files of a scan, chosen by a glob."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from claimtrace.model.results import Severity


class PathSettings(NamedTuple):
    """What is told of the files that a glob names.

    Attributes:
        glob: ``*`` and ``?`` stay within one name, ``**`` stands for any folders. A glob without ``/`` is held
            against each folder's and the file's name (``opinion``, ``*.md``). One that names a folder names all in it.
        root: the folder that the glob is counted from.
        select: rules to tell instead of those of the whole scan; empty: as the whole scan.
        ignore: rules to leave out as well.
        min_severity: instead of that of the whole scan.
    """

    glob: str
    root: str
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_severity: Severity | None = None

    def holds_for(self, path: str) -> bool:
        """Whether the glob names the file at ``path`` (as the user gave it, with ``/``)."""
        return _matches(self.glob, self.root, path)


@lru_cache(1024)
def _matches(glob: str, root: str, path: str) -> bool:
    whole = Path(path).absolute()
    parts = whole.relative_to(root).parts if whole.is_relative_to(root) else whole.parts
    wanted = tuple(part for part in glob.split("/") if part not in ("", "."))
    if len(wanted) == 1 and wanted != ("**",):
        return any(fnmatchcase(part, wanted[0]) for part in parts)
    return _fits(parts, wanted)


def _fits(parts: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Names against patterns, one by one; ``**`` takes any number of names. Time is their product at most."""
    reached = {0}
    for pattern in wanted:
        if pattern == "**":
            reached = set(range(min(reached), len(parts) + 1)) if reached else reached
        else:
            reached = {at + 1 for at in reached if at < len(parts) and fnmatchcase(parts[at], pattern)}
    return bool(reached)
