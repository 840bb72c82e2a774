"""ClaimReview (schema.org) as JSON-LD: each overstated claim with its rating, for fact-check pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO
from urllib.parse import urlsplit

from claimtrace.model.results import Claim, Overstatement, Scan, ScannedDocument
from claimtrace.model.studies import Study
from claimtrace.report.json_report import write_list
from claimtrace.report.layout import by_severity
from claimtrace.report.options import ReportOptions
from claimtrace.report.places import address, file_address, web_address
from claimtrace.report.safe import one_line

_RATINGS = {
    "critical": (1, "Overstates its study (critical)"),
    "major": (2, "Overstates its study (major)"),
    "minor": (3, "Overstates its study (minor)"),
    "none": (4, "Says what its study says"),
}
"""On a scale of 1 to 4."""
_NO_AUTHOR = "claimtrace (automatic, not reviewed by a person)"


def write(scan: Scan, out: TextIO, options: ReportOptions) -> None:
    """Write the reviews; with ``verbose`` also of the claims that say what their study says."""
    out.write('{\n"@context": "https://schema.org",\n')
    write_list("@graph", _reviews(scan, options), out)
    out.write("\n}\n")


def _reviews(scan: Scan, options: ReportOptions) -> Iterator[dict[str, Any]]:
    author = {"@type": "Organization", "name": one_line(options.author) if options.author else _NO_AUTHOR}
    for document in scan.documents:
        for claim in document.claims:
            if _standing(claim) or (options.verbose and claim.study is not None and not claim.overstatements):
                study = scan.studies.get(claim.study.id) if claim.study else None
                yield _review(document, claim, study, author)


def _review(document: ScannedDocument, claim: Claim, study: Study | None, author: dict[str, Any]) -> dict[str, Any]:
    found = by_severity(_standing(claim))
    value, name = _RATINGS[found[0].severity if found else "none"]
    reasons = [one_line(one.reason) for one in found]
    faithful = [f"Faithful: {one_line(one.suggestion)}" for one in found if one.suggestion]
    review: dict[str, Any] = {
        "@type": "ClaimReview",
        "@id": f"urn:claimtrace:{claim.id}",
        "claimReviewed": one_line(claim.text),
        "author": author,
        "itemReviewed": {"@type": "Claim", "appearance": _article(document), "author": _speaker(document)},
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": value,
            "bestRating": 4,
            "worstRating": 1,
            "alternateName": name,
        },
    }
    if reasons:
        review["reviewRating"]["ratingExplanation"] = " ".join(reasons)
        review["reviewBody"] = " ".join((*reasons, *faithful))
    where = web_address(document.document.url)
    if where:
        review["itemReviewed"]["firstAppearance"] = {"@type": "CreativeWork", "url": where}
    if study is not None:
        review["isBasedOn"] = _study(study)
    return review


def _standing(claim: Claim) -> tuple[Overstatement, ...]:
    """What is found, without what somebody lets stand: nobody publishes a rating against what they accepted."""
    return tuple(one for one in claim.overstatements if one.accepted is None)


def _article(document: ScannedDocument) -> dict[str, Any]:
    about = document.document
    article: dict[str, Any] = {"@type": "Article", "url": web_address(about.url) or file_address(about.path)}
    if about.title:
        article["headline"] = one_line(about.title)
    if about.published:
        article["datePublished"] = one_line(about.published)
    return article


def _speaker(document: ScannedDocument) -> dict[str, Any]:
    """Who made the claim: the article's author, else the site that carries it; consumers ask for one or the other."""
    if document.document.author:
        return {"@type": "Person", "name": one_line(document.document.author)}
    site = urlsplit(web_address(document.document.url) or "").hostname
    return {"@type": "Organization", "name": site or "not stated"}


def _study(study: Study) -> dict[str, Any]:
    made: dict[str, Any] = {"@type": "ScholarlyArticle", "name": one_line(study.title)}
    where = address(study)
    if where:
        made["url"] = where
    if study.journal:
        made["isPartOf"] = {"@type": "Periodical", "name": one_line(study.journal)}
    if study.published:
        made["datePublished"] = one_line(study.published)
    return made
