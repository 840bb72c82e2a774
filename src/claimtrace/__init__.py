"""claimtrace reads health articles, finds the study behind each sentence, and shows where the article says more.

Importing the package is cheap; the parts load on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claimtrace._version import __version__

if TYPE_CHECKING:
    from claimtrace.api import Catalogue, check, compare, load_catalogue, profile, scan
    from claimtrace.errors import (
        CatalogueError,
        ClaimtraceError,
        InputError,
        MissingExtraError,
        SettingsError,
        StoreError,
        UnknownClaimError,
    )
    from claimtrace.model.profile import Profile
    from claimtrace.model.results import Overstatement, Scan
    from claimtrace.model.studies import Study

_HOMES = {
    "claimtrace.api": ("scan", "check", "compare", "profile", "load_catalogue", "Catalogue"),
    "claimtrace.errors": (
        "ClaimtraceError",
        "InputError",
        "CatalogueError",
        "StoreError",
        "UnknownClaimError",
        "SettingsError",
        "MissingExtraError",
    ),
    "claimtrace.model.profile": ("Profile",),
    "claimtrace.model.results": ("Overstatement", "Scan"),
    "claimtrace.model.studies": ("Study",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Catalogue",
    "CatalogueError",
    "ClaimtraceError",
    "InputError",
    "MissingExtraError",
    "Overstatement",
    "Profile",
    "Scan",
    "SettingsError",
    "StoreError",
    "Study",
    "UnknownClaimError",
    "__version__",
    "check",
    "compare",
    "load_catalogue",
    "profile",
    "scan",
]


def __getattr__(name: str) -> Any:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'claimtrace' has no attribute {name!r}")
    from importlib import import_module

    # Kept in the package's own namespace: a sub-package of the same name (profile) is imported on the way
    # and would otherwise hide the function.
    for each in _HOMES[home]:
        globals()[each] = getattr(import_module(home), each)
    return globals()[name]


def __dir__() -> list[str]:
    return sorted(__all__)
