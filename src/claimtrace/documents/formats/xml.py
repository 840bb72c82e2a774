"""XML that is no page, feed or office document."""

from __future__ import annotations

from claimtrace.documents.given import Given, Read
from claimtrace.documents.limits import limits
from claimtrace.documents.markup import local, parse_xml
from claimtrace.errors import InputError


def read(given: Given) -> Read:
    """Read a feed or a flat document whose root was not seen at once; say what any other XML is.

    Raises:
        InputError: it is XML of an unknown kind, or damaged.
    """
    from claimtrace.documents.formats import feed, odt

    data = given.whole(limits().markup_bytes)
    root = parse_xml(given.path, data, "XML file", mend=True)
    name = local(root)
    if name.lower() in ("rss", "feed", "rdf"):
        yield from feed.read_entries(given, root)
        return
    if name == "document" and "opendocument" in str(root.tag):
        given.stream.seek(0)
        yield from odt.read(given)
        return
    raise InputError(
        f"{given.path}: XML of a kind that is not read (<{name[:40]}>); give pages, feeds, or documents", "not-read"
    )
