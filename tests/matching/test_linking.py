"""The right study, or an honest none."""

from __future__ import annotations

from pathlib import Path

from claimtrace.documents.load import make_document
from claimtrace.documents.plain_text import read_plain_text
from claimtrace.engine.scanning import Scanner
from claimtrace.matching.evidence import find_named, name_folded
from claimtrace.matching.index import StudyIndex
from claimtrace.matching.terms import stem
from claimtrace.model.studies import Author, Study
from claimtrace.studies.bundled import load_bundled
from claimtrace.studies.catalogue import Catalogue


def test_stems_join_inflections_and_spellings() -> None:
    assert stem("tumours") == stem("tumor")
    assert stem("reduced") == stem("reducing") == stem("reduces")


def test_a_named_study_is_found_by_name(article: Path, study: Study) -> None:
    scan = Scanner(load_bundled().merged_with(Catalogue([study]))).scan([article])
    document = scan.documents[0]
    assert document.study is not None
    assert document.study.id == study.id
    assert {one.why for one in document.study.evidence} >= {"journal", "institution"}
    for one in document.study.evidence:
        assert document.document.text[one.start : one.end] == one.text


def test_an_unknown_study_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "Lighthouse keeper retires\n\nAfter forty years on the rock the keeper hands over the lamp to a machine, the harbour office said on Monday.\n\n"
        "He will live with his sister in the village and grow potatoes, he told the paper, and he does not miss the fog.\n",
        "utf-8",
    )
    document = Scanner(load_bundled()).scan([path]).documents[0]
    assert document.study is None
    assert document.verdict == "no study"


def test_a_doi_decides(study: Study) -> None:
    text = "See doi 10.5555/invented.2018.17 for more."
    document = make_document(read_plain_text("a.txt", text.encode()))
    named = find_named(study, document.text, name_folded(document.text), document.citations)
    assert named.sure
    assert StudyIndex(Catalogue([study])).cited(document.citations) == [study.id]


def test_both_indexes_agree_on_the_first_candidate() -> None:
    bundled = list(load_bundled())
    many = [
        Study(
            id=f"filler-{n}",
            title=f"Filler number {n} on topic {n % 17}",
            abstract=f"Word{n} and word{n % 13} were counted.",
        )
        for n in range(300)
    ]
    small, large = StudyIndex(Catalogue(bundled)), StudyIndex(Catalogue(bundled + many))
    for one in bundled[:10]:
        weights = dict.fromkeys(small.entry(one.id).title, 1.0)
        for index in (small, large):
            assert one.id in [id for id, _ in index.search(weights, 5)[:2]]


def test_near_miss_of_a_common_name_is_no_evidence(study: Study) -> None:
    named = find_named(study, "The Ribeira quarter of the town", name_folded("The Ribeira quarter of the town"))
    assert not named.kinds


def test_a_family_name_that_is_an_everyday_word_names_nobody_by_itself() -> None:
    one = Study(id="one", title="Sleep and memory", abstract=None, authors=(Author("Field", "Margaret"),))
    text = "Field trials went on. Field notes were kept."
    assert not find_named(one, text, name_folded(text)).kinds
    text = "Margaret Field led the work."
    assert find_named(one, text, name_folded(text)).kinds == {"author"}
