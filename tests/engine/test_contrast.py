"""Two statements side by side, dimension by dimension."""

from __future__ import annotations

import pytest

import claimtrace
from claimtrace.engine.contrast import Contrast, contrast


def held(report: str, source: str) -> dict[str, Contrast]:
    found = contrast(claimtrace.profile(report), claimtrace.profile(source))
    return {one.dimension: one for one in found}


def test_the_dimensions_in_their_order() -> None:
    assert list(held("a", "b")) == ["strength", "certainty", "population", "condition", "magnitude", "advice"]


@pytest.mark.parametrize(
    ("dimension", "report", "source", "more"),
    [
        ("strength", "Coffee prevents cancer", "Coffee was associated with less cancer", "more"),
        ("strength", "Coffee was associated with less cancer", "Coffee prevents cancer", "less"),
        ("certainty", "Coffee prevents cancer", "Coffee may prevent cancer", "more"),
        ("certainty", "Coffee may prevent cancer", "Coffee prevents cancer", "less"),
        ("population", "Coffee prevents cancer", "Coffee prevents cancer in mice", "more"),
        ("population", "Coffee prevents cancer in mice", "Coffee prevents cancer in women", "less"),
        ("condition", "Coffee prevents cancer", "Coffee prevents breast cancer", "more"),
        ("condition", "Coffee prevents breast cancer", "Coffee prevents cancer", "less"),
        ("condition", "Coffee prevents asthma", "Coffee prevents cancer", "differs"),
        ("magnitude", "Coffee cuts cancer by 30%", "Coffee cuts cancer", "more"),
        ("magnitude", "Coffee cuts cancer by 30%", "Coffee cuts cancer by 30%", "same"),
        ("magnitude", "Coffee cuts cancer by 30%", "Coffee cuts cancer by 3%", "differs"),
        ("advice", "You should drink coffee", "Coffee was associated with less cancer", "more"),
    ],
)
def test_which_says_more(dimension: str, report: str, source: str, more: str) -> None:
    assert held(report, source)[dimension].more == more
    turned = {"more": "less", "less": "more"}.get(more, more)
    assert held(source, report)[dimension].more == turned


def test_the_words_that_decided() -> None:
    found = held("Coffee prevents cancer, so you should drink it", "In mice, coffee may lower the risk of cancer")
    assert found["strength"].report.words == ("prevents",)
    assert found["certainty"].source.words == ("may",)
    assert found["population"].source.words == ("mice",)
    assert found["population"].source.value == "mouse"
    assert "should" in found["advice"].report.words[0]
