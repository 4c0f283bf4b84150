"""What the language of rules may name: fields, word lists, and what a sentence leaves out."""

import re
import tomllib
from functools import cache
from pathlib import Path

from nlp.words import table

RULES = Path(__file__).parents[1] / "rules"
FIELD = re.compile(
    r"\{(?P<name>\w*)(?:(?P<kind>[:@])(?P<what>[\w|]+)(?P<list>\+)?(?P<subject>!)?(?:=(?P<words>[^}]+))?|~(?P<gap>\d+)|~~(?P<wide>\d+))\}"
)
# What a rule may name that does not stand in the sentence, see `nlp.relating.context`.
ELIDED = (
    "Topic",
    "Unit",
    "Firm",
    "Holder",
    "Own",
    "Charge",
    "Matter",
    "Deal",
    "Project",
    "Only",
    "Supplier",
    "Number",
    "Sum",
    "Speaker",
    "Host",
    "Subject",
    "FirmAbove",
    "Owner",
)


class BadRule(ValueError):
    """A rule that cannot be read."""


@cache
def lists() -> dict[str, list[str]]:
    """Return the word lists that rules may name: those of `lists.toml`, and the kin and associate words."""
    found: dict[str, list[str]] = tomllib.loads((RULES / "lists.toml").read_text(encoding="utf-8"))
    found.pop("raw", None)
    return {**found, "kin": table("kin")["words"], "associate": table("associates")["words"]}


@cache
def raw() -> dict[str, str]:
    """Return the regular expressions that rules may name like a list."""
    found: dict[str, str] = tomllib.loads((RULES / "lists.toml").read_text(encoding="utf-8"))["raw"]
    return found
