"""Identifiers of records: family name, year, word of the title."""

from __future__ import annotations

import re
import unicodedata

from claimtrace.model.studies import Study
from claimtrace.studies.formats.fields import vocabulary
from claimtrace.studies.normal import title_key

_OTHERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"}
)


def base_identifier(study: Study) -> str:
    """``kim-2009-seeding``: first author's family name, year, first telling word of the title, in plain letters.

    What is not known is left out or named so (``anonymous``, ``undated``). It need not be unique; ``numbered`` makes
    it so.
    """
    family = _letters(study.authors[0].family if study.authors else "")
    words = [_letters(word) for word in title_key(study.title).split()]
    telling = next(
        (
            word
            for word in words
            if len(word) > 3 and not word.isdigit() and word not in vocabulary().title_stop_words
        ),
        next((word for word in words if word), "untitled"),
    )
    return f"{family[:40] or 'anonymous'}-{study.year or 'undated'}-{telling[:30]}"


def numbered(base: str, number: int) -> str:
    """The identifier itself for the first of its kind, else ``kim-2009-seeding-2`` and so on."""
    return base if number <= 1 else f"{base}-{number}"


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower().translate(_OTHERS))
    return re.sub(r"[^a-z0-9]", "", plain)
