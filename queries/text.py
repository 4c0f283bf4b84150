"""Reading the text of a query without running it: what it returns, names, binds; strings and comments set apart."""

import re
from dataclasses import dataclass
from functools import cache

_PLACEHOLDER = re.compile(r"\$([A-Za-z_][A-Za-z0-9_]*)")
_TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)|(?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?P<quoted>`[^`]*`)""",
    re.DOTALL,
)
_OPEN, _CLOSE = "([{", ")]}"
_ALIAS = re.compile(r"(?is)^.*\bAS\s+(`[^`]+`|\w+)\s*$")
_TAIL = re.compile(r"(?i)\b(ORDER\s+BY|SKIP|LIMIT)\b")


@dataclass(frozen=True)
class Line:
    """The tail of a query: what comes after RETURN.

    Attributes:
        columns: Names returned, in order.
        distinct: RETURN DISTINCT.
        order: Sort keys, without ASC and DESC.
        limit: What LIMIT is given; empty without one.
    """

    columns: tuple[str, ...]
    distinct: bool
    order: tuple[str, ...]
    limit: str


def bare(query: str) -> str:
    """Return a query of the same length with comments blanked and the insides of strings replaced by spaces."""

    def blank(found: re.Match[str]) -> str:
        text = found[0]
        if found["comment"] is not None:
            return " " * len(text)
        return text[0] + " " * (len(text) - 2) + text[-1] if found["string"] is not None else text

    return _TOKEN.sub(blank, query)


def comments(query: str) -> list[str]:
    """Return the comments of a query."""
    return [found["comment"] for found in _TOKEN.finditer(query) if found["comment"] is not None]


@cache
def placeholders(query: str) -> frozenset[str]:
    """Return the names of a query's parameters."""
    return frozenset(_PLACEHOLDER.findall(bare(query)))


def depths(text: str) -> list[int]:
    """Return for each character of a bare text how many brackets are open before it."""
    found, depth = [], 0
    for character in text:
        found.append(depth)
        depth += (character in _OPEN) - (character in _CLOSE)
    return found


def split_top(text: str) -> list[str]:
    """Split a bare text at commas outside brackets."""
    parts, start = [], 0
    for at, (character, depth) in enumerate(zip(text, depths(text), strict=True)):
        if character == "," and depth == 0:
            parts.append(text[start:at])
            start = at + 1
    return [part.strip() for part in [*parts, text[start:]] if part.strip()]


def _last_return(text: str) -> str:
    depth = depths(text)
    starts = [found.end() for found in re.finditer(r"(?i)\bRETURN\b", text) if depth[found.start()] == 0]
    return text[starts[-1] :] if starts else ""


@cache
def tail(query: str) -> Line:
    """Read what comes after the last RETURN outside brackets."""
    text = _last_return(bare(query))
    clauses = [(found.start(), found.end(), found[1].split()[0].upper()) for found in _TAIL.finditer(text)]
    head = text[: clauses[0][0]] if clauses else text
    distinct = re.match(r"(?i)\s*DISTINCT\b", head)
    items = split_top(head[distinct.end() :] if distinct else head)
    columns = tuple((_ALIAS.sub(r"\1", item) if _ALIAS.match(item) else item).strip().strip("`") for item in items)
    bodies = {
        word: text[end : clauses[at + 1][0] if at + 1 < len(clauses) else len(text)].strip()
        for at, (_, end, word) in enumerate(clauses)
    }
    keys = [re.sub(r"(?i)\s+(ASC|DESC)\w*$", "", key).strip("` ") for key in split_top(bodies.get("ORDER", ""))]
    return Line(columns, distinct is not None, tuple(keys), bodies.get("LIMIT", ""))
