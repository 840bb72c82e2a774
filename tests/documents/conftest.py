"""Files of every format, each with the same invented article, made by hand so that no writer's habits are needed."""

from __future__ import annotations

import base64
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from claimtrace.documents.inputs import ReadOptions, Source, read_source
from claimtrace.documents.load import make_document, sentences_of
from claimtrace.model.documents import Document, Problem

TITLE = "Blackthorn extract calms joints, study finds"
FIRST = "A new study has found that blackthorn extract stops arthritis in patients, scientists say."
SECOND = "Researchers gave the extract to mice with collagen arthritis, and the swelling fell by half."

PAGE = f"""<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{TITLE} | The Daily Invention</title>
<meta property="og:title" content="{TITLE}"><meta property="article:published_time" content="2021-05-03T10:00:00Z">
<meta name="citation_doi" content="doi:10.5555/Invented.2018.17"><link rel="canonical" href="https://daily.example/berry">
<script type="application/ld+json">{{"@graph": [{{"@type": "NewsArticle", "author": [{{"@type": "Person", "name": "Jane Reporter"}}]}}]}}</script></head>
<body class="has-sidebar"><header><h1 class="logo"><a href="/">The Daily Invention</a></h1><nav><a href="/n">News</a></nav></header>
<div id="cookie-banner"><p>We use cookies to show advertisements that fit you, and our 842 partners do so as well. Accept or refuse.</p></div>
<main><article><h1>{TITLE}</h1><p class="standfirst">A hedge plant did what pills could not.</p><div class="byline">By Jane Reporter</div>
<div class="article-body"><figure><img src="b.png"><figcaption>A blackthorn bush in flower. Photo: Agency</figcaption></figure>
<p>{FIRST}</p><aside class="related"><h3>Related stories</h3><ul><li><a href="/a">Ten superfoods for better joints today</a></li></ul></aside>
<p>{SECOND}<sup><a href="#r1">[1]</a></sup></p><h2>What it means</h2><ul><li>The extract was given every day.</li></ul>
<blockquote><p>We were surprised by how quickly the joints calmed down.</p></blockquote>
<p>The paper is <a href="https://pubmed.ncbi.nlm.nih.gov/12345678/">here</a> and <a href="https://doi.org/10.5555/second.2019.1">there</a>, for all to read at leisure.</p></div></article>
<section id="comments"><h2>Comments</h2><article><p>I tried this for my knees and it worked wonders for me, I swear by it every single day of the year.</p></article></section></main>
<footer><p>Copyright 2021 The Daily Invention. All rights reserved. Nothing on this site is medical advice.</p></footer></body></html>"""

MAIL = (
    f"From: Jane Reporter <jane@daily.example>\r\nTo: reader@x.example\r\nSubject: Fwd: {TITLE}\r\n"
    "Date: Mon, 03 May 2021 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    f"{FIRST}\r\n\r\n{SECOND}\r\n"
).encode()


def zipped(**parts: str | bytes) -> bytes:
    """A ZIP archive; names are given as keywords or in a mapping with ``**``."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def docx() -> bytes:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return zipped(
        **{
            "[Content_Types].xml": "<Types/>",
            "word/styles.xml": f'<w:styles {space}><w:style w:styleId="Titel"><w:name w:val="Title"/></w:style></w:styles>',
            "docProps/core.xml": '<p xmlns:dc="d"><dc:creator>Jane Reporter</dc:creator></p>',
            "word/document.xml": f"<w:document {space}><w:body>"
            f'<w:p><w:pPr><w:pStyle w:val="Titel"/></w:pPr><w:r><w:t>{TITLE}</w:t></w:r></w:p>'
            f"<w:p><w:r><w:t>{FIRST[:20]}</w:t></w:r><w:del><w:r><w:delText>deleted</w:delText></w:r></w:del>"
            f'<w:ins><w:r><w:t xml:space="preserve">{FIRST[20:]}</w:t></w:r></w:ins></w:p>'
            f"<w:tbl><w:tr><w:tc><w:p><w:r><w:t>{SECOND}</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>",
        }
    )


_ODF = 'xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
_ODT_BODY = (
    f'<o:body><o:text><t:h t:outline-level="1">{TITLE}</t:h><t:p>{FIRST.replace(" ", "<t:s/>", 1)}<t:note><t:p>A footnote.</t:p>'
    f"</t:note></t:p><t:p>{SECOND}</t:p></o:text></o:body>"
)


def odt() -> bytes:
    return zipped(
        **{
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<o:document-content {_ODF}>{_ODT_BODY}</o:document-content>",
        }
    )


def epub() -> bytes:
    return zipped(
        **{
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/c.opf"/></rootfiles></container>',
            "OEBPS/c.opf": '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:creator>Jane Reporter</dc:creator><dc:date>2021-05-03</dc:date></metadata><manifest><item id="a" href="one%20two.xhtml" media-type="application/xhtml+xml"/><item id="n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="n"/><itemref idref="a"/></spine></package>',
            "OEBPS/one two.xhtml": f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p></body></html>',
            "OEBPS/nav.xhtml": '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Contents of the book, which nobody scans.</p></body></html>',
        }
    )


def rtf() -> bytes:
    return (
        r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}{\info{\title Blackthorn}{\author Jane Reporter}}{\header\par Page head\par}"
        rf"\pard\b {TITLE}\b0\par {FIRST[:-1]}\'85 \u8211?caf\'e9.\par {SECOND}\par {{\*\generator None;}}{{\v hidden words}}}}"
    ).encode("ascii")


def mhtml() -> bytes:
    body = base64.encodebytes(PAGE.encode()).decode().replace("\n", "\r\n")
    return (
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://daily.example/berry\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="B"\r\n\r\n--B\r\nContent-Type: text/html\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{body}\r\n--B\r\nContent-Type: image/png\r\n\r\nxx\r\n--B--\r\n"
    ).encode()


def mbox() -> bytes:
    one = MAIL.replace(b"\r\n", b"\n")
    line = b"From jane@daily.example Mon May  3 10:00:00 2021\n"
    return (
        line + one + b"\n>From here on it is quoted.\n\n" + line + one.replace(b"Blackthorn", b"Whitethorn") + b"\n"
    )


def rss() -> str:
    return f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Daily</title><language>en-gb</language>
<item><title>{TITLE}</title><link>https://daily.example/berry</link><pubDate>Mon, 03 May 2021 10:00:00 GMT</pubDate><description>short</description><content:encoded><![CDATA[<p>{FIRST}</p><p>{SECOND}</p>]]></content:encoded></item>
<item><title>Two &amp;amp; three</title><description>Plain&nbsp;words &lt;b&gt;here&lt;/b&gt; are enough for one more sentence.</description></item></channel></rss>"""


def atom() -> str:
    return f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>D</title><entry><title>{TITLE}</title><link rel="alternate" href="https://daily.example/berry"/>
<published>2021-05-03T10:00:00Z</published><author><name>Jane Reporter</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{FIRST}</p><p>{SECOND}</p></div></content></entry></feed>"""


def markdown() -> str:
    return f"---\ntitle: {TITLE}\ndate: 2021-05-03\nauthor: Jane Reporter\n---\n\n# {TITLE}\n\n{FIRST.replace('blackthorn', '**[blackthorn](https://x.example)**')}\n\n> {SECOND}\n\n![A bush](b.png)\n"


def jsonl() -> str:
    record = {
        "headline": TITLE,
        "body": f"{FIRST}\n\n{SECOND}",
        "date": "2021-05-03",
        "url": "https://daily.example/berry",
    }
    return json.dumps(record) + "\n" + json.dumps({"other": 1}) + "\nbroken\n"


MAKERS: dict[str, Callable[[], str | bytes]] = {
    "page.html": lambda: PAGE,
    "page.mhtml": mhtml,
    "word.docx": docx,
    "text.odt": odt,
    "flat.fodt": lambda: f"<?xml version='1.0'?><o:document {_ODF}>{_ODT_BODY}</o:document>",
    "rich.rtf": rtf,
    "book.epub": epub,
    "mail.eml": lambda: MAIL,
    "mail.mbox": mbox,
    "note.md": markdown,
    "feed.xml": rss,
    "feed.atom": atom,
    "pages.jsonl": jsonl,
    "list.json": lambda: json.dumps([{"title": TITLE, "text": f"{FIRST}\n\n{SECOND}"}], indent=1),
    "page.html.gz": lambda: gzip.compress(PAGE.encode()),
    "pages.zip": lambda: zipped(**{"site/page.html": PAGE, "site/page_files/b.png": b"\x89PNG\0"}),
}


@pytest.fixture
def make(tmp_path: Path) -> Callable[[str], Path]:
    """Write the file of a format; a name without a maker is an error of the test."""

    def write(name: str, data: str | bytes | None = None) -> Path:
        made = MAKERS[name]() if data is None else data
        path = tmp_path / name
        path.write_bytes(made.encode() if isinstance(made, str) else made)
        return path

    return write


@pytest.fixture
def load() -> Callable[..., tuple[list[Document], list[Problem]]]:
    """Read a file or an address as a scan does: its documents and the problems between them."""

    def read(path: Path | str, options: ReadOptions | None = None) -> tuple[list[Document], list[Problem]]:
        source = Source(path, None) if isinstance(path, str) else Source(path.as_posix(), path)
        found = list(read_source(source, options))
        return (
            [make_document(one) for one in found if not isinstance(one, Problem)],
            [one for one in found if isinstance(one, Problem)],
        )

    return read


@pytest.fixture
def said() -> Callable[[Document], list[str]]:
    """The content sentences of a document."""
    return lambda document: [document.text[one.start : one.end] for one in sentences_of(document)]
