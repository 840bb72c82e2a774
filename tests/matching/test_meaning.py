"""Directions of meaning: packed sums are those of plain arithmetic, and like meanings point the same way."""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose, sqrt
from pathlib import Path

import pytest

from claimtrace.matching import meaning
from claimtrace.matching.meaning import MIDDLE, UNIT, WIDTH, ZERO, direction, likenesses


def _line(term: str, weight: int, numbers: list[int]) -> str:
    return f"{term} {chr(ZERO + weight)}{''.join(chr(ZERO + MIDDLE + one) for one in numbers)}"


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, tuple[int, list[int]]]]:
    rows = {
        "pill": (3, [(at * 7) % 64 - MIDDLE for at in range(WIDTH)]),
        "pillow": (63, [31 if at % 2 else -MIDDLE for at in range(WIDTH)]),
        "sleep": (1, [at % 5 - 2 for at in range(WIDTH)]),
    }
    path = tmp_path / "table.txt"
    path.write_text("\n".join(sorted(_line(term, *row) for term, row in rows.items())), "ascii")
    monkeypatch.setattr(meaning, "_table_path", path)
    meaning.read_table(path)
    yield rows
    monkeypatch.undo()
    meaning.read_table(meaning._table_path)


def test_packed_sums_are_those_of_plain_arithmetic(table: dict[str, tuple[int, list[int]]]) -> None:
    def plain(terms: list[str]) -> list[float]:
        sums = [float(sum(table[term][0] * table[term][1][at] for term in terms)) for at in range(WIDTH)]
        length = sqrt(sum(one * one for one in sums))
        return [one / length for one in sums]

    texts = [["pill"], ["pillow", "sleep"], ["pill", "sleep", "pillow"]]
    made = [direction([*text, "unknown"]) for text in texts]
    for text, one in zip(texts, made, strict=True):
        assert one == tuple(round(UNIT * number) for number in plain(text))
    assert likenesses([()], made) == []
    for a, row in enumerate(likenesses([*made, ()], [*made, ()])[:-1]):
        for b, value in enumerate(row):
            assert isclose(
                value, sum(x * y for x, y in zip(plain(texts[a]), plain(texts[b]), strict=True)), abs_tol=0.01
            )
    assert likenesses(made, [()]) == [(0.0, 0.0, 0.0)]


def test_a_text_of_unknown_terms_has_no_direction(table: dict[str, tuple[int, list[int]]]) -> None:
    assert direction(["unknown", "pil", "pillo"]) == ()
    assert direction([]) == ()


def test_lay_and_technical_words_point_the_same_way() -> None:
    lay, technical, other = (
        direction(["heart", "attack"]),
        direction(["myocardial", "infarction"]),
        direction(["asthma"]),
    )
    ((near, far),) = likenesses([technical, other], [lay])
    assert near > far + 0.2
