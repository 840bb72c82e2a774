"""What a bibliographic file yields: studies, notices that change a study's status, and records that are no good."""

from __future__ import annotations

from typing import NamedTuple

from claimtrace.model.studies import Study


class Found(NamedTuple):
    """A study as read. Its ``id`` is empty unless the format is claimtrace's own.

    ``record`` counts from 1; ``line`` from 1, when known. ``kind`` names the shape, where a format has several.
    """

    study: Study
    record: int
    line: int | None = None
    kind: str | None = None


class Notice(NamedTuple):
    """A retraction, expression of concern, correction or reinstatement of a study that has one of the identifiers."""

    state: str
    date: str | None
    doi: str | None
    pmid: str | None
    title: str
    source: str
    record: int
    line: int | None = None


class Rejected(NamedTuple):
    """A record that cannot be used, and why: in words, or what was expected in its ``field``."""

    reason: str
    record: int | None = None
    line: int | None = None
    id: str | None = None
    field: str | None = None


class Broken(NamedTuple):
    """The place from which on a file cannot be read, and why."""

    reason: str
    record: int
    line: int | None = None


Item = Found | Notice | Rejected | Broken
