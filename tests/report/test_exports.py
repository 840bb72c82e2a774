"""Each export, read by a library that its consumers use."""

from __future__ import annotations

import csv
import io
import json
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft4Validator, Draft202012Validator

from claimtrace.model.results import Overstatement, Scan
from claimtrace.report.options import ReportOptions
from claimtrace.report.registry import writer

HERE = Path(__file__).resolve().parent
SCAN_SCHEMA = HERE.parents[1] / "src" / "claimtrace" / "data" / "schemas" / "scan.json"
ANNO = {
    "oa": "http://www.w3.org/ns/oa#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "dcterms": "http://purl.org/dc/terms/",
    "id": {"@type": "@id", "@id": "@id"},
    "type": {"@type": "@id", "@id": "@type"},
    "Annotation": "oa:Annotation",
    "AnnotationPage": "as:OrderedCollectionPage",
    "TextualBody": "oa:TextualBody",
    "SpecificResource": "oa:SpecificResource",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "TextPositionSelector": "oa:TextPositionSelector",
    "Software": "as:Application",
    "Organization": "as:Organization",
    "assessing": "oa:assessing",
    "classifying": "oa:classifying",
    "items": {"@type": "@id", "@id": "as:items"},
    "body": {"@type": "@id", "@id": "oa:hasBody"},
    "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"},
    "scope": {"@type": "@id", "@id": "oa:hasScope"},
    "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
    "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "start": {"@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger", "@id": "oa:start"},
    "end": {"@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger", "@id": "oa:end"},
    "value": "rdf:value",
}
"""The terms of the W3C's annotation context that are used, so that the test needs no network."""


def written(name: str, scan: Scan, options: ReportOptions | None = None) -> str:
    out = io.StringIO(newline="")
    writer(name)(scan, out, options or ReportOptions())
    return out.getvalue()


def found(scan: Scan) -> list[Overstatement]:
    return [one for claim in scan.claims for one in claim.overstatements]


@cache
def validator(path: Path) -> Any:
    kind = Draft4Validator if "sarif" in path.name else Draft202012Validator
    return kind(json.loads(path.read_bytes()), format_checker=kind.FORMAT_CHECKER)


def complaints(path: Path, data: Any) -> list[str]:
    return [f"{one.json_path}: {one.message[:200]}" for one in validator(path).iter_errors(data)]


def test_json_keeps_the_contract(any_scan: Scan) -> None:
    data = json.loads(written("json", any_scan))
    assert complaints(SCAN_SCHEMA, data) == []
    assert json.loads(json.dumps(any_scan.to_json())) == data


def test_json_lines_are_each_a_document(any_scan: Scan) -> None:
    lines = [json.loads(line) for line in written("jsonl", any_scan).split("\n")[:-1]]
    assert [line["document"]["id"] for line in lines] == [one.id for one in any_scan.documents]
    for line, document in zip(lines, any_scan.documents, strict=True):
        assert line["schema"] == "claimtrace.scan/1"
        assert [claim["id"] for claim in line["claims"]] == [claim.id for claim in document.claims]
        whole = {**line, "documents": [line.pop("document")], "problems": []}
        del whole["document"]
        assert complaints(SCAN_SCHEMA, whole) == []


def test_sarif_keeps_the_official_schema(any_scan: Scan) -> None:
    data = json.loads(written("sarif", any_scan))
    assert complaints(HERE / "schemas" / "sarif-2.1.0-rtm.5.json", data) == []
    run = data["runs"][0]
    omissions = sum(len(one.omissions) for one in any_scan.documents)
    assert len(run["results"]) == len(found(any_scan)) + omissions
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    prints = [result["partialFingerprints"]["claimtrace/v1"] for result in run["results"]]
    assert len(set(prints)) == len(prints)
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]


def test_sarif_regions_lead_to_the_words_and_fixes_to_the_sentence(seed_scan: Scan) -> None:
    run = json.loads(written("sarif", seed_scan))["runs"][0]
    texts = {one.document.path: one.document.text for one in seed_scan.documents}

    def cut(text: str, region: dict[str, Any]) -> str:
        lines = text.split("\n")
        starts = [0]
        for line in lines:
            starts.append(starts[-1] + len(line) + 1)
        first = starts[region["startLine"] - 1] + region["startColumn"] - 1
        return text[first : starts[region["endLine"] - 1] + region["endColumn"] - 1]

    results = [one for one in run["results"] if one["ruleId"] < "CT7"]
    sentences = {claim.id: claim.text for claim in seed_scan.claims}
    for result, one in zip(results, found(seed_scan), strict=True):
        place = result["locations"][0]["physicalLocation"]
        text = texts[unquote(place["artifactLocation"]["uri"]).removeprefix("file://")]
        assert cut(text, place["region"]) == place["region"]["snippet"]["text"] == one.span
        for fix in result.get("fixes", []):
            replacement = fix["artifactChanges"][0]["replacements"][0]
            assert cut(text, replacement["deletedRegion"]) == sentences[result["properties"]["claim"]]
            assert replacement["insertedContent"]["text"] == one.suggestion


def test_sarif_offers_no_fix_where_the_text_is_not_the_file(hostile_scan: Scan, seed_scan: Scan) -> None:
    from dataclasses import replace

    first = seed_scan.documents[0]
    page = replace(first, document=replace(first.document, path="page.html"))
    run = json.loads(written("sarif", replace(seed_scan, documents=(page,))))["runs"][0]
    assert run["results"]
    assert not any("fixes" in result for result in run["results"])


def test_csv_comes_back_and_holds_no_formula(any_scan: Scan) -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv", any_scan), newline="")))
    assert len(rows) == len(found(any_scan)) + sum(len(one.omissions) for one in any_scan.documents)
    for row in rows:
        for cell in row.values():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
            assert "\n" not in cell


def test_a_csv_file_is_marked_as_utf_8(seed_scan: Scan) -> None:
    text = written("csv", seed_scan, ReportOptions(to_file=True))
    assert text.startswith("\ufeffpath,")
    assert not written("csv", seed_scan).startswith("\ufeff")


def test_csv_in_pandas(seed_scan: Scan) -> None:
    pandas = pytest.importorskip("pandas")
    table = pandas.read_csv(io.BytesIO(written("csv", seed_scan, ReportOptions(to_file=True)).encode()))
    overstated = table[table["rule"] < "CT7"]
    assert list(overstated["claim"]) == [c.id for c in seed_scan.claims for _ in c.overstatements]
    assert (overstated["reason"] == [" ".join(one.reason.split()) for one in found(seed_scan)]).all()


def test_markdown_shows_hostile_text_as_text(hostile_scan: Scan) -> None:
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark", {"linkify": False}).enable("table").parse(written("markdown", hostile_scan))
    inner = [child for token in tokens for child in (token.children or [])]
    kinds = {token.type for token in (*tokens, *inner)}
    assert not kinds & {"html_block", "html_inline", "image", "code_inline", "fence", "code_block", "hr"}
    links = [str(one.attrGet("href")) for one in inner if one.type == "link_open"]
    assert links
    assert all(link.startswith("https://doi.org/10.1/") for link in links)
    headings = [tokens[at + 1].content for at, one in enumerate(tokens) if one.type == "heading_open"]
    assert not any("not a heading" in one and one.startswith("not") for one in headings)
    shown = "".join(one.content for one in inner if one.type == "text")
    assert "<script>document.title='owned'</script>" in shown
    assert "**_a_**" in shown


@pytest.mark.parametrize(
    "text",
    ["1. one", "2) two", "- item", "+ item", "# head", "=====", "> quote", "| a | b |", "a * b * c", "&lt;b&gt;", "$x$ `y`", "~~gone~~"],
)  # fmt: skip
def test_markdown_shows_a_line_as_it_is(text: str) -> None:
    from markdown_it import MarkdownIt

    from claimtrace.report.markdown import escaped

    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(f"above\n\n{escaped(text)}\n\n> {escaped(text)}\n")
    shown = ["".join(child.content for child in token.children or []) for token in tokens if token.type == "inline"]
    assert shown == ["above", text, text]


def test_markdown_calls_nobody() -> None:
    from claimtrace.report.markdown import escaped

    line = escaped("@editor and #12 at https://evil.example or www.evil.example")
    assert "@e" not in line
    assert "#1" not in line
    assert "https\\://" in line
    assert "www\\." in line


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph")
def test_claim_review_as_linked_data(any_scan: Scan) -> None:
    rdflib = pytest.importorskip("rdflib")
    data = json.loads(written("claimreview", any_scan, ReportOptions(author="The Desk")))
    assert data.pop("@context") == "https://schema.org"
    graph = rdflib.Graph().parse(
        data=json.dumps({"@context": {"@vocab": "https://schema.org/"}, **data}), format="json-ld"
    )
    schema = rdflib.Namespace("https://schema.org/")
    reviews = set(graph.subjects(rdflib.RDF.type, schema.ClaimReview))
    overstated = [claim for claim in any_scan.claims if claim.overstatements]
    assert {str(one) for one in reviews} == {f"urn:claimtrace:{claim.id}" for claim in overstated}
    worth = {"critical": 1, "major": 2, "minor": 3}
    for claim in overstated:
        review = rdflib.URIRef(f"urn:claimtrace:{claim.id}")
        assert str(graph.value(graph.value(review, schema.author), schema.name)) == "The Desk"
        rating = graph.value(review, schema.reviewRating)
        assert int(graph.value(rating, schema.ratingValue)) == min(worth[o.severity] for o in claim.overstatements)
        assert graph.value(graph.value(review, schema.itemReviewed), schema.author) is not None
        assert str(graph.value(review, schema.claimReviewed))


def test_claim_review_says_when_no_person_stands_behind_it(seed_scan: Scan) -> None:
    review = json.loads(written("claimreview", seed_scan))["@graph"][0]
    assert "not reviewed by a person" in review["author"]["name"]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph")
def test_annotations_as_linked_data_lead_to_the_words(any_scan: Scan) -> None:
    rdflib = pytest.importorskip("rdflib")
    data = json.loads(written("annotation", any_scan))
    assert data.pop("@context") == "http://www.w3.org/ns/anno.jsonld"
    texts = {claim.id: document.document.text for document in any_scan.documents for claim in document.claims}
    for item in data["items"]:
        text = texts[item["target"]["scope"].rsplit(":", 1)[1]]
        quote, position = item["target"]["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"]
        around = quote["prefix"] + quote["exact"] + quote["suffix"]
        assert text.find(around) + len(quote["prefix"]) == position["start"] or text.count(around) > 1
    if any("\ud800" in text for text in texts.values()):
        return  # rdflib keeps texts as UTF-8, which has no lone surrogates
    graph = rdflib.Graph().parse(data=json.dumps({"@context": ANNO, **data}), format="json-ld")
    oa = rdflib.Namespace("http://www.w3.org/ns/oa#")
    assert len(set(graph.subjects(rdflib.RDF.type, oa.Annotation))) == len(found(any_scan))
    assert len(set(graph.subjects(rdflib.RDF.type, oa.TextQuoteSelector))) == len(found(any_scan))
