"""Each format from its bytes to the sentences."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from claimtrace.documents.limits import limits
from claimtrace.documents.recognise import recognise
from claimtrace.model.documents import Document, Problem

TITLE = "Blackthorn extract calms joints, study finds"
FIRST = "A new study has found that blackthorn extract stops arthritis in patients"
SECOND = "Researchers gave the extract to mice with collagen arthritis, and the swelling fell by half."

Make = Callable[..., Path]
Load = Callable[..., tuple[list[Document], list[Problem]]]
Said = Callable[[Document], list[str]]

NAMES = (
    "page.html", "page.mhtml", "word.docx", "text.odt", "flat.fodt", "rich.rtf", "book.epub", "mail.eml", "mail.mbox",
    "note.md", "feed.xml", "feed.atom", "pages.jsonl", "list.json", "page.html.gz", "pages.zip",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_from_bytes_to_sentences(name: str, make: Make, load: Load, said: Said) -> None:
    documents, _ = load(make(name))
    document = documents[0]
    sentences = said(document)
    assert sentences[0] == TITLE
    assert any(one.startswith(FIRST) for one in sentences)
    assert SECOND in sentences
    kinds = {document.text[block.start : block.end]: block.kind for block in document.blocks}
    assert kinds[TITLE] == "headline"
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(document.text)
        end = block.end
    for wrong in (
        "deleted",
        "footnote",
        "hidden",
        "Page head",
        "cookies",
        "knees",
        "superfoods",
        "Copyright",
        "nobody",
    ):
        assert not any(wrong in one for one in sentences), wrong


@pytest.mark.parametrize("name", NAMES)
def test_the_name_decides_nothing(name: str, make: Make, load: Load, said: Said, tmp_path: Path) -> None:
    if name == "note.md":
        pytest.skip("Markdown under the name of plain text stays plain text, see below")
    path = make(name)
    other = tmp_path / "article"
    shutil.copy(path, other)
    found = load(other)[0]
    assert [said(one) for one in found] == [said(one) for one in load(path)[0]]


def test_dates_authors_and_addresses_from_metadata(make: Make, load: Load) -> None:
    facts = {
        name: (one.published, one.author, one.url)
        for name in ("page.html", "mail.eml", "feed.atom", "note.md", "pages.jsonl", "book.epub")
        for one in load(make(name))[0][:1]
    }
    address = "https://daily.example/berry"
    assert facts == {
        "page.html": ("2021-05-03", "Jane Reporter", address),
        "mail.eml": ("2021-05-03", "Jane Reporter", None),
        "feed.atom": ("2021-05-03", "Jane Reporter", address),
        "note.md": ("2021-05-03", "Jane Reporter", None),
        "pages.jsonl": ("2021-05-03", None, address),
        "book.epub": ("2021-05-03", "Jane Reporter", None),
    }


def test_members_are_named_in_order(make: Make, load: Load) -> None:
    def names(name: str) -> list[str]:
        return [one.path.rpartition("/")[2] if "zip" not in name else one.path for one in load(make(name))[0]]

    assert names("mail.mbox") == ["mail.mbox#1", "mail.mbox#2"]
    assert names("feed.xml") == ["feed.xml#1", "feed.xml#2"]
    assert names("pages.zip")[0].endswith("pages.zip/site/page.html")


def test_entries_of_a_feed_with_references_that_xml_does_not_know(make: Make, load: Load, said: Said) -> None:
    second = load(make("feed.xml"))[0][1]
    assert second.title == "Two & three"
    assert said(second)[1].endswith("words here are enough for one more sentence.")


def test_a_wrong_line_does_not_stop_the_others(make: Make, load: Load) -> None:
    documents, problems = load(make("pages.jsonl"))
    assert len(documents) == 1
    assert [(one.path.rpartition("#")[2], one.code) for one in problems] == [("2", "empty"), ("3", "damaged")]


def test_plain_text_stays_as_it_is(make: Make, load: Load) -> None:
    for text in (
        "# Not a heading\n\n**stars** and [a link](https://x.example)\r\n\r\n  spaces  stay. ",
        "From here on the story is a different one.\nDate: none.\n",
        '{"an": "odd beginning"} and then a sentence that goes on.\n',
        "<3 is a heart, and this is a sentence about it.\n",
    ):
        path = make("plain.txt", text)
        assert load(path)[0][0].text == text


def test_mail_with_a_page_and_a_stub(make: Make, load: Load, said: Said) -> None:
    parts = (
        "From: a@x.example\nTo: b@x.example\nSubject: =?utf-8?q?Caf=C3=A9_news?=\nDate: Mon, 03 May 2021 10:00:00 +0000\nMIME-Version: 1.0\n"
        'Content-Type: multipart/alternative; boundary="B"\n\n--B\nContent-Type: text/plain\n\nView this letter in your browser.\n--B\n'
        "Content-Type: text/html; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n"
        "<html><body><p>Caf=E9 visitors live longer, a study of ten thousand guests has found this week.</p>"
        "<p>They drank three cups a day and walked home afterwards, the authors say.</p></body></html>\n--B--\n"
    )
    document = load(make("letter.eml", parts))[0][0]
    assert document.title == "Café news"
    assert said(document)[1].startswith("Café visitors live longer")


def test_attachments_are_documents_of_their_own(make: Make, load: Load) -> None:
    mail = (
        "From: a@x.example\nTo: b@x.example\nSubject: See this\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n"
        "--B\nContent-Type: text/plain\n\nThe text is attached, please read it today.\n--B\nContent-Type: text/plain\n"
        'Content-Disposition: attachment; filename="../../etc/release.txt"\n\nA press release about walnuts and hearts stands here.\n--B--\n'
    )
    documents, problems = load(make("with.eml", mail))
    assert not problems
    assert [one.path.split("with.eml")[1] for one in documents] == ["", "/_.._etc_release.txt"]


def test_a_mailbox_is_read_one_message_at_a_time(make: Make) -> None:
    from claimtrace.documents.inputs import Source, read_source

    path = make("mail.mbox")
    path.write_bytes(path.read_bytes() * 500)
    stream = read_source(Source(path.as_posix(), path))
    first = next(stream)
    assert not isinstance(first, Problem)
    assert first.path.endswith("#1")
    assert isinstance(stream, Generator)
    stream.close()


def test_a_broken_message_does_not_stop_the_mailbox(make: Make, load: Load) -> None:
    path = make("mail.mbox")
    path.write_bytes(
        b"From x Mon May  3 10:00:00 2021\nContent-Type: multipart/encrypted; boundary=B\nFrom: a\nTo: b\nSubject: c\n\n\n"
        + path.read_bytes()
    )
    documents, problems = load(path)
    assert [one.code for one in problems] == ["encrypted"]
    assert len(documents) == 2


def test_pages_of_a_web_archive(make: Make, load: Load, said: Said, tmp_path: Path) -> None:
    writer = pytest.importorskip("warcio.warcwriter", reason="the extra [warc] is not installed")
    heads = pytest.importorskip("warcio.statusandheaders")
    import io

    out = io.BytesIO()
    archive = writer.WARCWriter(out, gzip=True)
    page = make("page.html").read_bytes()
    for address, status, kind in (
        ("https://daily.example/berry", "200 OK", "text/html; charset=utf-8"),
        ("https://daily.example/gone", "404 Not Found", "text/html"),
        ("https://daily.example/b.png", "200 OK", "image/png"),
    ):
        headers = heads.StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        archive.write_record(
            archive.create_warc_record(address, "response", payload=io.BytesIO(page), http_headers=headers)
        )
    documents, problems = load(make("crawl.warc.gz", out.getvalue()))
    assert not problems
    assert [one.path.partition("#")[2] for one in documents] == ["https://daily.example/berry"]
    assert SECOND in said(documents[0])
    cut = make("cut.warc", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 500\r\n\r\nHTTP/1.1 200 OK\r\n")
    assert not load_codes(load, cut) - {"empty", "damaged"}


def load_codes(load: Load, path: Path) -> set[str]:
    from claimtrace.errors import InputError

    try:
        return {one.code for one in load(path)[1]}
    except InputError as error:
        return {error.code}


@pytest.mark.parametrize(
    ("head", "suffix", "form"),
    [
        (b"Plain words in a row.", "", "plain"),
        (b"", "", "plain"),
        (b"%PDF-1.7", ".txt", "pdf"),
        (b"\xff\xfe" + "<html><p>x".encode("utf-16-le"), "", "html"),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html>", "", "html"),
        (b"<?xml version='1.0'?><rss>", ".txt", "feed"),
        (b"<?xml version='1.0'?><catalog>", "", "xml"),
        (b"Words first, then <p>markup</p>", ".html", "html"),
        (b"Words first, then <p>markup</p>", ".txt", "plain"),
        (b"# Head\n\nA [link](http://x)", "", "markdown"),
        (b"# Head\n\nA [link](http://x)", ".txt", "plain"),
        (b"Subject: a\nFrom: b\nTo: c\n\nx", "", "mail"),
        (b"Date: 3 May\n\nA story begins.", "", "plain"),
        (b'{"text": "x"}\n', "", "json"),
        (b"{not json}\n", "", "plain"),
        (b"{\\rtf1 x}", "", "rtf"),
    ],
)
def test_recognition(head: bytes, suffix: str, form: str) -> None:
    assert recognise(head, suffix) == form


def test_limits_have_their_reasons() -> None:
    assert all(value > 0 for value in limits())


def test_each_format_has_its_reader() -> None:
    from importlib import import_module

    from claimtrace.documents.formats.registry import READERS

    for module in READERS.values():
        assert callable(import_module(f"claimtrace.documents.formats.{module}").read)


def test_each_code_of_a_problem_is_documented(root: Path) -> None:
    import re

    told = set(re.findall(r"`([a-z-]+)`", (root / "docs" / "inputs.md").read_text("utf-8")))
    source = "\n".join(one.read_text("utf-8") for one in (root / "src" / "claimtrace" / "documents").rglob("*.py"))
    codes = set(
        re.findall(
            r"""(?:InputError|Problem)\((?:[^()]|\([^()]*\))*?,\s*"([a-z-]+)"(?:,\s*(?:False|\w+))?,?\s*\)""", source
        )
    )
    assert {"damaged", "bomb", "robots", "no-text-layer", "empty"} <= codes
    assert codes <= told, codes - told
