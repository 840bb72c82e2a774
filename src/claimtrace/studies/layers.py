"""Several catalogues read as one, without copying any: bundled records, the user's library, files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from claimtrace.model.studies import Study
from claimtrace.studies.catalogue import Catalogue, RecordProblem, sum_digest
from claimtrace.studies.library import Library
from claimtrace.studies.plain import compact_json, record_digest

Part = Catalogue | Library


class Layers:
    """Catalogues one upon another; where several know an identifier, the last one wins. Reads like ``Catalogue``.

    Args:
        parts: the catalogues, the one that wins last.
    """

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = tuple(parts)
        self.problems: tuple[RecordProblem, ...] = tuple(problem for part in parts for problem in part.problems)

    def get(self, id: str) -> Study | None:
        """The study with this identifier, or ``None``."""
        for part in reversed(self.parts):
            study = part.get(id)
            if study is not None:
                return study
        return None

    def hidden(self, id: str, at: int) -> bool:
        """Whether a part above part ``at`` has this identifier too."""
        return any(id in part for part in self.parts[at + 1 :])

    def __iter__(self) -> Iterator[Study]:
        for at, part in enumerate(self.parts):
            for study in part:
                if not self.hidden(study.id, at):
                    yield study

    def __len__(self) -> int:
        return self._sums[0]

    def __contains__(self, id: object) -> bool:
        return any(id in part for part in self.parts)

    @cached_property
    def sha256(self) -> str:
        """Digest of the content, the same as one ``Catalogue`` of these studies has."""
        return sum_digest(*self._sums)

    @cached_property
    def _sums(self) -> tuple[int, int]:
        """Number of records, and the sum of their digests."""
        count = total = 0
        for at, part in enumerate(self.parts):
            held = _covered(part, self.parts[at + 1 :])
            count += len(part) - len(held)
            total += _total(part) - sum(int.from_bytes(_digest(part, id)) for id in held)
        return count, total


def _covered(part: Part, above: Sequence[Part]) -> set[str]:
    """Identifiers of ``part`` that a part above has too; each time the smaller of two is walked."""
    held: set[str] = set()
    for other in above:
        small, large = (part, other) if len(part) <= len(other) else (other, part)
        held.update(id for id in _ids(small) if id in large)
    return held


def _ids(part: Part) -> Iterator[str]:
    return (id for id, _ in part.digests()) if isinstance(part, Library) else (study.id for study in part)


def _total(part: Part) -> int:
    if isinstance(part, Library):
        return part.total
    return sum(int.from_bytes(record_digest(compact_json(study))) for study in part)


def _digest(part: Part, id: str) -> bytes:
    if isinstance(part, Library):
        return part.digest_of(id) or b""
    study = part.get(id)
    return record_digest(compact_json(study)) if study else b""
