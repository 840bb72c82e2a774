"""The published form of a study record: what may stand in it, and what is said when something else does.

The pydantic model is lenient in what it takes (a name instead of an author object, one word instead of a list)
and exact in what it gives: ``claimtrace.model.studies.Study``. Its descriptions are the ones that an error
message and the JSON Schema show.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from claimtrace.model.studies import Study
from claimtrace.studies import normal
from claimtrace.studies.catalogue import RecordProblem
from claimtrace.studies.plain import study_from_json, study_to_json
from claimtrace.studies.record_parts import (
    Advice,
    AdviceRecord,
    AuthorRecord,
    Authors,
    Design,
    Doi,
    FindingRecord,
    Findings,
    InterventionRecord,
    Interventions,
    IsoDate,
    LimitRecord,
    Limits,
    Line,
    Lines,
    ModelRecord,
    Models,
    OptionalLine,
    OutcomeRecord,
    Outcomes,
    Pmcid,
    Pmid,
    Related,
    RelatedRecord,
    SampleRecord,
    Samples,
    SourceRecord,
    Sources,
    Status,
    StatusRecord,
)

__all__ = ["StudyRecord", "parse_record", "parse_records", "study_to_json"]

DESIGNS = (
    "randomised-trial",
    "non-randomised-trial",
    "cohort",
    "case-control",
    "cross-sectional",
    "case-series",
    "systematic-review",
    "meta-analysis",
    "animal-experiment",
    "cell-experiment",
    "mixed-experiment",
    "modelling",
    "qualitative",
    "diagnostic",
)


class StudyRecord(BaseModel):
    """A primary study. Only ``id`` and ``title`` are required; unknown fields are kept."""

    model_config = ConfigDict(extra="allow", populate_by_name=True, title="Study record")

    id: Annotated[Line, Field(max_length=200)] = Field(
        description="an identifier of at most 200 signs, such as family-year-word (text)"
    )
    title: Line = Field(description="the title (text)")
    journal: OptionalLine = Field(default=None, description="the journal (text)")
    published: IsoDate = Field(default=None, description="an ISO date such as 2017-07-05, or a year")
    doi: Doi = Field(default=None, description="a DOI such as 10.1126/scitranslmed.aan0026")
    pmid: Pmid = Field(default=None, description="a PubMed identifier (digits)")
    pmcid: Pmcid = Field(default=None, description="a PubMed Central identifier such as PMC5592784")
    url: OptionalLine = Field(default=None, description="an address (text)")
    authors: Authors = Field(
        default_factory=list[AuthorRecord], description="the authors in print order (list of objects or names)"
    )
    institutions: Lines = Field(default_factory=list[str], description="institutions as printed (list of texts)")
    abstract: OptionalLine = Field(default=None, description="the abstract (text)")
    aliases: Lines = Field(
        default_factory=list[str], description="terms that articles use for it or its parts (list of texts)"
    )
    design: Design = Field(default=None, description=f"the design (text); known: {', '.join(DESIGNS)}")
    species: Lines = Field(default_factory=list[str], description="species such as human, mouse (list of texts)")
    models: Models = Field(default_factory=list[ModelRecord], description="experimental models (list of objects)")
    sample: Samples = Field(
        default_factory=list[SampleRecord], description="who was studied and how many (list of objects or texts)"
    )
    conditions: Lines = Field(default_factory=list[str], description="diseases or conditions (list of texts)")
    interventions: Interventions = Field(
        default_factory=list[InterventionRecord], description="treatments or exposures (list of objects or texts)"
    )
    outcomes: Outcomes = Field(
        default_factory=list[OutcomeRecord], description="what was measured (list of objects or texts)"
    )
    findings: Findings = Field(default_factory=list[FindingRecord], description="findings (list of objects or texts)")
    limits: Limits = Field(
        default_factory=list[LimitRecord], description="what the study cannot show (list of objects or texts)"
    )
    advice: Advice = Field(
        default_factory=list[AdviceRecord], description="what the authors advise (list of objects or texts)"
    )
    status: Status = Field(
        default_factory=lambda: StatusRecord(state="published"),
        description="published, corrected, concern or retracted, or an object with state, date and source",
    )
    related: Related = Field(
        default_factory=list[RelatedRecord], description="press releases, comments, errata (list of objects)"
    )
    sources: Sources = Field(
        default_factory=list[SourceRecord], description="where facts were checked (list of objects or texts)"
    )


def parse_record(
    data: object, where: str, index: int | None = None, line: int | None = None
) -> Study | RecordProblem:
    """One record as a study, or what is wrong with it.

    Args:
        data: the record as read from JSON.
        where: file or other origin, for the message.
        index: number of the record within ``where``, from 0.
        line: line within ``where``, from 1.
    """
    if not isinstance(data, Mapping):
        return RecordProblem(where, index, None, None, f"expected a record (an object), found {_kind_of(data)}", line)
    record = cast("Mapping[str, Any]", data)
    try:
        checked = StudyRecord.model_validate(record)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        given = record.get("id")
        name = normal.clean(given)[:200] if isinstance(given, str) else None
        field, expected = _expectation(first["loc"])
        found = "nothing" if first["type"] == "missing" else _kind_of(first["input"])
        return RecordProblem(where, index, name or None, field, f"{expected}, found {found}", line)
    return study_from_json(checked.model_dump(by_alias=True))


def parse_records(data: Iterable[object], where: str) -> tuple[list[Study], list[RecordProblem]]:
    """Read records; those that are invalid are named, the others load.

    Args:
        data: records as read from JSON.
        where: file or other origin, for the messages.

    Returns:
        The studies in the order given, and the problems. Of two records with the same identifier the second
        is a problem.
    """
    studies: dict[str, Study] = {}
    problems: list[RecordProblem] = []
    for index, each in enumerate(data):
        result = parse_record(each, where, index)
        if isinstance(result, RecordProblem):
            problems.append(result)
        elif result.id in studies:
            problems.append(
                RecordProblem(
                    where, index, result.id, "id", "an identifier of its own, found one that an earlier record has"
                )
            )
        else:
            studies[result.id] = result
    return list(studies.values()), problems


def _expectation(location: tuple[int | str, ...]) -> tuple[str, str]:
    """Path of a field and what belongs there, from the place that pydantic names."""
    model: type[BaseModel] | None = StudyRecord
    path: list[str] = []
    expected = "a value of another kind"
    for step in location:
        if isinstance(step, int):
            path.append(str(step))
            continue
        field = next(
            (each for name, each in (model.model_fields if model else {}).items() if step in (name, each.alias)), None
        )
        if field is None:
            break
        path.append(step)
        expected = field.description or expected
        model = _PARTS.get(step)
    return ".".join(path), expected


_PARTS: dict[str, type[BaseModel]] = {
    "authors": AuthorRecord,
    "models": ModelRecord,
    "sample": SampleRecord,
    "interventions": InterventionRecord,
    "outcomes": OutcomeRecord,
    "findings": FindingRecord,
    "limits": LimitRecord,
    "advice": AdviceRecord,
    "status": StatusRecord,
    "related": RelatedRecord,
    "sources": SourceRecord,
}


def _kind_of(value: object) -> str:
    """What was found, short and safe to print."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            text = normal.clean(value)
            return f'"{text[:40]}{"…" if len(text) > 40 else ""}"' if text else "empty text"
        case int() | float():
            return str(value)[:40]
        case list():
            return "a list"
        case _:
            return "an object" if isinstance(value, Mapping) else "something else"
