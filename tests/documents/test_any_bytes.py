"""Whatever the bytes are: documents whose blocks fit their text, or an error of ours in one line."""

from __future__ import annotations

import io
from typing import BinaryIO, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimtrace.documents.formats.registry import read_any
from claimtrace.documents.given import Given
from claimtrace.documents.load import make_document, sentences_of
from claimtrace.errors import InputError, MissingExtraError
from claimtrace.model.documents import Problem

BEGINNINGS = (
    b"", b"<html><body>", b"<?xml version='1.0'?><rss><channel><item>", b"<feed><entry>", b"{\\rtf1 ", b'{"text": "', b"[{",
    b"From a Mon May  3 10:00:00 2021\nFrom: a\nTo: b\nSubject: c\n\n", b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n",
    b"# Head\n\n[a](http://x)\n", b"PK\x03\x04", b"\x1f\x8b\x08", b"WARC/1.0\r\n", b"%PDF-1.4\n", b"\xff\xfe<\0p\0",
)  # fmt: skip
PIECES = st.one_of(
    st.binary(max_size=40),
    st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.sampled_from(
        [b"<p>", b"</p>", b"<div class='comments'>", b"<h1>", b"<br>", b"\\par ", b"\\u-3 ?", b"}", b'"}\n', b"&nbsp;",
         b"<!--", b"]]>", b"<![CDATA[", b"\n\n", b"--b--\n", b"=?utf-8?q?=ff?=", b"A sentence of some length stands here. "]
    ),
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(BEGINNINGS), st.lists(PIECES, max_size=30), st.sampled_from(["x", "x.html", "x.md", "x.json"]))
def test_any_bytes(beginning: bytes, pieces: list[bytes], name: str) -> None:
    stream = cast("BinaryIO", io.BytesIO(beginning + b"".join(pieces)))
    try:
        found = list(read_any(Given(name, stream, again=read_any)))
    except MissingExtraError:
        pytest.skip("an optional reader is not installed")
    except InputError as error:
        found = [Problem(name, error.code, str(error))]
    assert found
    for one in found:
        if isinstance(one, Problem):
            assert one.message.startswith("x")
            assert "\n" not in one.message
            continue
        document = make_document(one)
        end = 0
        for block in document.blocks:
            assert end <= block.start < block.end <= len(document.text)
            end = block.end
        for sentence in sentences_of(document):
            block = document.blocks[sentence.block]
            assert block.start <= sentence.start < sentence.end <= block.end
