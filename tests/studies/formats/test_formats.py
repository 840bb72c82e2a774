"""Each format: recognised by its content, read as its makers write it, odd records and broken ones included."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from claimtrace.errors import CatalogueError
from claimtrace.model.studies import Author, Study
from claimtrace.studies.formats.items import Broken, Found, Item, Notice, Rejected
from claimtrace.studies.formats.recognise import recognise
from claimtrace.studies.formats.source import Source

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "catalogues"
FILES = {
    "RIS": "walnuts.ris",
    "MEDLINE": "blackthorn.nbib",
    "BibTeX": "walnuts.bib",
    "CSL-JSON": "zotero.json",
    "Crossref": "crossref.json",
    "OpenAlex": "openalex.json",
    "Europe PMC": "europepmc.json",
    "PubMed XML": "pubmed.xml",
    "CSV": "pubmed.csv",
    "Retraction Watch list": "retractions.csv",
}


def sample(name: str) -> str:
    return (SAMPLES / FILES[name]).read_text("utf-8")


RIS, MEDLINE, BIBTEX, PUBMED, CSV = map(sample, ("RIS", "MEDLINE", "BibTeX", "PubMed XML", "CSV"))
CSL, CROSSREF, OPENALEX, EUROPE_PMC = map(sample, ("CSL-JSON", "Crossref", "OpenAlex", "Europe PMC"))


def items(folder: Path, data: str | bytes) -> list[Item]:
    path = folder / "file"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    source = Source(path)
    return list(recognise(source).read(source))


def studies(folder: Path, data: str | bytes) -> list[Study]:
    return [one.study for one in items(folder, data) if isinstance(one, Found)]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("dressed", ["plain", "byte order mark", "utf-16", "windows line ends", "packed"])
def test_each_is_recognised_by_its_content(tmp_path: Path, name: str, dressed: str) -> None:
    text = sample(name).replace('encoding="UTF-8"', "")
    data = {
        "plain": text.encode(),
        "byte order mark": text.encode("utf-8-sig"),
        "utf-16": text.encode("utf-16"),
        "windows line ends": text.replace("\n", "\r\n").encode(),
        "packed": gzip.compress(text.encode()),
    }[dressed]
    path = tmp_path / "no-suffix"
    path.write_bytes(data)
    source = Source(path)
    kind = recognise(source)
    found = list(kind.read(source))
    shapes = {one.kind for one in found if isinstance(one, Found)}
    assert name in (kind.name, *shapes)
    assert any(isinstance(one, Found | Notice) for one in found)
    assert not any(isinstance(one, Broken) for one in found)


def test_ris(tmp_path: Path) -> None:
    found = items(tmp_path, RIS)
    assert isinstance(found[0], Found)
    study = found[0].study
    assert found[0].line == 2
    assert study.title == "Walnuts & stroke: a cohort study of 4 000 nurses"
    assert [one.family for one in study.authors] == ["Lopes-Marques", "Øst", "The Walnut Group"]
    assert (study.doi, study.pmid, study.published) == ("10.5555/invented.2018.17", "123", "2018-02-10")
    assert study.abstract == "Risk fell (p<0.05 and n>30) in two of three groups."
    assert found[1] == Rejected("no title", 2, 17)


def test_ris_that_breaks_off(tmp_path: Path) -> None:
    found = items(tmp_path, RIS.split("DO  - ")[0] + RIS + "TY  - JOUR\nTI  - Tea\nDO  - 10.55")
    assert isinstance(found[0], Found)
    assert isinstance(found[-1], Broken)


def test_ris_with_one_space_without_ends_and_retracted(tmp_path: Path) -> None:
    found = studies(
        tmp_path, "TY - JOUR\nTI - RETRACTED: Tea\nPY - 2001\nTY - JOUR\nT1 - Milk\nN2 - One.\nN2 - Two.\n"
    )
    assert [(one.title, one.status.state) for one in found] == [("Tea", "retracted"), ("Milk", "published")]
    assert found[1].abstract == "One. Two."


def test_medline(tmp_path: Path) -> None:
    found = items(tmp_path, MEDLINE)
    study = studies(tmp_path, MEDLINE)[0]
    assert study.title.endswith("long enough to be broken over two lines.")
    assert study.authors == (Author("Ribeiro", "Tomás"), Author("Blackthorn Group"))
    assert study.institutions == ("Department of Inventions, University of Évora, Portugal.",)
    assert (study.doi, study.pmid, study.pmcid) == ("10.5555/invented.2017.1", "30000001", "PMC7000001")
    assert (study.published, study.design, study.species) == ("2017-07-05", "randomised-trial", ("mouse", "human"))
    assert study.status.state == "retracted"
    assert "30000009" in (study.status.source or "")
    assert studies(tmp_path, MEDLINE)[1].title == "On the swelling of joints"
    assert found[2] == Rejected("a notice on another article, no study", 3, 30)


def test_bibtex(tmp_path: Path) -> None:
    found = items(tmp_path, BIBTEX)
    first, last = studies(tmp_path, BIBTEX)
    assert first.title == "50% of Walnut Eaters Live Longer: 30% Less Stroke"
    assert first.authors == (Author("Lopes-Marques", "Ána"), Author("Müller", "Jörg"), Author("The Walnut Group"))
    assert (first.journal, first.published, first.doi, first.pmid) == (
        "Journal of Invented Nutrition", "2018-02", "10.5555/invented.2018.17", "123",
    )  # fmt: skip
    assert first.abstract == "We found p<0.05 and less α-synuclein in 12 – 14 people."
    assert isinstance(found[1], Rejected)
    assert found[1].line == 13
    assert (last.title, last.published, last.url) == ("A Page on Tea", "2001-03-04", "https://example.org/tea")


def test_bibtex_that_means_ill(tmp_path: Path) -> None:
    deep = "@article{a, title = {" + "{" * 5_000 + r"\x" + "}" * 5_000 + "}}\n@article{b, title = {Fine}}"
    found = items(tmp_path, deep)
    assert len(found) == 2
    assert isinstance(found[1], Found)


def test_csl(tmp_path: Path) -> None:
    found = items(tmp_path, CSL)
    study = studies(tmp_path, CSL)[0]
    assert study.authors == (Author("van Beek", "Ann"), Author("The Walnut Group"))
    assert (study.id, study.published, study.pmid, study.pmcid) == ("", "2018-02-10", "123", "PMC55")
    assert found[1] == Rejected("no title", 2)


def test_crossref(tmp_path: Path) -> None:
    found = items(tmp_path, CROSSREF)
    study = studies(tmp_path, CROSSREF)[0]
    assert study.title == "Walnuts and stroke: a cohort study"
    assert study.abstract == "Background: P < 0.05 in mice with CO2. Conclusions: None."
    assert study.status == ("retracted", "2019-03-04", "Crossref: 10.5555/r.1")
    assert study.institutions == ("University of Évora",)
    assert [one.reason for one in found if isinstance(one, Rejected)] == [
        "a notice on another article, no study",
        "no title",
    ]


@pytest.mark.parametrize("form", ["single", "pretty", "lines", "list", "cut"])
def test_crossref_in_any_wrapping(tmp_path: Path, form: str) -> None:
    works = json.loads(CROSSREF)["message"]["items"][:1] * 3
    one = {"status": "ok", "message-type": "work", "message": works[0]}
    text = {
        "single": json.dumps(one),
        "pretty": json.dumps(one, indent=1),
        "lines": "\n".join(json.dumps(work) for work in works) + "\n{broken\n",
        "list": json.dumps(works, indent=2),
        "cut": json.dumps(works)[:-40],
    }[form]
    found = items(tmp_path, text)
    assert sum(isinstance(item, Found) for item in found) == {"single": 1, "pretty": 1, "cut": 2}.get(form, 3)
    assert sum(isinstance(item, Rejected) for item in found) == (form == "lines")
    assert sum(isinstance(item, Broken) for item in found) == (form == "cut")


def test_openalex(tmp_path: Path) -> None:
    study = studies(tmp_path, OPENALEX)[0]
    assert study.abstract == "Risk fell. Risk rose."
    assert study.authors == (Author("Lopes-Marques", "Ana"),)
    assert (study.doi, study.pmid, study.pmcid) == ("10.5555/invented.2018.17", "123", "PMC55")
    assert (study.status.state, study.species) == ("retracted", ("rat",))


def test_europe_pmc(tmp_path: Path) -> None:
    study = studies(tmp_path, EUROPE_PMC)[0]
    assert study.abstract == "Background: Little & less. Results: Risk fell."
    assert study.authors == (Author("Lopes-Marques", "A"), Author("Øst", "ÅB"))
    assert (study.pmid, study.design, study.species) == ("123", "meta-analysis", ("human",))


def test_pubmed_xml(tmp_path: Path) -> None:
    found = items(tmp_path, PUBMED)
    study = studies(tmp_path, PUBMED)[0]
    assert study.title == "Walnuts, CO2 and stroke."
    assert study.abstract == "AIM: To see if n < 5. Risk fell."
    assert study.authors == (Author("Øst", "Åse"), Author("The Walnut Group"))
    assert (study.doi, study.pmid, study.pmcid, study.published) == ("10.5555/w", "123", "PMC55", "2018-02-10")
    assert (study.status.state, study.design) == ("concern", "systematic-review")
    assert found[1] == Rejected("a book or chapter, no article", 2)


def test_pubmed_xml_in_another_encoding(tmp_path: Path) -> None:
    old = PUBMED.replace("UTF-8", "iso-8859-1").encode("iso-8859-1")
    assert studies(tmp_path, old)[0].authors[0] == Author("Øst", "Åse")


def test_xml_entities_are_not_expanded(tmp_path: Path) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE PubmedArticleSet [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + (
        "<PubmedArticleSet><PubmedArticle>&b;</PubmedArticle></PubmedArticleSet>"
    )
    found = items(tmp_path, bomb)
    assert len(found) == 1
    assert isinstance(found[0], Broken)
    assert "entities" in found[0].reason


def test_csv(tmp_path: Path) -> None:
    found = items(tmp_path, CSV)
    study = studies(tmp_path, CSV)[0]
    assert study.authors == (Author("Lopes-Marques", "A"), Author("Øst", "ÅB"))
    assert (study.title, study.journal, study.published) == ("Walnuts, stroke", "J Invent Nutr", "2018-02-10")
    assert (study.doi, study.pmid, study.pmcid) == ("10.5555/w", "123", "PMC55")
    assert found[1] == Rejected("no title", 2, 3)
    semicolons = 'Title;Author;Year;Abstract Note\nTea;Kim, Mi-Young;2001;"Two\nlines"\n'
    assert studies(tmp_path, semicolons)[0].authors == (Author("Kim", "Mi-Young"),)
    assert studies(tmp_path, semicolons)[0].abstract == "Two lines"


def test_retraction_watch(tmp_path: Path) -> None:
    first, *others = items(tmp_path, sample("Retraction Watch list"))
    assert first == Notice(
        "retracted", "2019-03-09", "10.5555/invented.2018.17", "123", "Walnuts and stroke", "Retraction Watch: 10.5555/r.1", 1, 2,
    )  # fmt: skip
    assert [one.reason for one in others if isinstance(one, Rejected)] == [
        "neither DOI nor PMID of the original paper",
        "RetractionNature 'Magic' is not known",
    ]


def test_own_records_keep_their_identifier_and_may_lack_one(tmp_path: Path) -> None:
    found = items(
        tmp_path,
        json.dumps(
            [
                {"id": "mine-2018-tea", "title": "Tea", "findings": ["Tea did nothing."], "mood": "kept"},
                {"title": "Milk", "abstract": "Nothing."},
                {"id": "bad", "title": "Bad", "doi": "nonsense"},
                {"mood": "what is this"},
                7,
            ]
        ),
    )
    first, second = (one.study for one in found if isinstance(one, Found))
    assert (first.id, first.findings[0].statement, first.extra) == (
        "mine-2018-tea",
        "Tea did nothing.",
        {"mood": "kept"},
    )
    assert (second.id, second.title) == ("", "Milk")
    rejected = [one for one in found if isinstance(one, Rejected)]
    assert [one.record for one in rejected] == [3, 4, 5]
    assert (rejected[0].id, rejected[0].field) == ("bad", "doi")
    assert rejected[0].reason.startswith("a DOI")


def test_windows_1252_is_read_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "old.ris"
    path.write_bytes("TY  - JOUR\nAU  - Müller, Änne\nTI  - “Tea” – a naïve study\nER  - \n".encode("cp1252"))
    source = Source(path)
    study = next(one.study for one in recognise(source).read(source) if isinstance(one, Found))
    assert (study.title, study.authors[0].family) == ("“Tea” – a naïve study", "Müller")
    assert source.misfits == 6


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"PK\x03\x04rest", "unpack"),
        (b"%PDF-1.4 \x00\x01", "binary"),
        (b"Dear all,\nplease find attached.\n", "no bibliographic format"),
        (b"name,colour\ntea,green\n", "no bibliographic format"),
        (b"<html><body>no</body></html>", "no bibliographic format"),
        (b'{"a": [1, 2', "not JSON"),
        (gzip.compress(RIS.encode() * 50)[:-60], "breaks off"),
    ],
)
def test_what_is_no_bibliography_is_said_in_one_line(tmp_path: Path, data: bytes, word: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        items(tmp_path, data)
    assert word in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(CatalogueError):
            Source(path)


def test_endless_lines_and_records_stay_bounded(tmp_path: Path) -> None:
    long = "TY  - JOUR\nTI  - Tea\nAB  - " + "word " * 2_000_000 + "\nER  - \nTY  - JOUR\nTI  - Milk\nER  - \n"
    found = items(tmp_path, long)
    assert isinstance(found[0], Rejected)
    assert "million signs" in found[0].reason
    assert isinstance(found[1], Found)
