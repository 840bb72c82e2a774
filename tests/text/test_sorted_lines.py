"""Sorted lines searched where they lie give what a dictionary of them gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrace.text.sorted_lines import SortedLines

KEYS = st.text(alphabet="abcé'-0", min_size=1, max_size=6)


@given(st.dictionaries(KEYS, st.text(alphabet="xyz :", max_size=900), min_size=1, max_size=40), KEYS, st.booleans())
def test_it_finds_what_is_there_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, rows: dict[str, str], other: str, ended: bool
) -> None:
    path = tmp_path_factory.mktemp("lines") / "table.txt"
    lines = sorted(f"{key} {value}".encode() for key, value in rows.items())
    lines.sort(key=lambda one: one.partition(b" ")[0])
    path.write_bytes(b"\n".join(lines) + (b"\n" if ended else b""))
    table = SortedLines(path)
    for key, value in rows.items():
        assert table.get(key) == value.encode()
    if other not in rows:
        assert table.get(other) is None
    assert table.get("\ud800") is None
    assert table.get("") is None


def test_an_empty_or_missing_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    with pytest.raises(ValueError, match="empty"):
        SortedLines(tmp_path / "empty")
    with pytest.raises(FileNotFoundError):
        SortedLines(tmp_path / "missing")
