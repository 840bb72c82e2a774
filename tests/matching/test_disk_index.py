"""The index of a library: kept, brought up to date, made anew when it cannot be trusted, made once for all processes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from claimtrace.matching import record_stream
from claimtrace.matching.disk_index import open_index
from claimtrace.matching.index import StudyIndex
from claimtrace.matching.index_text import RecordTerms, fit
from claimtrace.matching.rarity import rarity
from claimtrace.matching.study_terms import study_terms
from claimtrace.matching.terms import pairs, terms
from claimtrace.model.studies import Study
from claimtrace.studies.bundled import load_bundled
from claimtrace.studies.catalogue import Catalogue
from claimtrace.studies.layers import Layers
from claimtrace.studies.library import Library
from claimtrace.studies.plain import compact_json
from claimtrace.text.tokens import tokenize


def _made(*numbers: int) -> list[Study]:
    return [
        Study(
            id=f"made-{n}",
            title=f"Effect of substance{n} on outcome{n % 7}",
            abstract=f"Substance{n} lowered outcome{n % 7} in {n} volunteers of group{n % 3}.",
            pmid=str(1000 + n),
        )
        for n in numbers
    ]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLAIMTRACE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library(tmp_path / "library")
    library.write(_made(*range(300)))
    return library


def _first(library: Library, word: str, told: list[str] | None = None) -> str | None:
    index = StudyIndex(Layers([library]), told.append if told is not None else None)
    assert not index.problems
    hits = index.search({word: 1.0}, 5)
    return hits[0][0] if hits else None


def test_an_index_is_made_once_and_follows_changes(cache: Path, library: Library) -> None:
    told: list[str] = []
    assert _first(library, "substance7", told) == "made-7"
    assert told == ["indexing 300 studies"]
    assert _first(library, "substance7", told) == "made-7"
    assert len(told) == 1
    library.write([*_made(500), replace(_made(7)[0], title="Effect of powder on sleep", abstract=None)], ["made-8"])
    assert _first(library, "substance500", told) == "made-500"
    assert told[1:] == ["indexing 3 changed studies"]
    assert _first(library, "substance7") is None
    assert _first(library, "substance8") is None
    assert _first(library, "powder", told) == "made-7"
    assert len(told) == 2


def test_what_is_half_written_or_damaged_is_made_anew(cache: Path, library: Library) -> None:
    assert _first(library, "substance7") == "made-7"
    (folder,) = (one for one in (cache / "indexes").iterdir() if one.is_dir())
    (folder / "state.json").unlink()
    told: list[str] = []
    assert _first(library, "substance7", told) == "made-7"
    store = max((folder / "terms").iterdir(), key=lambda one: one.stat().st_size)
    whole = store.read_bytes()
    store.unlink()  # this process still has the old file mapped
    store.write_bytes(whole[:-40])
    assert _first(library, "substance7", told) == "made-7"
    (folder / "state.json").write_text("{", "utf-8")
    assert _first(library, "substance7", told) == "made-7"
    assert told == ["indexing 300 studies"] * 3


def test_a_killed_build_leaves_nothing_that_counts(cache: Path, library: Library) -> None:
    program = (
        "import os, sys; from pathlib import Path; from claimtrace.matching import disk_index, term_index;"
        "from claimtrace.studies.library import Library;"
        "disk_index._write_state = lambda *_: os._exit(9);"
        "disk_index.open_index(Library(Path(sys.argv[1])))"
    )
    killed = subprocess.run([sys.executable, "-c", program, str(library.path)], timeout=60, check=False)
    assert killed.returncode == 9
    assert [one.suffix for one in (cache / "indexes").iterdir() if one.is_dir()] == [".half"]
    assert _first(library, "substance7") == "made-7"
    assert [one.suffix for one in (cache / "indexes").iterdir() if one.is_dir()] == [""]


def test_an_update_killed_before_it_is_recorded_is_done_again(cache: Path, library: Library) -> None:
    assert _first(library, "substance7") == "made-7"
    library.write(_made(500), ["made-7"])
    program = (
        "import os, sys; from pathlib import Path; from claimtrace.matching import disk_index;"
        "from claimtrace.studies.library import Library;"
        "disk_index._write_state = lambda *_: os._exit(9);"
        "disk_index.open_index(Library(Path(sys.argv[1])))"
    )
    killed = subprocess.run([sys.executable, "-c", program, str(library.path)], timeout=60, check=False)
    assert killed.returncode == 9
    assert _first(library, "substance500") == "made-500"
    assert _first(library, "substance7") is None
    assert len(open_index(library).found) == 300


def test_processes_at_once_make_one_index(cache: Path, library: Library) -> None:
    program = (
        "import sys; from pathlib import Path; from claimtrace.matching.disk_index import open_index;"
        "from claimtrace.studies.library import Library; said = [];"
        "found = open_index(Library(Path(sys.argv[1])), said.append);"
        "assert found.problem is None, found.problem; assert len(found.found) == 300;"
        "print(any(line.startswith('indexing') for line in said))"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", program, str(library.path)], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    made = [one.communicate(timeout=60)[0].strip() for one in running]
    assert sorted(made) == ["False", "False", "True"]


def test_a_cache_folder_that_cannot_be_written_is_told_and_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: Library
) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    monkeypatch.setenv("CLAIMTRACE_CACHE", str(tmp_path / "file" / "cache"))
    index = StudyIndex(Layers([library]))
    assert index.search({"substance7": 1.0}, 5)[0][0] == "made-7"
    assert "CLAIMTRACE_CACHE" in index.problems[0]


def test_the_index_of_another_version_is_replaced(cache: Path, library: Library) -> None:
    other = cache / "indexes" / f"{library.lineage}-000000000000"
    other.mkdir(parents=True)
    gone = cache / "indexes" / "0000-111111111111"
    gone.mkdir()
    (gone / "state.json").write_text(json.dumps({"library": str(cache / "gone")}), "utf-8")
    assert _first(library, "substance7") == "made-7"
    assert not other.exists()
    assert not gone.exists()


def test_scores_are_the_same_wherever_a_study_lies(cache: Path, tmp_path: Path) -> None:
    bundled = list(load_bundled())
    library = Library(tmp_path / "both")
    library.write([*bundled, *_made(*range(300))])
    indexes = [
        StudyIndex(Catalogue(bundled)),
        StudyIndex(Catalogue([*bundled, *_made(*range(300))])),
        StudyIndex(Layers([library])),
        StudyIndex(Layers([load_bundled(), library])),
    ]
    for one in bundled[:12]:
        weights = dict.fromkeys(sorted(study_terms(one).title), 1.0)
        found = [index.search(weights, 20) for index in indexes]
        best = [{id: score for id, score in hits if score > 0.4 * hits[0][1]} for hits in found]
        assert best[0] == best[1] == best[2] == best[3]
        assert one.id in best[0]


def test_a_later_catalogue_hides_the_same_study_of_an_earlier(cache: Path, library: Library) -> None:
    mine = replace(_made(7)[0], title="Effect of powder on sleep", abstract=None, pmid=None)
    index = StudyIndex(Layers([library, Catalogue([mine])]))
    assert index.search({"substance7": 1.0}, 5) == []
    assert index.search({"powder": 1.0}, 5)[0][0] == "made-7"
    assert index.entry("made-7").study == mine
    assert index.cited(("pmid:1007", "pmid:1008")) == ["made-8"]


def test_the_index_holds_the_terms_that_the_re_ranker_sees(study: Study) -> None:
    strange = Study(id="s", title="Émigrés’ vitamin‑D3 — 1,200 IU/day: a \ud800 trial", abstract="It’s 0.5% lower.")
    for one in (*load_bundled(), study, strange, Study(id="t", title="T")):
        made = RecordTerms().of_line(compact_json(one).encode("utf-8", "surrogatepass"))
        assert made == RecordTerms().of(one)
        whole = study_terms(one).whole
        assert set(made.text.split()) - {"."} == {term.encode("utf-8", "ignore").decode() for term in whole} - {""}
        assert made.length == study_terms(one).length
        rare = {term: rarity(term) for term in whole}
        assert not whole or fit(rare, study_terms(one)) > 0


def test_the_fast_way_to_a_records_terms_counts_as_the_slow_one() -> None:
    text = (
        "(OR 1.5; heart-attack Heart-Attack, and/or 30% 2,000 x [5] ... it's IL-6 p<0.05). naïve snake_case ½ 1. _ %"
    )
    pieces = [*text.split(), '"quoted"', "non-smokers", "non-smokers", "heart"]
    maker = RecordTerms()
    for at in range(len(pieces)):
        text = " ".join(pieces[at:] + pieces[: at // 2] + ["heart-attack"] * (at % 6))
        study = Study(id="p", title="Title", abstract=text)
        listed = terms(tokenize(text).norms)
        counted = Counter([*terms(["title"]), *listed])
        assert study_terms(study).whole == counted
        assert study_terms(study).pairs == pairs(listed)
        assert study_terms(study).numbers == {
            one for one in tokenize(text).norms if one[0].isdigit() and len(one) > 1
        }
        made = maker.of(study)
        held = Counter(made.text.split())
        del held["."]
        assert held == {term: 1 + (count > 1) + (count > 3) for term, count in counted.items()}
        assert made.length == counted.total()


def test_helpers_make_the_same_records_in_the_same_order(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = list(record_stream.indexed_records(library))
    monkeypatch.setattr(record_stream, "_FEW", 10)
    monkeypatch.setattr(record_stream, "_BLOCK", 40)
    assert list(record_stream.indexed_records(library)) == alone
    monkeypatch.setattr(record_stream, "_PROGRAM", "raise SystemExit(1)")
    assert list(record_stream.indexed_records(library)) == alone
