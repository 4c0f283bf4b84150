"""A staged table, and the tests that mappings put to its rows."""

import json
import re
from dataclasses import dataclass, field

import pyarrow as pa

from ingest.registers.cells import literal, quoted
from ingest.registers.mapping import Mapping

# The cells of columns that no mapping names (未识别列), as JSON by header; kept with what the row states.
OTHER = "__other"
# A rule that only lists words needs no regular expression, which would be run for every row of a statement.
_PLAIN_WORDS = re.compile(r"\^\(?([\w|]*)\)?\$")


@dataclass
class Staged:
    """A table of typed rows in the connection it was made in.

    The view `usable` has, for every column of the mapping, its value under its usual name; `<name>__late` for dates;
    `<name>__sort` (`id` or `code`) for identifiers; `n` the data row; `rowkey` the key of the row; `__other` where the
    table has unknown columns.

    Attributes:
        mapping: The register.
        doc: Document, 12 hex.
        sheet: Sheet, or None.
        rows: Data rows with any content.
        odd: Column -> table of the values that SQL did not read.
        other: The table has columns that the mapping does not name.
    """

    mapping: Mapping
    doc: str
    sheet: str | None
    rows: int = 0
    odd: dict[str, pa.Table] = field(default_factory=dict)
    other: bool = False

    @property
    def locator(self) -> str:
        """SQL for the locator of a row."""
        prefix = f"r:{self.sheet}!" if self.sheet is not None else "r:"
        return f"{literal(prefix)} || n"


def matches(when: dict[str, str]) -> str:
    """Return SQL that tests columns against regular expressions; an empty cell counts as the empty text."""
    tests = []
    for name, rule in when.items():
        value = f"coalesce({quoted(name)}::VARCHAR, '')"
        plain = _PLAIN_WORDS.fullmatch(rule)
        if plain is None:
            tests.append(f"regexp_matches({value}, {literal(rule)})")
        else:
            words = ", ".join(literal(word) for word in plain.group(1).split("|"))
            tests.append(f"{value} IN ({words})")
    return " AND ".join(tests) or "true"


def facts_json(**facts: object) -> str:
    """Return the facts of a refusal as JSON."""
    return json.dumps({key: str(value) for key, value in facts.items()}, ensure_ascii=False, sort_keys=True)
