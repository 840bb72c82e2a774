"""Where the user's records lie, and what is made from them for speed."""

from __future__ import annotations

import os
from pathlib import Path


def library_path(store: Path | None = None) -> Path:
    """Where the library lies: beside the store of scans.

    Args:
        store: the store's file when the user named one; else ``CLAIMTRACE_STORE``, or the user's data folder.
    """
    given = store or (Path(found) if (found := os.environ.get("CLAIMTRACE_STORE")) else None)
    if given is not None:
        return given.with_name(f"{given.name}.studies")
    from platformdirs import user_data_path

    return user_data_path("claimtrace") / "studies.sqlite"


def cache_folder() -> Path:
    """``CLAIMTRACE_CACHE``, or the user's cache folder. Whatever lies there can be made again."""
    given = os.environ.get("CLAIMTRACE_CACHE")
    if given:
        return Path(given)
    from platformdirs import user_cache_path

    return user_cache_path("claimtrace")
