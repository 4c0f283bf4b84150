"""The language of rules: `{A:Person}`, `{A:Person+}`, `{kin@kin}`, `{~12}`; the rest is a regular expression."""

import re

from nlp.relating.coding import ANY_CODE, CODES
from nlp.relating.fields import ELIDED, FIELD, BadRule, lists, raw
from nlp.words import any_of

_BETWEEN = rf"(?:[、,和与及以兼]|以及|伙同|会同|、[^{ANY_CODE}。;,、]{{1,5}}?|和[^{ANY_CODE}。;,、]{{1,4}}?)"
_NO_OBJECT = "(?<![按照受应据向给为替对与和跟同从把将被让请找托])"
_ACTORS = CODES["Person"] + CODES["Company"] + CODES["Agency"]


def _field(match: re.Match[str]) -> str:
    if match["gap"]:
        return f"[^。;!?\\n{_ACTORS}]{{0,{match['gap']}}}?"
    if match["wide"]:
        return f"[^。;!?\\n]{{0,{match['wide']}}}?"
    name, what = match["name"], match["what"]
    if match["kind"] == "@":
        if what in raw():
            return f"(?P<{name}>{raw()[what]})" if name else raw()[what]
        if what not in lists():
            raise BadRule(f"no such list: {what}")
        words = any_of(lists()[what])
        return f"(?P<{name}>{words})" if name else words
    if what == "Topic":
        return f"(?P<{name}>(?<![^,;:。]))"
    if what in ELIDED:
        return f"(?P<{name}>)"
    types = what.split("|")
    unknown = [one for one in types if one not in CODES]
    if unknown or not name:
        raise BadRule(f"not a type of mention: {match.group()}")
    one = "[" + "".join(CODES[type_] for type_ in types) + "]"  # type: ignore[index]
    if match["subject"]:
        return f"(?P<{name}>{_NO_OBJECT}{one})(?!的|之|名下|所)"
    return f"(?P<{name}>{one}(?:{_BETWEEN}{one})*)" if match["list"] else f"(?P<{name}>{one})"


def compiled(pattern: str) -> re.Pattern[str]:
    """Compile the pattern of a rule.

    Raises:
        BadRule: A list or type that does not exist, or no regular expression.
    """
    try:
        return re.compile(FIELD.sub(_field, pattern))
    except re.error as error:
        raise BadRule(f"{pattern}: {error}") from error


def elided(pattern: str) -> dict[str, str]:
    """Return group -> what it stands for, for the groups that match nothing: `{U:Unit}`."""
    return {one["name"]: one["what"] for one in FIELD.finditer(pattern) if one["what"] in ELIDED}


def wordings(pattern: str) -> dict[str, frozenset[str]]:
    """Return group -> the texts of which one of its mentions must have one: `{role:Post=法定代表人/法人代表}`."""
    fields = FIELD.finditer(pattern)
    return {one["name"]: frozenset(one["words"].split("/")) for one in fields if one["words"]}
