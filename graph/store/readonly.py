"""Telling whether a query text only reads: neither engine may be trusted to refuse every other one."""

import re

from graph.store.errors import WriteRefused

# Strings, quoted names and comments are blanked: what they hold means nothing to the engines. A carriage return ends a
# comment on Neo4j and not on kglite; what follows it is looked at.
_QUOTED = re.compile(r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:``|[^`])*`|//[^\r\n]*""", re.DOTALL)
# A name after `.`, `:`, `|`, `&` or `$` is a property, label, type or parameter, whatever word it is.
_NO_NAME = r"(?<![\w:|$&])(?<![A-Za-z_)\]}]\.)"
_REFUSED = (
    re.compile(
        rf"{_NO_NAME}(?:CREATE|MERGE|SET|DELETE|DETACH|NODETACH|REMOVE|INSERT|FOREACH|DROP|ALTER|LOAD|USE)\b", re.I
    ),
    # Of the server, not of the graph.
    re.compile(r"^\W*(?:(?:EXPLAIN|PROFILE)\s+)?(?:SHOW|TERMINATE|GRANT|DENY|REVOKE|START|STOP|RENAME)\b", re.I),
    # `CALL { … }` and `CALL (x) { … }` read; every other CALL is a procedure.
    re.compile(rf"{_NO_NAME}CALL\b(?!\s*[({{])", re.I),
    re.compile(r"\bTRANSACTIONS\b", re.I),
    re.compile(r";\s*[^\s;]"),
    # What is left of a quote or comment without an end could hide anything.
    re.compile(r"""/\*|`|"|'"""),
)


def check_read_only(query: str) -> None:
    r"""Refuse a text that writes, changes the schema, calls procedures, reads files or holds several statements.

    Args:
        query: Cypher text. `\u` is refused wherever it stands, since Neo4j reads such escapes before it reads quotes.

    Raises:
        WriteRefused: It does one of these, or might.
    """
    text = _QUOTED.sub(" ", query)
    if "\\u" in query.casefold() or any(found.search(text) for found in _REFUSED):
        raise WriteRefused
