"""Addresses and regions."""

from __future__ import annotations

import pytest

from claimtrace.model.studies import Study
from claimtrace.report.places import Lines, Region, address, file_address, web_address


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a/b c.txt", "a/b%20c.txt"),
        ("/home/x.txt", "file:///home/x.txt"),
        ("C:/x y.txt", "file:///C:/x%20y.txt"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ('x"<>.txt', "x%22%3C%3E.txt"),
        ("\udcff.txt", "%ED%B3%BF.txt"),
    ],
)
def test_paths_become_uri_references(path: str, uri: str) -> None:
    assert file_address(path) == uri


def test_only_the_web_is_an_address() -> None:
    assert web_address("javascript:alert(1)") is None
    assert web_address(None) is None
    assert web_address('HTTPS://example.org/"x') == "HTTPS://example.org/%22x"


def test_a_study_is_read_at_its_doi_its_address_or_pubmed() -> None:
    assert address(Study("a", "A", doi="10.1/x<y>", url="https://example.org")) == "https://doi.org/10.1/x%3Cy%3E"
    assert address(Study("a", "A", url="https://example.org")) == "https://example.org"
    assert address(Study("a", "A", pmid="123")) == "https://pubmed.ncbi.nlm.nih.gov/123/"
    assert address(Study("a", "A", url="javascript:alert(1)")) is None
    assert address(Study("a", "A", pmid="12x")) is None


def test_regions_count_lines_and_columns_from_one() -> None:
    text = "one\ntwo three\n\nfour"
    lines = Lines(text)
    at = text.index("three")
    assert lines.region(at, at + 5) == Region(2, 5, 2, 10)
    assert lines.region(0, len(text)) == Region(1, 1, 4, 5)
    assert lines.region(0, 4) == Region(1, 1, 1, 5)
