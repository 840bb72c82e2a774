"""Saved texts: names that are safe anywhere, text that fits the offsets."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimtrace.documents.saving import save_text, text_name
from claimtrace.errors import ClaimtraceError


@pytest.mark.parametrize(
    "path",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "a/b/..",
        "..",
        ".",
        "",
        "https://x.example/a?b=../../c",
        "mail.mbox#3",
        "a\0b",
        "CON",
        "x" * 5000,
        "C:\\Windows\\x.ini",
        "-rf",
        "\u202etxt.exe",
        "a/.ssh",
    ],
)
def test_no_name_leaves_the_folder(path: str, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    place = save_text(folder, path, "abcdefghij", "Words.")
    assert place.resolve().parent == folder.resolve()
    assert place.name.endswith("-abcdefghij.txt")
    assert not place.name.startswith((".", "-"))
    assert len(place.name) < 150
    assert [one.name for one in tmp_path.iterdir()] == ["texts"]


def test_the_text_is_written_as_the_offsets_count_it(tmp_path: Path) -> None:
    text = "one\r\ntwo \U0001f600 caf\u00e9\n"
    place = save_text(tmp_path, "a.html", "0123456789", text)
    assert place.read_bytes().decode("utf-8") == text
    assert place.name == text_name("b/a.html", "0123456789")


def test_a_link_that_lies_there_is_replaced_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text("mine", "utf-8")
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / text_name("a.html", "0123456789")).symlink_to(outside)
    save_text(folder, "a.html", "0123456789", "Words.")
    assert outside.read_text("utf-8") == "mine"


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(ClaimtraceError):
        save_text(tmp_path / "file", "a", "0123456789", "Words.")
