"""Decoding, blocks, and what of a page is the article."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimtrace.documents.inputs import find_sources
from claimtrace.documents.load import make_document, sentences_of
from claimtrace.documents.plain_text import read_plain_text
from claimtrace.errors import InputError
from claimtrace.model.documents import Problem


@pytest.mark.parametrize(
    ("data", "guessed"),
    [
        ("Coffee – good?".encode(), False),
        ("Coffee – good?".encode("utf-8-sig"), False),
        ("Coffee – good?".encode("utf-16"), False),
        ("Coffee is good for the heart, they say.".encode("utf-16-le"), True),
        (
            "The caf\u00e9 owner\u2019s heart \u2013 and coffee \u2013 in a long enough line of text.".encode(
                "cp1252"
            ),
            True,
        ),
    ],
)
def test_encodings(data: bytes, guessed: bool) -> None:
    extracted = read_plain_text("a.txt", data)
    assert "offee" in extracted.text
    assert "\ufffd" not in extracted.text
    assert bool(extracted.problems) is guessed


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "empty"), (b" \n ", "empty"), (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\1\2\3\4", "binary")]
)
def test_what_is_no_text_is_said_in_one_line(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read_plain_text("a.bin", data)
    assert caught.value.code == code
    assert "a.bin" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_article_and_the_page_around_it(article: Path) -> None:
    document = make_document(read_plain_text("berry.txt", article.read_bytes()))
    said = [document.text[one.start : one.end] for one in sentences_of(document)]
    assert document.title == "Miracle berry cures arthritis!"
    assert document.published == "2021-05-03"
    assert any(text.startswith("A new study has found") for text in said)
    assert not any("Jane Reporter" in text or "superfoods" in text or "Read more" in text for text in said)
    for block in document.blocks:
        assert 0 <= block.start < block.end <= len(document.text)


def test_readers_comments_are_no_article() -> None:
    body = "\n\n".join(
        f"The trial followed patients for {n} years, and the doctors measured their blood pressure each month."
        for n in range(3, 8)
    )
    page = f"Pill lowers blood pressure in trial\n\n{body}\n\nComments\n\nI think my pressure fell because I prayed. It works, I tell you.\n"
    document = make_document(read_plain_text("a.txt", page.encode()))
    assert not any("prayed" in document.text[one.start : one.end] for one in sentences_of(document))


def test_a_citation_is_found_and_bare() -> None:
    document = make_document(
        read_plain_text(
            "a.txt",
            b"The study (doi:10.1000/AbC.1) is out. PMID: 1234567 holds it, and so does the paper that came later.",
        )
    )
    assert document.citations == ("10.1000/abc.1", "pmid:1234567")


def test_folders_by_name_hidden_files_left_out_and_missing_paths_told(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden"):
        (tmp_path / name).write_text("x", "utf-8")
    (tmp_path / "empty").mkdir()
    found = list(find_sources([tmp_path, tmp_path / "empty", tmp_path / "none"]))
    assert [Path(one.path).name for one in found[:2]] == ["a.txt", "b.txt"]
    assert [one.code for one in found[2:] if isinstance(one, Problem)] == ["empty-folder", "missing"]


def test_a_line_of_ten_megabytes_is_read_in_linear_time() -> None:
    document = make_document(read_plain_text("a.txt", b"word " * 200_000))
    assert len(document.text) == 1_000_000
    assert len(sentences_of(document)) <= 2
