"""Identifiers of documents and claims that outlive moves and edits."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace

from claimtrace.model.results import ScannedDocument

_SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LENGTH = 10


def identifier(*parts: str) -> str:
    """Ten signs of ``0-9a-z`` from the parts (50 bits: a collision is expected among some 40 million claims)."""
    number = int.from_bytes(hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()[:10], "big")
    signs: list[str] = []
    for _ in range(_LENGTH):
        number, rest = divmod(number, 36)
        signs.append(_SIGNS[rest])
    return "".join(signs)


class Identifiers:
    """Hands out identifiers of one scan, each once.

    A claim's identifier is made of its file's name, its own words and how often these occurred before in the file:
    it stays when the folder moves, when the file is scanned alone, and when other sentences change. Where a scan
    holds a second file of the same name with the same sentence, the later one gets another identifier.
    """

    def __init__(self) -> None:
        self._given: set[str] = set()

    def document(self, path: str) -> str:
        """Identifier of a document."""
        return self._fresh("document", path.rsplit("/", 1)[-1])

    def claim(self, path: str, text: str, occurrence: int) -> str:
        """Identifier of the ``occurrence``-th claim of a file (from 0) with these words."""
        return self._fresh("claim", path.rsplit("/", 1)[-1], " ".join(text.split()).casefold(), str(occurrence))

    def given_again(self, scanned: ScannedDocument) -> ScannedDocument:
        """A document that was scanned by itself, with the identifiers that it gets within this scan."""
        path = scanned.document.path
        own = self.document(path)
        seen: Counter[str] = Counter()
        ids: list[str] = []
        for claim in scanned.claims:
            key = " ".join(claim.text.split()).casefold()
            ids.append(self.claim(path, claim.text, seen[key]))
            seen[key] += 1
        if own == scanned.id and all(claim.id == id for claim, id in zip(scanned.claims, ids, strict=True)):
            return scanned
        claims = tuple(replace(one, id=id, document=own) for one, id in zip(scanned.claims, ids, strict=True))
        return replace(scanned, id=own, claims=claims)

    def _fresh(self, *parts: str) -> str:
        made = identifier(*parts)
        again = 0
        while made in self._given:
            again += 1
            made = identifier(*parts, f"#{again}")
        self._given.add(made)
        return made
