"""Studies as plain data and back, without validation and without heavy imports.

Records that claimtrace ships or has stored itself are already valid; they are built here directly, because
a scan must not pay for a validator at start-up. Records from outside go through ``studies.record`` first.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from claimtrace.model.studies import (
    Author,
    Finding,
    Note,
    Related,
    Sample,
    Source,
    Status,
    Study,
    StudyIntervention,
    StudyModel,
    StudyOutcome,
)

Plain = Mapping[str, Any]

# Fields of a record in the order in which they are written.
FIELDS = (
    "id",
    "title",
    "journal",
    "published",
    "doi",
    "pmid",
    "pmcid",
    "url",
    "authors",
    "institutions",
    "abstract",
    "aliases",
    "design",
    "species",
    "models",
    "sample",
    "conditions",
    "interventions",
    "outcomes",
    "findings",
    "limits",
    "advice",
    "status",
    "related",
    "sources",
)
_KNOWN = frozenset(FIELDS)


def study_from_json(record: Plain) -> Study:
    """Build a study from a valid record in claimtrace's own form; absent fields take their defaults.

    Raises:
        KeyError, TypeError: the record is not valid. Check records from outside with ``parse_records``.
    """
    get = record.get
    status = get("status")
    return Study(
        id=record["id"],
        title=record["title"],
        abstract=get("abstract"),
        authors=tuple(
            Author(one["family"], one.get("given"), tuple(one.get("also_known_as") or ()))
            for one in _list(get("authors"))
        ),
        journal=get("journal"),
        published=get("published"),
        doi=get("doi"),
        pmid=get("pmid"),
        pmcid=get("pmcid"),
        url=get("url"),
        institutions=tuple(get("institutions") or ()),
        aliases=tuple(get("aliases") or ()),
        design=get("design"),
        species=tuple(get("species") or ()),
        models=tuple(StudyModel(one["name"], one["kind"]) for one in _list(get("models"))),
        sample=tuple(
            Sample(
                who=one["who"],
                number=one.get("number"),
                kind=one.get("kind") or "people",
                role=one.get("role"),
                sex=one.get("sex"),
                age=one.get("age"),
            )
            for one in _list(get("sample"))
        ),
        conditions=tuple(get("conditions") or ()),
        interventions=tuple(
            StudyIntervention(
                name=one["name"],
                terms=tuple(one.get("terms") or ()),
                classes=tuple(one.get("class") or ()),
                context=one.get("context"),
            )
            for one in _list(get("interventions"))
        ),
        outcomes=tuple(
            StudyOutcome(
                name=one["name"],
                kind=one.get("kind") or "measured",
                stands_for=one.get("stands_for"),
                where=one.get("in"),
            )
            for one in _list(get("outcomes"))
        ),
        findings=tuple(_finding(one, number) for number, one in enumerate(_list(get("findings")), start=1)),
        limits=tuple(_note(one) for one in _list(get("limits"))),
        advice=tuple(_note(one) for one in _list(get("advice"))),
        status=Status(status["state"], status.get("date"), status.get("source")) if status else Status(),
        related=tuple(
            Related(one["kind"], one.get("title"), one.get("url"), one.get("date"), one.get("institution"))
            for one in _list(get("related"))
        ),
        sources=tuple(Source(one["what"], one["where"], one.get("checked")) for one in _list(get("sources"))),
        extra={key: value for key, value in record.items() if key not in _KNOWN},
    )


def study_to_json(study: Study) -> dict[str, Any]:
    """A study as a record in claimtrace's own form, every field written; ``study_from_json`` is the way back."""
    return {
        "id": study.id,
        "title": study.title,
        "journal": study.journal,
        "published": study.published,
        "doi": study.doi,
        "pmid": study.pmid,
        "pmcid": study.pmcid,
        "url": study.url,
        "authors": [
            {"family": one.family, "given": one.given, "also_known_as": list(one.also_known_as)}
            for one in study.authors
        ],
        "institutions": list(study.institutions),
        "abstract": study.abstract,
        "aliases": list(study.aliases),
        "design": study.design,
        "species": list(study.species),
        "models": [{"name": one.name, "kind": one.kind} for one in study.models],
        "sample": [
            {
                "who": one.who,
                "number": one.number,
                "kind": one.kind,
                "role": one.role,
                "sex": one.sex,
                "age": one.age,
            }
            for one in study.sample
        ],
        "conditions": list(study.conditions),
        "interventions": [
            {"name": one.name, "terms": list(one.terms), "class": list(one.classes), "context": one.context}
            for one in study.interventions
        ],
        "outcomes": [
            {"name": one.name, "kind": one.kind, "stands_for": one.stands_for, "in": one.where}
            for one in study.outcomes
        ],
        "findings": [_finding_to_json(one) for one in study.findings],
        "limits": [{"text": one.text, "quote": one.quote} for one in study.limits],
        "advice": [{"text": one.text, "to": one.to, "quote": one.quote} for one in study.advice],
        "status": {"state": study.status.state, "date": study.status.date, "source": study.status.source},
        "related": [
            {
                "kind": one.kind,
                "title": one.title,
                "url": one.url,
                "date": one.date,
                "institution": one.institution,
            }
            for one in study.related
        ],
        "sources": [{"what": one.what, "where": one.where, "checked": one.checked} for one in study.sources],
        **study.extra,
    }


def compact_json(study: Study) -> str:
    """A record as one canonical line: sorted keys, empty fields left out. The same study gives the same line."""
    record = {key: value for key, value in study_to_json(study).items() if value not in (None, [], {})}
    if study.status == Status():
        del record["status"]
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def record_digest(line: str) -> bytes:
    """SHA-256 (32 bytes) of a record's canonical line."""
    return hashlib.sha256(line.encode("utf-8", "surrogatepass")).digest()


def _list(value: Sequence[Plain] | None) -> Sequence[Plain]:
    return value or ()


def _note(one: Plain) -> Note:
    return Note(one["text"], one.get("to"), one.get("quote"))


def _finding(one: Plain, number: int) -> Finding:
    get = one.get
    return Finding(
        id=get("id") or f"f{number}",
        statement=one["statement"],
        strength=get("strength"),
        role=get("role") or "main",
        population=get("population"),
        kind=get("kind"),
        condition=get("condition"),
        intervention=get("intervention"),
        outcome=get("outcome"),
        outcome_kind=get("outcome_kind"),
        direction=get("direction"),
        hedged=get("hedged"),
        magnitude=get("magnitude"),
        quote=get("quote"),
    )


def _finding_to_json(one: Finding) -> dict[str, Any]:
    return {
        "id": one.id,
        "role": one.role,
        "statement": one.statement,
        "strength": one.strength,
        "population": one.population,
        "kind": one.kind,
        "condition": one.condition,
        "intervention": one.intervention,
        "outcome": one.outcome,
        "outcome_kind": one.outcome_kind,
        "direction": one.direction,
        "hedged": one.hedged,
        "magnitude": one.magnitude,
        "quote": one.quote,
    }
