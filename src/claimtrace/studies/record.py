"""The published form of a study record: what may stand in it, and what is said when something else does.

The pydantic model is lenient in what it takes (a name instead of an author object, one word instead of a list)
and exact in what it gives: ``claimtrace.model.studies.Study``. Its descriptions are the ones that an error
message and the JSON Schema show.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from claimtrace.model.studies import Study
from claimtrace.studies import normal
from claimtrace.studies.catalogue import RecordProblem
from claimtrace.studies.plain import study_from_json, study_to_json

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


def _text(value: Any) -> Any:
    """Text without control characters; blank text is none."""
    return (normal.clean(value) or None) if isinstance(value, str) else value


def _word(value: Any) -> Any:
    """A controlled word, however it is spelt: ``No_Effect`` is ``no effect``, ``Null Result`` ``null-result``."""
    return normal.clean(value).lower().replace("_", " ") or None if isinstance(value, str) else value


def _hyphenated(value: Any) -> Any:
    word = _word(value)
    return word.replace(" ", "-") if isinstance(word, str) else word


def _design(value: Any) -> Any:
    word = _hyphenated(value)
    return word.replace("randomized", "randomised") if isinstance(word, str) else word


def _many(value: Any) -> Any:
    """A single thing where a list is expected, or nothing at all."""
    if value is None or value == "":
        return []
    return [value] if isinstance(value, str | dict) else value


def _identifier(read: Any, value: Any) -> Any:
    if value is None or value == "":
        return None
    found = read(value)
    if found is None:
        raise ValueError("not an identifier of this kind")
    return found


def _person(value: Any) -> Any:
    if isinstance(value, str):
        name = normal.person(value)
        return {"family": name[0], "given": name[1]} if name else value
    if isinstance(value, dict) and "family" not in value:
        person = cast("dict[str, Any]", value)
        name = normal.person(str(person.get("literal") or person.get("name") or ""))
        if name:
            rest = {key: each for key, each in person.items() if key not in ("literal", "name")}
            return {"given": name[1], **rest, "family": name[0]}
    return cast("Any", value)


def _people(value: Any) -> Any:
    return [each for each in value.split(";") if each.strip()] if isinstance(value, str) else _many(value)


def _words(value: Any) -> Any:
    return [each for each in value.split(";") if each.strip()] if isinstance(value, str) else _many(value)


def _named(key: str) -> BeforeValidator:
    """A bare text stands for an object that has nothing but ``key``."""
    return BeforeValidator(lambda value: {key: value} if isinstance(value, str) else value)


def _status(value: Any) -> Any:
    if value is None:
        return {"state": "published"}
    return {"state": value} if isinstance(value, str) else value


def _number(value: Any) -> Any:
    return value.replace(",", "").strip() or None if isinstance(value, str) else value


Line = Annotated[str, BeforeValidator(_text), Field(min_length=1)]
OptionalLine = Annotated[str | None, BeforeValidator(_text)]
Lines = Annotated[list[Line], BeforeValidator(_words)]
Where = Literal["people", "animals", "cells", "tissue"]
OptionalWhere = Annotated[Where | None, BeforeValidator(_word)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", populate_by_name=True)


class AuthorRecord(_Part):
    """A person of the author list."""

    family: Line = Field(description="the family name (text)")
    given: OptionalLine = Field(default=None, description="the given name or initials (text)")
    also_known_as: Lines = Field(default_factory=list[str], description="other spellings of the name (list of texts)")


class ModelRecord(_Part):
    """An experimental model."""

    name: Line = Field(description="the name of the model (text)")
    kind: Annotated[Literal["animals", "xenograft", "cells", "tissue", "organoids"], BeforeValidator(_word)] = Field(
        description="one of: animals, xenograft, cells, tissue, organoids"
    )


class SampleRecord(_Part):
    """Who was studied."""

    who: Line = Field(description="who was studied (text)")
    number: Annotated[Annotated[int, Field(ge=0)] | None, BeforeValidator(_number)] = Field(
        default=None, description="a whole number of heads or specimens, 0 or more"
    )
    kind: Annotated[Where, BeforeValidator(_word)] = Field(
        default="people", description="one of: people, animals, cells, tissue"
    )
    role: OptionalLine = Field(default=None, description="such as patients, volunteers, general population (text)")
    sex: OptionalLine = Field(default=None, description="women, men or nothing (text)")
    age: OptionalLine = Field(default=None, description="the age as printed (text)")


class InterventionRecord(_Part):
    """A treatment or exposure."""

    name: Line = Field(description="the treatment or exposure (text)")
    terms: Lines = Field(default_factory=list[str], description="terms for it (list of texts)")
    classes: Lines = Field(
        default_factory=list[str], alias="class", description="wider classes, nearest first (list of texts)"
    )
    context: OptionalLine = Field(default=None, description="when or how it was given (text)")


class OutcomeRecord(_Part):
    """What was measured."""

    name: Line = Field(description="what was measured (text)")
    kind: Annotated[Literal["measured", "marker"], BeforeValidator(_word)] = Field(
        default="measured", description="one of: measured, marker"
    )
    stands_for: OptionalLine = Field(default=None, description="what a marker stands for (text)")
    where: OptionalWhere = Field(default=None, alias="in", description="one of: people, animals, cells, tissue")


class FindingRecord(_Part):
    """One finding, in the words of whoever made the record."""

    id: OptionalLine = Field(default=None, description="an identifier within the record (text)")
    role: Annotated[
        Literal["main", "supporting", "remedy", "benefit", "null-result"], BeforeValidator(_hyphenated)
    ] = Field(default="main", description="one of: main, supporting, remedy, benefit, null-result")
    statement: Line = Field(description="the finding in one sentence (text)")
    strength: Annotated[int, Field(ge=0, le=6)] | None = Field(
        default=None, description="a whole number from 0 to 6 (Adams et al. 2017)"
    )
    population: OptionalLine = Field(default=None, description="in whom (text)")
    kind: OptionalWhere = Field(default=None, description="one of: people, animals, cells, tissue")
    condition: OptionalLine = Field(default=None, description="the disease or condition (text)")
    intervention: OptionalLine = Field(default=None, description="the treatment or exposure (text)")
    outcome: OptionalLine = Field(default=None, description="the outcome (text)")
    outcome_kind: Annotated[Literal["measured", "marker"] | None, BeforeValidator(_word)] = Field(
        default=None, description="one of: measured, marker"
    )
    direction: Annotated[Literal["increases", "decreases", "no effect", "unclear"] | None, BeforeValidator(_word)] = (
        Field(default=None, description="one of: increases, decreases, no effect, unclear")
    )
    hedged: bool | None = Field(default=None, description="true or false")
    magnitude: OptionalLine = Field(default=None, description="the size of the effect as printed (text)")
    quote: OptionalLine = Field(default=None, description="the sentence of the abstract that carries it (text)")


class LimitRecord(_Part):
    """What the study cannot show."""

    text: Line = Field(description="what the study cannot show (text)")
    quote: OptionalLine = Field(default=None, description="the study's own words (text)")


class AdviceRecord(_Part):
    """What the authors advise or warn."""

    text: Line = Field(description="what the authors advise (text)")
    to: Annotated[Literal["experts", "readers"] | None, BeforeValidator(_word)] = Field(
        default=None, description="one of: experts, readers"
    )
    quote: OptionalLine = Field(default=None, description="the study's own words (text)")


def _date(value: Any) -> Any:
    return _identifier(normal.published, value)


class StatusRecord(_Part):
    """Whether the study still stands."""

    state: Annotated[Literal["published", "corrected", "concern", "retracted"], BeforeValidator(_word)] = Field(
        description="one of: published, corrected, concern, retracted"
    )
    date: Annotated[str | None, BeforeValidator(_date)] = Field(
        default=None, description="an ISO date such as 2010-02-02, or a year"
    )
    source: OptionalLine = Field(default=None, description="where this was seen (text)")


class RelatedRecord(_Part):
    """A press release, comment, erratum or notice."""

    kind: Annotated[str, BeforeValidator(_hyphenated)] = Field(
        description="such as press-release, comment, erratum, retraction-notice (text)"
    )
    title: OptionalLine = Field(default=None, description="the title (text)")
    url: OptionalLine = Field(default=None, description="the address (text)")
    date: Annotated[str | None, BeforeValidator(_date)] = Field(
        default=None, description="an ISO date such as 2010-02-02, or a year"
    )
    institution: OptionalLine = Field(default=None, description="who published it (text)")


class SourceRecord(_Part):
    """Where facts of the record were checked."""

    what: Line = Field(default="record", description="which facts (text)")
    where: Line = Field(description="where they were seen (text)")
    checked: Annotated[str | None, BeforeValidator(_date)] = Field(
        default=None, description="an ISO date such as 2026-11-24"
    )


class StudyRecord(BaseModel):
    """A primary study. Only ``id`` and ``title`` are required; unknown fields are kept."""

    model_config = ConfigDict(extra="allow", populate_by_name=True, title="Study record")

    id: Annotated[Line, Field(max_length=200)] = Field(
        description="an identifier of at most 200 signs, such as family-year-word (text)"
    )
    title: Line = Field(description="the title (text)")
    journal: OptionalLine = Field(default=None, description="the journal (text)")
    published: Annotated[str | None, BeforeValidator(_date)] = Field(
        default=None, description="an ISO date such as 2017-07-05, or a year"
    )
    doi: Annotated[str | None, BeforeValidator(lambda value: _identifier(normal.doi, value))] = Field(
        default=None, description="a DOI such as 10.1126/scitranslmed.aan0026"
    )
    pmid: Annotated[str | None, BeforeValidator(lambda value: _identifier(normal.pmid, value))] = Field(
        default=None, description="a PubMed identifier (digits)"
    )
    pmcid: Annotated[str | None, BeforeValidator(lambda value: _identifier(normal.pmcid, value))] = Field(
        default=None, description="a PubMed Central identifier such as PMC5592784"
    )
    url: OptionalLine = Field(default=None, description="an address (text)")
    authors: Annotated[list[Annotated[AuthorRecord, BeforeValidator(_person)]], BeforeValidator(_people)] = Field(
        default_factory=list[AuthorRecord], description="the authors in print order (list of objects or names)"
    )
    institutions: Lines = Field(default_factory=list[str], description="institutions as printed (list of texts)")
    abstract: OptionalLine = Field(default=None, description="the abstract (text)")
    aliases: Lines = Field(
        default_factory=list[str], description="terms that articles use for it or its parts (list of texts)"
    )
    design: Annotated[str | None, BeforeValidator(_design)] = Field(
        default=None, description=f"the design (text); known: {', '.join(DESIGNS)}"
    )
    species: Lines = Field(default_factory=list[str], description="species such as human, mouse (list of texts)")
    models: Annotated[list[ModelRecord], BeforeValidator(_many)] = Field(
        default_factory=list[ModelRecord], description="experimental models (list of objects)"
    )
    sample: Annotated[list[Annotated[SampleRecord, _named("who")]], BeforeValidator(_many)] = Field(
        default_factory=list[SampleRecord], description="who was studied and how many (list of objects or texts)"
    )
    conditions: Lines = Field(default_factory=list[str], description="diseases or conditions (list of texts)")
    interventions: Annotated[list[Annotated[InterventionRecord, _named("name")]], BeforeValidator(_many)] = Field(
        default_factory=list[InterventionRecord], description="treatments or exposures (list of objects or texts)"
    )
    outcomes: Annotated[list[Annotated[OutcomeRecord, _named("name")]], BeforeValidator(_many)] = Field(
        default_factory=list[OutcomeRecord], description="what was measured (list of objects or texts)"
    )
    findings: Annotated[list[Annotated[FindingRecord, _named("statement")]], BeforeValidator(_many)] = Field(
        default_factory=list[FindingRecord], description="findings (list of objects or texts)"
    )
    limits: Annotated[list[Annotated[LimitRecord, _named("text")]], BeforeValidator(_many)] = Field(
        default_factory=list[LimitRecord], description="what the study cannot show (list of objects or texts)"
    )
    advice: Annotated[list[Annotated[AdviceRecord, _named("text")]], BeforeValidator(_many)] = Field(
        default_factory=list[AdviceRecord], description="what the authors advise (list of objects or texts)"
    )
    status: Annotated[StatusRecord, BeforeValidator(_status)] = Field(
        default_factory=lambda: StatusRecord(state="published"),
        description="published, corrected, concern or retracted, or an object with state, date and source",
    )
    related: Annotated[list[RelatedRecord], BeforeValidator(_many)] = Field(
        default_factory=list[RelatedRecord], description="press releases, comments, errata (list of objects)"
    )
    sources: Annotated[list[Annotated[SourceRecord, _named("where")]], BeforeValidator(_many)] = Field(
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
