"""The rules, read from `nlp/rules/*.toml`; their examples are tests."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from nlp.extraction import Claim
from nlp.relating.fields import RULES, BadRule
from nlp.relating.patterns import compiled, elided, wordings
from nlp.relating.required import required

_KNOWN = {"id", "type", "source", "target", "pattern", "attributes", "attach", "confidence", "example", "but_not"} | {
    "only",
    "genres",
    "view",
    "without",
    "unless",
}
_ATTACHED = frozenset({"amount", "date", "via", "period"})


@dataclass(frozen=True)
class Example:
    """A sentence, and the ties it gives: `TYPE source > target key=value … claim [speaker] [negated]`."""

    text: str
    gives: tuple[str, ...]


@dataclass(frozen=True)
class Rule:
    """One clause pattern.

    Attributes:
        id: Unique; the method of a tie is `rule:<id>`.
        type: Relation type.
        source: Group of the pattern that is the source.
        target: Group that is the target.
        pattern: Compiled.
        attributes: Attribute name -> group, or `=text` for a fixed value.
        attach: What is looked for around the match: `amount`, `date`, `period`, `via`.
        confidence: 0 to 1.
        but_not: A match in which this is found is no match.
        needs: Sets of words and codes; a sentence that lacks one of them whole cannot match.
        wordings: Group -> texts of which one of its mentions must have one.
        view: Which view of a sentence it sees: `posts`, `people` or `actors`.
        only: Claims that the tie must have; empty for any. `refuted` lets a denied one through too.
        genres: Kinds of document it is for; empty for all.
        without: Texts of posts that give no tie of this rule; a file may have them for all its rules.
        unless: A sentence in which this is found gives no tie of the rule.
        elided: Group -> what it stands for that the sentence leaves out.
        examples: At least one.
    """

    id: str
    type: str
    source: str
    target: str
    pattern: re.Pattern[str]
    attributes: dict[str, str]
    attach: tuple[str, ...]
    confidence: float
    but_not: re.Pattern[str] | None
    needs: tuple[tuple[str, ...], ...]
    wordings: dict[str, frozenset[str]]
    view: str
    only: frozenset[Claim]
    genres: frozenset[str]
    without: frozenset[str]
    unless: re.Pattern[str] | None
    elided: dict[str, str]
    examples: tuple[Example, ...]


def _view(pattern: str, type_: str) -> str:
    """Return which view of a sentence a rule sees, see `nlp.relating.views`."""
    if ":Post" in pattern:
        return "posts"
    return "people" if type_ in ("KIN", "ASSOC") else "actors"


def _rule(table: dict[str, Any], type_: str, without: list[str]) -> Rule:
    unknown = set(table) - _KNOWN
    if unknown or not table.get("example"):
        raise BadRule(f"{table.get('id')}: unknown keys {sorted(unknown)}, or no example")
    pattern = compiled(table["pattern"])
    wanted = {table["source"], table["target"], *(v for v in table.get("attributes", {}).values() if v[:1] != "=")}
    if not wanted <= set(pattern.groupindex) or not set(table.get("attach", ())) <= _ATTACHED:
        raise BadRule(f"{table['id']}: a group or attachment that does not exist")
    return Rule(
        table["id"],
        table.get("type", type_),
        table["source"],
        table["target"],
        pattern,
        table.get("attributes", {}),
        tuple(table.get("attach", ())),
        table.get("confidence", 0.8),
        compiled(table["but_not"]) if "but_not" in table else None,
        required(table["pattern"]),
        wordings(table["pattern"]),
        table.get("view") or _view(table["pattern"], table.get("type", type_)),
        frozenset(table.get("only", ())),
        frozenset(table.get("genres", ())),
        frozenset(table.get("without", without)),
        compiled(table["unless"]) if "unless" in table else None,
        elided(table["pattern"]),
        tuple(Example(one["text"], tuple(one["gives"])) for one in table["example"]),
    )


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule, in the order of files and of rules in them; earlier ones win over the same words.

    Raises:
        BadRule: One cannot be read, or an id is used twice.
    """
    found: list[Rule] = []
    for path in sorted(Path(RULES).glob("*.toml")):
        if path.name != "lists.toml":
            content = tomllib.loads(path.read_text(encoding="utf-8"))
            found += [_rule(table, content.get("type", ""), content.get("without", [])) for table in content["rule"]]
    twice = {rule.id for rule in found if sum(other.id == rule.id for other in found) > 1}
    if twice:
        raise BadRule(f"used twice: {sorted(twice)}")
    return tuple(found)
