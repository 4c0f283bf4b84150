"""Rules for the text of a query: the subset of Cypher that means the same on both engines (`cypher.md`'s checklist)."""

import re
from collections.abc import Callable, Iterator

from graph.store.errors import WriteRefused
from graph.store.readonly import check_read_only
from queries.lint_constructs import FORBIDDEN_CONSTRUCTS
from queries.text import bare, comments, depths, split_top, tail

MOST_HOPS = 6
RESERVED = frozenset(
    {"end", "where", "limit", "with", "when", "then", "else", "case", "match", "return", "exists", "and", "or", "skip"}
    | {"optional", "unwind", "order", "desc", "all"}
)
_CLAUSE = re.compile(
    r"(?i)\b(OPTIONAL\s+MATCH|MATCH|WHERE|WITH|RETURN|UNWIND|CALL|UNION(?:\s+ALL)?|ORDER\s+BY|SKIP|LIMIT)\b"
)
_NODE = re.compile(r"\(\s*([A-Za-z_]\w*)\s*(?=[:){])")
_RELATION = re.compile(r"\[\s*([A-Za-z_]\w*)\s*(?=[:\]*])")
_LOCAL = re.compile(r"(?i)(?:\b(?:all|any|none|single)\s*\(|\[)\s*(\w+)\s+IN\b")
# Types of which a whole register holds a handful, and the property by which a population is counted: these may be gone
# through without an anchor.
_FEW = ("Threshold",)
_COUNTED_BY = ("village",)
_AGGREGATE = re.compile(r"(?i)\bcount\s*\(\s*\*\s*\)")

Rule = tuple[str, str, str]


def clauses(text: str) -> list[tuple[str, str]]:
    """Cut a bare text into (keyword, body) in order, whatever the nesting."""
    found = list(_CLAUSE.finditer(text))
    ends = [one.start() for one in found[1:]] + [len(text)]
    return [(re.sub(r"\s+", " ", one[1]).upper(), text[one.end() : end]) for one, end in zip(found, ends, strict=True)]


def variables(text: str) -> set[str]:
    """Return the names that patterns give to nodes and relationships."""
    matched = " ".join(body for word, body in clauses(text) if word.endswith("MATCH"))
    return set(_NODE.findall(matched)) | set(_RELATION.findall(matched))


def _forbidden(text: str) -> Iterator[Rule]:
    for pattern, rule, zh, en in FORBIDDEN_CONSTRUCTS:
        found = re.search(pattern, text)
        if found is not None:
            yield rule, f"{zh}:{found[0].strip()}", f"{en}: {found[0].strip()}"


def _letters(text: str) -> Iterator[Rule]:
    tail_start = max((found.start() for found in re.finditer(r"(?i)\bRETURN\b", text)), default=0)
    named = text[:tail_start] + re.sub(r"`[^`]*`", "", text[tail_start:])
    strange = sorted({character for character in named if not character.isascii()})
    if strange:
        shown = "".join(strange[:5])
        yield "ascii", f"名称只用 ASCII:{shown}", f"names are ASCII: {shown}"


def _paths(text: str) -> Iterator[Rule]:
    for found in re.finditer(r"\[([^\[\]]*)\]", text):
        star = re.search(r":[^*]*\*\s*(.*)$|^\s*\w*\s*\*\s*(.*)$", found[1])
        if star is None or re.match(r"(?i)\s*\w+\s+IN\b", found[1]):
            continue
        bound = re.fullmatch(r"(\d+)\s*\.\.\s*(\d+)\s*", star[1] if star[1] is not None else star[2] or "")
        if bound is None or int(bound[2]) > MOST_HOPS:
            yield "hops", f"可变长路径要写明 1 至 {MOST_HOPS}:{found[0]}", f"bounds of 1 to {MOST_HOPS}: {found[0]}"


def _anchored(name: str, pattern: str, where: str) -> bool:
    if re.search(rf"\(\s*{name}\s*:(?:{'|'.join(_FEW)})\s*\)", pattern):
        return True
    found = re.search(rf"\b{name}\.(\w+)\s*(=|IN)\s*(\$|\w)", where)
    return found is not None and ((found[1] == "id" and found[3] == "$") or found[1] in _COUNTED_BY)


def _anchors(text: str) -> Iterator[Rule]:
    """Every pattern starts, leftmost, at a node that is bound or anchored by its id."""
    bound: set[str] = set()
    cut = clauses(text)
    for at, (word, body) in enumerate(cut):
        if word in ("WITH", "UNWIND", "RETURN"):
            bound |= set(re.findall(r"(?i)\bAS\s+(\w+)", body))
        if not word.endswith("MATCH"):
            continue
        where = cut[at + 1][1] if at + 1 < len(cut) and cut[at + 1][0] == "WHERE" else ""
        for pattern in split_top(re.split(r"[{}]", body)[0]):
            first = re.search(r"\(\s*(\w*)[^()]*\)", pattern)
            name = first[1] if first else ""
            maps = re.search(r"\(\s*\w*\s*(?::[\w|]+)?\s*\{", body)
            if maps is not None:
                yield "maps", f"条件写进 WHERE,不写进 {{}}:{maps[0]}", f"tests go into WHERE, not into {{}}: {maps[0]}"
            if name not in bound and not _anchored(name, pattern, where):
                shown = pattern.strip()[:40]
                yield (
                    "anchor",
                    f"每个模式最左端须已绑定或以 id 锚定:{shown}",
                    f"a pattern starts bound or anchored: {shown}",
                )
            bound |= set(_NODE.findall(pattern)) | set(_RELATION.findall(pattern))


def _names(text: str) -> Iterator[Rule]:
    """A name is used once: kglite takes the outer one for a local variable of the same name."""
    outer = variables(text)
    aliases = set(re.findall(r"(?i)\bAS\s+(\w+)", text))
    local = _LOCAL.findall(text)
    for name in sorted(set(local)):
        if local.count(name) > 1 or name in outer | aliases:
            yield "names", f"列表变量 {name} 与别的名称重复", f"the list variable {name} is named like something else"
    # What UNWIND takes out of a list of nodes is a node, and patterns go on from it.
    unwound = set(re.findall(r"(?i)\bUNWIND\s+\w+\s+AS\s+(\w+)", text))
    for name in sorted((aliases - unwound) & outer):
        yield "names", f"别名 {name} 与节点或关系同名", f"the alias {name} is a node's or relationship's name"
    for name in sorted((outer | aliases | set(local)) & RESERVED):
        yield "names", f"不用保留字作名称:{name}", f"a reserved word is no name: {name}"


def _optional(text: str) -> Iterator[Rule]:
    """`OPTIONAL MATCH … WITH q, count(*)` puts all rows into the null group on kglite."""
    optional: set[str] = set()
    for word, body in clauses(text):
        if word == "OPTIONAL MATCH":
            optional |= set(_NODE.findall(body)) | set(_RELATION.findall(body))
        elif word in ("WITH", "RETURN") and _AGGREGATE.search(body):
            for item in split_top(body):
                if item in optional:
                    yield "optional", f"按 {item}.id 分组,或用 count(x)", f"group by {item}.id, or count(x)"


def _collects(text: str) -> Iterator[Rule]:
    for found in re.finditer(r"(?i)\bcollect\s*\(", text):
        if not re.search(r"(?i)\bORDER\s+BY\b", text[: found.start()]):
            yield "collect", "collect 之前要 ORDER BY", "ORDER BY comes before collect"


def _bodies(text: str) -> Iterator[str]:
    """Yield a bare text and the insides of its CALL subqueries."""
    yield text
    depth = depths(text)
    for found in re.finditer(r"(?i)\bCALL\s*\([^)]*\)\s*\{", text):
        inside = depth[found.end() - 1] + 1
        stop = next(at for at in range(found.end(), len(text)) if text[at] == "}" and depth[at] == inside)
        yield text[found.end() : stop]


def _unions(text: str) -> Iterator[Rule]:
    for body in _bodies(text):
        depth = depths(body)
        cuts = [found for found in re.finditer(r"(?i)\bUNION(\s+ALL)?\b", body) if depth[found.start()] == 0]
        starts, stops = [0, *[cut.end() for cut in cuts]], [*[cut.start() for cut in cuts], len(body)]
        branches = {tail(body[start:stop]).columns for start, stop in zip(starts, stops, strict=True)}
        if len(branches) > 1:
            yield "union", "UNION 各支的列要同名同序", "the branches of a UNION return the same columns in order"


def _limits(text: str) -> Iterator[Rule]:
    """kglite's optimizer loses rows when a subquery ends with RETURN … ORDER BY … LIMIT (seen in random worlds)."""
    for body in list(_bodies(text))[1:]:
        if tail(body).limit:
            zh, en = (
                "子查询内用 WITH … ORDER BY … LIMIT,再 RETURN",
                "in a subquery, WITH … ORDER BY … LIMIT, then RETURN",
            )
            yield "subquery_limit", zh, en


def _tails(query: str) -> Iterator[Rule]:
    text, found = bare(query), tail(query)
    if found.limit != "$max_rows" or not found.order:
        yield (
            "limit",
            "须以 ORDER BY 全序后接 LIMIT $max_rows 结尾",
            "it ends with a total ORDER BY and LIMIT $max_rows",
        )
    plain = [column for column in found.columns if column in variables(text)]
    for column in plain:
        yield "return", f"不直接返回节点或关系:{column}", f"no bare node or relationship is returned: {column}"
    if any("." in column or "(" in column for column in found.columns):
        yield "return", "返回列要用 AS 命名", "returned columns are named with AS"


def _regex(query: str) -> Iterator[Rule]:
    if re.search(r"=~\s*'[^']*(\(\?[=!<]|\\w)", query):
        yield "regex", "正则不用前后瞻与 \\w,汉字写 [\\p{L}0-9_]", "no look-around and no \\w in regular expressions"


def _read_only(query: str) -> Iterator[Rule]:
    try:
        check_read_only(query)
    except WriteRefused as error:
        yield "read_only", error.sentence("zh"), error.sentence("en")
    if any(comment.startswith("/*") for comment in comments(query)):
        yield "comment", "注释只用 //", "comments start with //"


_ON_TEXT: tuple[Callable[[str], Iterator[Rule]], ...] = (
    _forbidden, _letters, _paths, _anchors, _names, _optional, _collects, _unions, _limits,
)  # fmt: skip
_ON_QUERY: tuple[Callable[[str], Iterator[Rule]], ...] = (_read_only, _tails, _regex)


def rules_broken(query: str) -> list[Rule]:
    """Return (rule, zh, en) for every rule that the text of one query breaks, each once."""
    text = bare(query)
    found = [one for rule in _ON_QUERY for one in rule(query)] + [one for rule in _ON_TEXT for one in rule(text)]
    return list(dict.fromkeys(found))
