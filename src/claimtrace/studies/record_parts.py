"""The parts of a study record, and what is taken for each: a name instead of an author object, one word instead of a list.

The descriptions are the ones that an error message and the JSON Schema show.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from claimtrace.studies import normal


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


def _date(value: Any) -> Any:
    return _identifier(normal.published, value)


Line = Annotated[str, BeforeValidator(_text), Field(min_length=1)]
OptionalLine = Annotated[str | None, BeforeValidator(_text)]
Lines = Annotated[list[Line], BeforeValidator(_words)]
Where = Literal["people", "animals", "cells", "tissue"]
OptionalWhere = Annotated[Where | None, BeforeValidator(_word)]
IsoDate = Annotated[str | None, BeforeValidator(_date)]
Doi = Annotated[str | None, BeforeValidator(lambda value: _identifier(normal.doi, value))]
Pmid = Annotated[str | None, BeforeValidator(lambda value: _identifier(normal.pmid, value))]
Pmcid = Annotated[str | None, BeforeValidator(lambda value: _identifier(normal.pmcid, value))]
Design = Annotated[str | None, BeforeValidator(_design)]


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


class StatusRecord(_Part):
    """Whether the study still stands."""

    state: Annotated[Literal["published", "corrected", "concern", "retracted"], BeforeValidator(_word)] = Field(
        description="one of: published, corrected, concern, retracted"
    )
    date: IsoDate = Field(default=None, description="an ISO date such as 2010-02-02, or a year")
    source: OptionalLine = Field(default=None, description="where this was seen (text)")


class RelatedRecord(_Part):
    """A press release, comment, erratum or notice."""

    kind: Annotated[str, BeforeValidator(_hyphenated)] = Field(
        description="such as press-release, comment, erratum, retraction-notice (text)"
    )
    title: OptionalLine = Field(default=None, description="the title (text)")
    url: OptionalLine = Field(default=None, description="the address (text)")
    date: IsoDate = Field(default=None, description="an ISO date such as 2010-02-02, or a year")
    institution: OptionalLine = Field(default=None, description="who published it (text)")


class SourceRecord(_Part):
    """Where facts of the record were checked."""

    what: Line = Field(default="record", description="which facts (text)")
    where: Line = Field(description="where they were seen (text)")
    checked: IsoDate = Field(default=None, description="an ISO date such as 2026-11-24")


Authors = Annotated[list[Annotated[AuthorRecord, BeforeValidator(_person)]], BeforeValidator(_people)]
Models = Annotated[list[ModelRecord], BeforeValidator(_many)]
Samples = Annotated[list[Annotated[SampleRecord, _named("who")]], BeforeValidator(_many)]
Interventions = Annotated[list[Annotated[InterventionRecord, _named("name")]], BeforeValidator(_many)]
Outcomes = Annotated[list[Annotated[OutcomeRecord, _named("name")]], BeforeValidator(_many)]
Findings = Annotated[list[Annotated[FindingRecord, _named("statement")]], BeforeValidator(_many)]
Limits = Annotated[list[Annotated[LimitRecord, _named("text")]], BeforeValidator(_many)]
Advice = Annotated[list[Annotated[AdviceRecord, _named("text")]], BeforeValidator(_many)]
Status = Annotated[StatusRecord, BeforeValidator(_status)]
Related = Annotated[list[RelatedRecord], BeforeValidator(_many)]
Sources = Annotated[list[Annotated[SourceRecord, _named("where")]], BeforeValidator(_many)]
