"""Errors that claimtrace raises on purpose. Everything else is a bug."""

from __future__ import annotations


class ClaimtraceError(Exception):
    """Base of all errors that a caller may want to catch. ``str(error)`` is one line for people."""


class InputError(ClaimtraceError):
    """An input (file, folder, standard input) cannot be read.

    ``code`` is the stable word that problems in the scan's JSON carry.
    """

    def __init__(self, message: str, code: str = "unreadable") -> None:
        super().__init__(message)
        self.code = code


class CatalogueError(ClaimtraceError):
    """A catalogue of study records cannot be read, written or indexed."""


class StoreError(ClaimtraceError):
    """The store of earlier scans cannot be opened, read or written."""


class UnknownClaimError(StoreError):
    """No stored claim has this identifier, or several do; ``matches`` holds near identifiers."""

    def __init__(self, message: str, matches: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.matches = matches


class SettingsError(ClaimtraceError):
    """A setting on the command line, in the environment or in a settings file is not usable."""


class MissingExtraError(InputError):
    """An optional reader is needed that is not installed; the message says which extra brings it.

    In a scan it is a problem of the one input (code ``missing-extra``), and the next input follows.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message, "missing-extra")
