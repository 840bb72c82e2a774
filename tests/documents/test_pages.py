"""Web pages: the article among the furniture, elements, facts, encodings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html as lxml_html

from claimtrace.documents.formats.html import read_markup
from claimtrace.documents.page.dom import decode_page
from claimtrace.documents.page.facts import clean_date, clean_doi, clean_url
from claimtrace.errors import InputError
from claimtrace.model.documents import CONTENT_BLOCKS, Document, Problem

Make = Callable[..., Path]
Load = Callable[..., tuple[list[Document], list[Problem]]]

LONG = "The trial followed two hundred patients for five years, and their blood pressure fell by a tenth on average."
OTHER = (
    "Doctors measured it each month at home, and none of the patients had to leave the study because of the pills."
)


def content(markup: str) -> list[str]:
    found = read_markup("page.html", markup, "")
    return [found.text[one.start : one.end] for one in found.hints if one.kind in CONTENT_BLOCKS]


def kinds(markup: str) -> dict[str, str]:
    found = read_markup("page.html", markup, "")
    return {found.text[one.start : one.end]: one.kind for one in found.hints}


def test_each_block_names_its_element(make: Make, load: Load) -> None:
    path = make("page.html")
    document = load(path)[0][0]
    tree = lxml_html.fromstring(path.read_bytes())
    assert len(document.blocks) > 8
    for block in document.blocks:
        assert block.path is not None
        (element,) = tree.xpath(block.path)
        inside = " ".join(" ".join(element.itertext()).split()).replace(" [1]", "").replace(" .", ".")
        assert document.text[block.start : block.end] in inside.replace(" ,", ",")


def test_the_kinds_of_a_page(make: Make, load: Load) -> None:
    document = load(make("page.html"))[0][0]
    found = [(block.kind, document.text[block.start : block.end][:24]) for block in document.blocks]
    assert found == [
        ("headline", "Blackthorn extract calms"),
        ("standfirst", "A hedge plant did what p"),
        ("byline", "By Jane Reporter"),
        ("caption", "A blackthorn bush in flo"),
        ("paragraph", "A new study has found th"),
        ("related-link", "Related stories"),
        ("related-link", "Ten superfoods for bette"),
        ("paragraph", "Researchers gave the ext"),
        ("subheading", "What it means"),
        ("list-item", "The extract was given ev"),
        ("quote", "We were surprised by how"),
        ("paragraph", "The paper is here and th"),
    ]


def test_facts_of_a_page(make: Make, load: Load) -> None:
    document = load(make("page.html"))[0][0]
    assert document.published == "2021-05-03"
    assert document.author == "Jane Reporter"
    assert document.url == "https://daily.example/berry"
    assert document.language == "en"
    assert document.citations == ("10.5555/invented.2018.17", "pmid:12345678", "10.5555/second.2019.1")


def test_old_pages_of_tables_and_breaks() -> None:
    page = (
        f"<title>Pills lower pressure</title><table><tr><td><a href=1>Home</a><br><a href=2>News</a></td><td><font size=4>Pills lower pressure</font><br>"
        f"by A. Writer<br><br>{LONG}<br><br>{OTHER}<br>{LONG[:60]}<br>{LONG[60:]}</td><td>Visit our shop for pills.</td></tr></table>"
    )
    found = kinds(page)
    assert found["Pills lower pressure"] == "headline"
    assert found["by A. Writer"] == "byline"
    assert found[LONG] == found[OTHER] == "paragraph"
    assert not any("shop" in text and kind in CONTENT_BLOCKS for text, kind in found.items())


def test_names_count_for_nothing_on_what_holds_the_article() -> None:
    page = f'<html><body class="sidebar-open"><div class="widget popup"><h1>Pills lower pressure in trial</h1><p>{LONG}</p><p>{OTHER}</p></div></body></html>'
    assert content(page) == ["Pills lower pressure in trial", LONG, OTHER]


def test_comments_longer_than_the_article_are_none() -> None:
    remarks = "".join(
        f"<p>I have taken these pills for {n} years and I feel better than ever before, believe me!</p>"
        for n in range(40)
    )
    page = f'<body><article><h1>Pills lower pressure in trial</h1><p>{LONG}</p><p>{OTHER}</p><div id="comments">{remarks}</div></article></body>'
    assert content(page) == ["Pills lower pressure in trial", LONG, OTHER]
    headed = f"<body><article><h1>Pills lower pressure in trial</h1><p>{LONG}</p><p>{OTHER}</p><p>{LONG}</p><h3>Leave a comment</h3><p>I think that this is all nonsense, and I told my doctor so last week.</p></article></body>"
    assert not any("nonsense" in one for one in content(headed))


def test_hidden_text_is_no_text() -> None:
    page = f'<body><article><h1>Pills lower pressure in trial</h1><p>{LONG}</p><p style="display: none">Hidden words of a sentence.</p><p hidden>More of them here.</p><noscript>Turn it on.</noscript><p>{OTHER}</p></article></body>'
    assert content(page) == ["Pills lower pressure in trial", LONG, OTHER]


def test_a_body_in_pieces_is_one() -> None:
    page = f'<body><main><h1>Pills lower pressure in trial</h1><div class="article-body"><p>{LONG}</p></div><div class="ad-slot"><p>Buy our pills this week at half price, and tell your friends about it.</p></div><div class="article-body"><p>{OTHER}</p></div></main></body>'
    assert content(page) == ["Pills lower pressure in trial", LONG, OTHER]


def test_what_is_cut_is_told() -> None:
    found = read_markup("page.html", f"<p>{LONG}</p>" + "<div>" * 5000 + OTHER, "")
    assert [one.code for one in found.problems] == ["nesting"]
    assert found.text == LONG


def test_broken_metadata_lose_nothing_else() -> None:
    page = f'<head><script type="application/ld+json">{{"@type": "NewsArticle", </script><meta name="date" content="soon"><meta name="dc.date" content="3 May 2021"></head><body><p>{LONG}</p><p>{OTHER}</p></body>'
    found = read_markup("page.html", page, "")
    assert found.published == "2021-05-03"
    assert LONG in found.text


@pytest.mark.parametrize(
    ("data", "declared", "text"),
    [
        ('<meta charset="windows-1252"><p>caf\u00e9'.encode("cp1252"), None, "caf\u00e9"),
        ('<meta charset="iso-8859-1"><p>\u201cq\u201d'.encode("cp1252"), None, "\u201cq\u201d"),
        ("<p>\u043a\u043e\u0444\u0435".encode("koi8-r"), "koi8-r", "\u043a\u043e\u0444\u0435"),
        ('<meta charset="utf-16"><p>caf\u00e9'.encode(), None, "caf\u00e9"),
        ('<meta charset="unicode_escape"><p>caf\u00e9'.encode(), None, "caf\u00e9"),
        ("<p>caf\u00e9".encode("utf-16"), None, "caf\u00e9"),
        ('<?xml version="1.0" encoding="gb2312"?><p>\u9152'.encode("gb18030"), None, "\u9152"),
    ],
)
def test_encodings_of_pages(data: bytes, declared: str | None, text: str) -> None:
    assert text in decode_page("page.html", data, declared)[0]


def test_a_page_of_pictures_is_empty() -> None:
    with pytest.raises(InputError) as caught:
        read_markup("page.html", "<img src=a.png>", "")
    assert caught.value.code == "empty"


@pytest.mark.parametrize(
    ("stamp", "date"),
    [
        ("2021-05-03T10:00:00+02:00", "2021-05-03"),
        ("20210503", "2021-05-03"),
        ("2021/5/3", "2021-05-03"),
        ("Mon, 03 May 2021 10:00:00 GMT", "2021-05-03"),
        ("May 3, 2021", "2021-05-03"),
        ("2021-13-40", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates_of_metadata(stamp: str, date: str | None) -> None:
    assert clean_date(stamp) == date


def test_addresses_and_identifiers_of_metadata() -> None:
    assert clean_url("javascript:alert(1)") is None
    assert clean_url("https://x.example/a b") is None
    assert clean_url(" https://x.example/a ") == "https://x.example/a"
    assert clean_doi("https://doi.org/10.1000/AbC.1).") == "10.1000/abc.1"
    assert clean_doi("none") is None
