"""What is damaged, locked, or made to harm: one clear line, and the next input."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from claimtrace.documents import given as given_module
from claimtrace.documents import packages as packages_module
from claimtrace.documents.formats import gz as gz_module
from claimtrace.documents.formats import html as html_module
from claimtrace.documents.limits import limits
from claimtrace.errors import InputError
from claimtrace.model.documents import Document, Problem

Make = Callable[..., Path]
Load = Callable[..., tuple[list[Document], list[Problem]]]


def zipped(parts: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def locked() -> bytes:
    """An archive whose directory says that its member is encrypted."""
    data = bytearray(zipped({"a.txt": "Some words that nobody may read."}))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


_LAUGHS = "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><rss><channel><item><title>&b;</title></item></channel></rss>"
_OFFICE = {"[Content_Types].xml": "<Types/>"}

DAMAGE: dict[str, tuple[str, bytes | str, str]] = {
    "no archive": ("a.zip", b"PK\x03\x04 and then nothing", "damaged"),
    "a cut archive": ("a.docx", zipped({"word/document.xml": "x" * 5000})[:-30], "damaged"),
    "a locked member": ("a.zip", locked(), "encrypted"),
    "an archive of pictures": ("a.zip", zipped({"a.png": b"x", "b.css": b"y"}), "empty"),
    "a bomb": ("a.gz", gzip.compress(b"0" * 20_000_000), "bomb"),
    "a cut gzip file": ("a.gz", gzip.compress(b"Some words. " * 50)[:-12], "damaged"),
    "a spreadsheet": ("a.xlsx", zipped({**_OFFICE, "xl/workbook.xml": "<a/>"}), "not-read"),
    "an old office file": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "not-read"),
    "an encrypted office file": (
        "a.docx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le"),
        "encrypted",
    ),
    "an encrypted OpenDocument text": (
        "a.odt",
        zipped(
            {
                "mimetype": "application/vnd.oasis.opendocument.text",
                "META-INF/manifest.xml": "<m><encryption-data/></m>",
                "content.xml": b"\1\2",
            }
        ),
        "encrypted",
    ),
    "a protected book": (
        "a.epub",
        zipped({"mimetype": "application/epub+zip", "META-INF/rights.xml": "<r/>", "META-INF/container.xml": "<c/>"}),
        "encrypted",
    ),
    "a book without parts": ("a.epub", zipped({"mimetype": "application/epub+zip"}), "damaged"),
    "a document without its text": ("a.docx", zipped({**_OFFICE, "word/document.xml": "<w><body/></w>"}), "empty"),
    "a document of broken XML": ("a.docx", zipped({**_OFFICE, "word/document.xml": "<w><body>"}), "damaged"),
    "entities in a document": ("a.docx", zipped({**_OFFICE, "word/document.xml": _LAUGHS}), "bomb"),
    "entities in a feed": ("a.xml", _LAUGHS, "bomb"),
    "a file named in a feed": (
        "a.xml",
        "<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/hostname'>]><rss><channel><item><title>&a;</title></item></channel></rss>",
        "bomb",
    ),
    "XML of another kind": ("a.xml", "<?xml version='1.0'?><catalog><book/></catalog>", "not-read"),
    "a feed without entries": ("a.xml", "<?xml version='1.0'?><rss><channel/></rss>", "empty"),
    "a page without text": ("a.html", "<html><body><script>1</script></body></html>", "empty"),
    "a page of zeros": ("a.html", b"<html>" + bytes(5000), "binary"),
    "an RTF file of braces": ("a.rtf", "{\\rtf1" + "{" * 50_000, "damaged"),
    "an empty RTF file": ("a.rtf", "{\\rtf1 }", "empty"),
    "JSON without a text": ("a.json", '["one", 2]', ""),
    "nested JSON": ("a.json", "[" * 100_000, "empty"),
    "a message without text": ("a.eml", "From: a\nTo: b\nSubject: c\nContent-Type: image/png\n\nxx", "empty"),
    "a binary file": ("a.bin", b"\x7fELF" + bytes(range(200)) * 9, "binary"),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_one_line_and_no_document(what: str, make: Make, load: Load) -> None:
    name, data, code = DAMAGE[what]
    path = make(name, data)
    try:
        documents, problems = load(path)
    except InputError as error:
        message, found = str(error), error.code
    else:
        assert not documents
        message, found = problems[0].message, problems[0].code
    assert found == code or not code
    assert message.startswith(path.as_posix())
    assert "\n" not in message
    assert len(message) < 500


def test_a_damaged_file_does_not_stop_a_folder(make: Make, tmp_path: Path) -> None:
    from claimtrace.engine.scanning import Scanner
    from claimtrace.studies.catalogue import Catalogue

    for name, data, _ in list(DAMAGE.values())[:6]:
        make(name, data)
    make("page.html")
    scan = Scanner(Catalogue()).scan([tmp_path])
    assert [Path(one.document.path).name for one in scan.documents] == ["page.html"]
    assert len(scan.problems) >= 3


def test_a_member_that_is_a_bomb_does_not_stop_the_archive(make: Make, load: Load) -> None:
    documents, problems = load(
        make("a.zip", zipped({"a.txt": b"0" * 20_000_000, "b.txt": "A sentence that can be read."}))
    )
    assert [one.code for one in problems] == ["bomb"]
    assert len(documents) == 1


def test_sizes_that_a_directory_claims_are_not_believed(make: Make, load: Load) -> None:
    data = bytearray(zipped({"a.txt": b"0" * 20_000_000}))
    at = data.rindex(b"PK\x01\x02") + 24
    data[at : at + 4] = (10).to_bytes(4, "little")
    documents, problems = load(make("a.zip", bytes(data)))
    assert not documents or len(documents[0].text) <= 10
    assert problems or documents


def test_archives_in_archives_end(make: Make, load: Load) -> None:
    data: bytes = b"A sentence at the bottom of it all."
    for depth in range(limits().nesting + 2):
        data = zipped({"in.txt" if not depth else "in.zip": data})
    documents, problems = load(make("a.zip", data))
    assert not documents
    assert [one.code for one in problems] == ["nesting"]


def test_names_in_archives_cannot_climb(make: Make, load: Load) -> None:
    documents, _ = load(
        make(
            "a.zip",
            zipped({"../../etc/passwd": "A sentence in an odd place.", "/root/b.txt": "Another odd sentence."}),
        )
    )
    assert [one.path.partition("a.zip/")[2] for one in documents] == ["etc/passwd", "root/b.txt"]


def test_limits_of_size(make: Make, load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    small = limits()._replace(article_bytes=1000, markup_bytes=1000, unpacked_bytes=2000)
    for module in (given_module, packages_module, gz_module, html_module):
        monkeypatch.setattr(module, "limits", lambda: small)
    with pytest.raises(InputError) as caught:
        load(make("page.html"))
    assert caught.value.code == "too-large"
    documents, problems = load(make("pages.zip"))
    assert not documents
    assert [one.code for one in problems] == ["too-large"]


def test_a_reader_that_is_not_installed_is_named_with_its_extra(
    make: Make, load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    from claimtrace.errors import MissingExtraError

    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    monkeypatch.delitem(sys.modules, "claimtrace.documents.formats.pdf", raising=False)
    with pytest.raises(MissingExtraError) as caught:
        load(make("a.pdf", b"%PDF-1.4\n"))
    assert caught.value.code == "missing-extra"
    assert "claimtrace-cli[pdf]" in str(caught.value)


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 100_000 + "A sentence that lies deep down in the page.",
        "<p>A sentence before it all.</p>" + "<!--" * 200_000,
        "<p>A sentence before it all.</p>" + "<" * 500_000,
        "<p " + " ".join(f"a{n}=1" for n in range(30_000)) + ">A sentence in a strange element.</p>",
        "".join(f"<p><font size={n}>A sentence." for n in range(5_000)),
        "<p>A sentence.</p>" + '<img src="data:image/png;base64,' + "A" * 3_000_000 + '">',
        "<table>" * 5_000 + "A sentence in tables.",
        "<p>A sentence.</p>" + '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        "<p>A sentence.</p>" + "<a href='x'>y</a> " * 50_000,
    ],
)
def test_hostile_markup_is_read_in_bounded_time(markup: str, make: Make, load: Load) -> None:
    """No time is asserted: what is quadratic here would run for minutes, and the suite's own limit would tell."""
    path = make("page.html", f"<html><body>{markup}</body></html>")
    assert outcome(load, path) in ("read", "empty")


def outcome(load: Load, path: Path) -> str:
    """``read``, or the code of the error."""
    try:
        documents, problems = load(path)
    except InputError as error:
        return error.code
    return "read" if documents else problems[0].code


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.eml", "From: a\nTo: b\nSubject: " + "=?utf-8?q?a?= " * 60_000 + "\n\nA sentence below a long subject."),
        ("a.eml", "From: " + "(" * 60_000 + "\nTo: b\nSubject: c\n\nA sentence below a strange sender."),
        (
            "a.eml",
            "From: a\nTo: b\nContent-Type: text/plain" + "; a=b" * 60_000 + "\n\nA sentence below many parameters.",
        ),
        ("a.md", "A sentence in front. " + "**a _b" * 60_000),
        ("a.md", "A sentence in front. " + "[" * 200_000),
        ("a.rtf", "{\\rtf1 A sentence in front. " + "{\\b x}" * 60_000 + "}"),
    ],
)
def test_hostile_documents_are_read_in_bounded_time(name: str, data: str, make: Make, load: Load) -> None:
    documents, problems = load(make(name, data))
    assert not problems
    assert "A sentence" in documents[0].text
