"""Imports: what is new, merged, unchanged and rejected; doubles; retractions; kills, full disks, two at once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from claimtrace.errors import CatalogueError
from claimtrace.model.studies import Author, Status, Study
from claimtrace.studies.bundled import load_bundled
from claimtrace.studies.doubles import blocks, merge, near, same_study
from claimtrace.studies.importing import Summary, import_files
from claimtrace.studies.library import Library
from claimtrace.studies.loading import load
from claimtrace.studies.naming import base_identifier
from claimtrace.studies.normal import title_key

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "catalogues"
ALL = sorted(SAMPLES.iterdir())
LONG = "Walnut consumption and the risk of stroke in a cohort of nurses"


def taken(library: Path, *files: Path) -> tuple[Summary, list[Study]]:
    with Library(library) as known:
        summary = import_files(files, known)
        return summary, list(known)


def written(path: Path, *studies: Study) -> Path:
    rows = [
        {
            "title": one.title, "published": one.published, "doi": one.doi, "pmid": one.pmid, "journal": one.journal,
            "abstract": one.abstract, "authors": [author.family for author in one.authors], "id": one.id or None,
        }
        for one in studies
    ]  # fmt: skip
    path.write_text(json.dumps([{k: v for k, v in row.items() if v is not None} for row in rows]), "utf-8")
    return path


def test_the_same_papers_of_many_formats_become_one_record_each(tmp_path: Path) -> None:
    summary, studies = taken(tmp_path / "l", *ALL)
    assert summary.unread == []
    assert summary.read == (summary.new + summary.merged + summary.unchanged + summary.notices + summary.rejected)
    dois = [one.doi for one in studies if one.doi]
    assert len(dois) == len(set(dois))
    walnut = next(one for one in studies if one.doi == "10.5555/invented.2018.17")
    assert walnut.status.state == "retracted"
    assert len(walnut.sources) >= 3
    assert len({one.id for one in studies}) == len(studies) == summary.new
    assert summary.differing > 0
    assert summary.without_abstract == sum(one.abstract is None for one in studies)
    again, same = taken(tmp_path / "l", *ALL)
    assert (again.new, same) == (0, studies)


def test_an_import_in_any_order_gives_the_same_papers(tmp_path: Path) -> None:
    _, forward = taken(tmp_path / "a", *ALL)
    _, backward = taken(tmp_path / "b", *reversed(ALL))
    assert {one.doi for one in forward} == {one.doi for one in backward}
    assert len(forward) == len(backward)


def test_near_titles_merge_and_tell_what_differs(tmp_path: Path) -> None:
    first = Study("", LONG, authors=(Author("Kim"),), published="2018", journal="J Nutr")
    near_one = replace(first, title=LONG.replace("consumption", "consumtion") + ".", published="2018-03", journal="Heart", abstract="A.")  # fmt: skip
    summary, studies = taken(tmp_path / "l", written(tmp_path / "1.json", first))
    assert summary.new == 1
    summary, studies = taken(tmp_path / "l", written(tmp_path / "2.json", near_one))
    assert (summary.new, summary.merged, len(studies)) == (0, 1, 1)
    assert (studies[0].published, studies[0].abstract, studies[0].journal) == ("2018-03", "A.", "J Nutr")
    assert {one.field for one in summary.differences} == {"title", "journal"}


@pytest.mark.parametrize(
    "other",
    [
        {"title": LONG.replace("nurses", "doctors")},
        {"title": LONG + " 2"},
        {"published": "2011"},
        {"authors": (Author("Lee"),)},
        {"doi": "10.5555/b"},
        {"published": None},
    ],
)
def test_what_is_not_the_same_study(other: dict[str, object]) -> None:
    one = Study("", LONG, authors=(Author("Kim"),), published="2018", doi="10.5555/a")
    assert same_study(one, replace(one, doi=None))
    assert not same_study(one, replace(one, **other))  # pyright: ignore[reportArgumentType]


def test_short_titles_merge_only_when_all_is_the_same() -> None:
    one = Study("", "Editorial", authors=(Author("Kim"),), published="2018", journal="J")
    assert same_study(one, one)
    assert not same_study(one, replace(one, journal="K"))
    assert not same_study(one, replace(one, authors=()))


def test_near_titles_share_a_block() -> None:
    key = title_key(LONG)
    for spoilt in (
        key.replace("walnut", "wallnut"),
        key.replace("nurses", "nurse"),
        key.replace("risk of", "riskof"),
    ):
        assert near(key, spoilt)
        assert set(blocks(key)) & set(blocks(spoilt))


def test_merging_takes_what_lacks_the_fuller_and_the_graver() -> None:
    kept = Study("k", "T", abstract="One two", published="2018", status=Status("corrected"), aliases=("x",))
    other = Study("o", "t.", abstract="One two three", published="2018-02", status=Status("retracted", "2019"), doi="10.5555/a")  # fmt: skip
    merged = merge(kept, other)
    assert merged.study == replace(
        kept, abstract="One two three", published="2018-02", status=Status("retracted", "2019"), doi="10.5555/a"
    )
    assert merged.differences == ()
    newer = merge(kept, replace(other, title="New title"), newer=True).study
    assert (newer.id, newer.title, newer.aliases) == ("k", "New title", ("x",))


def test_an_own_record_of_the_same_identifier_is_a_new_edition(tmp_path: Path) -> None:
    taken(tmp_path / "l", written(tmp_path / "1.json", Study("mine", "Old title of mine", journal="J")))
    summary, (study,) = taken(tmp_path / "l", written(tmp_path / "2.json", Study("mine", "New title of mine")))
    assert (study.title, study.journal, summary.merged) == ("New title of mine", "J", 1)


@pytest.mark.parametrize(
    ("study", "id"),
    [
        (Study("", "The effect of Walnuts on stroke", authors=(Author("Müller-Øst"),), published="2010-01"), "mullerost-2010-walnuts"),
        (Study("", "β-carotene", published="2010"), "anonymous-2010-carotene"),
        (Study("", "茶", authors=(Author("李"),)), "anonymous-undated-untitled"),
        (Study("", "The 12 of it"), "anonymous-undated-the"),
    ],
)  # fmt: skip
def test_identifiers(study: Study, id: str) -> None:
    assert base_identifier(study) == id


def test_identifiers_are_unique(tmp_path: Path) -> None:
    many = [Study("", "Tea", published="2001", doi=f"10.5555/{number}") for number in range(12)]
    _, studies = taken(tmp_path / "l", written(tmp_path / "1.json", *many))
    assert [one.id for one in studies][:3] == ["anonymous-2001-tea", "anonymous-2001-tea-2", "anonymous-2001-tea-3"]
    more = [Study("", "Tea", published="2001", doi=f"10.5555/x{number}") for number in range(5)]
    _, studies = taken(tmp_path / "l", written(tmp_path / "2.json", *more))
    assert len({one.id for one in studies}) == 17


def test_a_paper_that_is_bundled_takes_the_bundled_identifier(tmp_path: Path) -> None:
    bundled = next(iter(load_bundled()))
    bare = Study("", bundled.title, published=bundled.published, doi=bundled.doi, abstract="The abstract.")
    _, (study,) = taken(tmp_path / "l", written(tmp_path / "1.json", bare))
    assert study.id == bundled.id


def test_notices_change_the_status_and_a_reinstatement_undoes_it(tmp_path: Path) -> None:
    head = (SAMPLES / "retractions.csv").read_text("utf-8").splitlines()[0]
    bundled = next(one for one in load_bundled() if one.status.state == "published" and one.doi)

    def notices(name: str, *rows: tuple[str, str, str]) -> Path:
        lines = [f"{n},T,,,J,P,C,A,,R,{date},10.5555/N,0,1/1/2000,{doi},0,{nature},x,No,," for n, (date, doi, nature) in enumerate(rows)]  # fmt: skip
        path = tmp_path / name
        path.write_text("\n".join((head, *lines)), "utf-8")
        return path

    library = tmp_path / "l"
    taken(
        library, written(tmp_path / "1.json", Study("", "Tea", doi="10.5555/A"), Study("", "Milk", doi="10.5555/b"))
    )
    rows = [
        ("5/31/2020 0:00", "10.5555/a", "Retraction"), ("4/1/2019 0:00", "10.5555/a", "Expression of concern"),
        ("1/1/2020 0:00", "10.5555/B", "Correction"), ("1/1/2020 0:00", bundled.doi or "", "Retraction"),
    ]  # fmt: skip
    summary, studies = taken(library, notices("n.csv", *rows))
    states = {one.doi: one.status for one in studies}
    assert states["10.5555/a"] == Status("retracted", "2020-05-31", "Retraction Watch: 10.5555/n")
    assert states["10.5555/b"].state == "corrected"
    assert states[bundled.doi].state == "retracted"
    assert len(summary.statuses) == 3
    again, same = taken(library, notices("n.csv", *rows))
    assert (again.statuses, same) == ([], studies)
    _, studies = taken(library, notices("m.csv", rows[0], ("6/1/2021 0:00", "10.5555/a", "Reinstatement")))
    assert next(one for one in studies if one.doi == "10.5555/a").status.state == "published"


def test_unreadable_files_are_told_and_the_others_taken(tmp_path: Path) -> None:
    summary, studies = taken(tmp_path / "l", tmp_path / "none.ris", SAMPLES / "walnuts.ris")
    assert len(summary.unread) == 1
    assert "none.ris" in summary.unread[0]
    assert len(studies) == 1
    assert [(one.record, one.line) for one in summary.problems] == [(1, 17)]


def test_a_library_that_cannot_be_written_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = tmp_path / "l"
    _, before = taken(library, SAMPLES / "walnuts.ris")

    def full(study: Study) -> str:
        raise CatalogueError("the disk is full")

    monkeypatch.setattr("claimtrace.studies.library.compact_json", full)
    with pytest.raises(CatalogueError, match="full"):
        taken(library, *ALL)
    monkeypatch.undo()
    with Library(library) as known:
        assert list(known) == before


def _many(path: Path, name: str, count: int) -> Path:
    rows = (
        json.dumps({"title": f"{name} number {n} and its influence upon the weather", "doi": f"10.5555/{name}.{n}"})
        for n in range(count)
    )
    path.write_text("\n".join(rows), "utf-8")
    return path


def _start(store: Path, file: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "claimtrace", "studies", "import", str(file), "--store", str(store)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ),
    )  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ")
def test_a_killed_import_leaves_the_library_as_it_was_or_complete(tmp_path: Path) -> None:
    store = tmp_path / "s"
    library = tmp_path / "s.studies"
    taken(library, SAMPLES / "walnuts.ris")
    file = _many(tmp_path / "many.jsonl", "tea", 3_000)
    job = _start(store, file)
    journal = tmp_path / "s.studies-wal"
    for _ in range(600):  # until it writes
        if job.poll() is not None or (journal.exists() and journal.stat().st_size > 200_000):
            break
        time.sleep(0.05)
    job.send_signal(signal.SIGKILL)
    job.communicate(timeout=60)
    with Library(library) as known:
        assert len(known) in (1, 3_001)
        assert len(list(known)) == len(known)
    _, studies = taken(library, file)
    assert len(studies) == 3_001


def test_two_imports_at_once(tmp_path: Path) -> None:
    store = tmp_path / "s"
    both = _many(tmp_path / "both.jsonl", "tea", 400)
    jobs = [_start(store, both), _start(store, both), _start(store, _many(tmp_path / "c.jsonl", "milk", 400))]
    for job in jobs:
        said = job.communicate(timeout=120)
        assert job.returncode == 0, said
    with Library(tmp_path / "s.studies") as known:
        assert len(known) == 800
        assert len({one.doi for one in known}) == 800


def test_any_format_is_a_catalogue(tmp_path: Path) -> None:
    for path in ALL:
        if path.name == "retractions.csv":
            with pytest.raises(CatalogueError, match="studies import"):
                load(path)
        else:
            catalogue = load(path)
            assert len(catalogue) >= 1
            assert all(one.id for one in catalogue)
    assert [one.record for one in load(SAMPLES / "walnuts.ris").problems] == [1]
