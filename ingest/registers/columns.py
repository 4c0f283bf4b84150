"""SQL that reads one column: its plain forms, its value from the plain form or from the table of odd ones."""

from dataclasses import dataclass, field

from ingest.registers.cells import literal, quoted
from ingest.registers.mapping import Column
from ingest.registers.recognise import Recognised
from ingest.registers.tidiness import Tidiness

CODED = frozenset({"id", "code", "party_id"})
NUMERIC = frozenset({"amount", "number", "int", "ratio"})
DATED = frozenset({"date", "time"})
_UNTIDY = Tidiness(inside=False, edges=False, upper=False)


def raw(name: str) -> str:
    """Return the cleaned cell of a column as SQL."""
    return quoted(name + "__raw")


def oddity(name: str) -> str:
    """Return the SQL column that says `fault` or `empty` where a value could not be read or says nothing."""
    return quoted(name + "__odd")


@dataclass
class Layout:
    """A recognised table with what is known of its cells.

    Attributes:
        found: The register and where its columns are.
        tidy: Column -> what need not be tidied in it.
        odd: Column -> table of the values that SQL cannot read.
    """

    found: Recognised
    tidy: dict[str, Tidiness] = field(default_factory=dict)
    odd: dict[str, str] = field(default_factory=dict)

    def cell(self, name: str) -> str:
        """Return SQL that takes a column's cell out of the view `raw`."""
        at = self.found.positions.get(name)
        if at is None:
            return "NULL::VARCHAR"
        return f"c{at}" if self.tidy.get(name, _UNTIDY).edges else f"cell(c{at})"

    def plain(self, name: str) -> str:
        """Return SQL for a column's value in its plain form; NULL where that is not enough."""
        column, source, tidy = self.found.mapping.columns[name], raw(name), self.tidy.get(name, _UNTIDY)
        if column.kind == "date":
            return f"plain_date({source})"
        if column.kind == "time":
            return f"plain_time({source})"
        if column.kind in ("amount", "number", "int"):
            return f"plain_number({source})"
        if column.kind == "ratio" or column.kind in CODED:
            return "NULL"
        if column.kind == "choice":
            return _choice(source, column)
        if column.kind == "account":
            return source if tidy.inside and tidy.upper else f"number_of({source})"
        if column.kind == "name" and not tidy.inside:
            return f"closed_up(half_width({source}))"
        return f"closed_up({source})" if column.kind == "org" and not tidy.inside else source

    def typed(self, name: str) -> list[str]:
        """Return the SELECT items that give a column its value and, where it has them, its other readings."""
        column, odd = self.found.mapping.columns[name], self.odd.get(name)
        plain, target = self.plain(name), quoted(name)
        if column.kind in CODED:
            text = "NULL::VARCHAR" if odd is None else f"{odd}.text"
            sort = "NULL::VARCHAR" if odd is None else f"{odd}.sort"
            return [f"{text} AS {target}", f"{sort} AS {quoted(name + '__sort')}"]
        if column.kind == "date":
            early = plain if odd is None else f"coalesce({plain}, {odd}.early::DATE)"
            late = plain if odd is None else f"coalesce({plain}, {odd}.late::DATE)"
            return [f"{early} AS {target}", f"{late} AS {quoted(name + '__late')}", *self._oddity(name, "early")]
        if column.kind == "time":
            value = plain if odd is None else f"coalesce({plain}, {odd}.early)"
            return [f"{value} AS {target}", *self._oddity(name, "early")]
        if column.kind in NUMERIC:
            value = f"({plain})::DOUBLE" if odd is None else f"coalesce({plain}, {odd}.number)::DOUBLE"
            if column.unit_column is not None:
                value = f"{value} / (CASE WHEN {raw(column.unit_column)} = '分' THEN 100 ELSE 1 END)"
            return [f"{value} AS {target}", *self._oddity(name, "number")]
        return [f"{plain} AS {target}"]

    def _oddity(self, name: str, value: str) -> list[str]:
        odd = self.odd.get(name)
        if odd is None:
            return []
        empty = f"WHEN {odd}.raw IS NOT NULL AND {odd}.{value} IS NULL THEN 'empty'"
        return [f"CASE WHEN {odd}.fault IS NOT NULL THEN 'fault' {empty} END AS {oddity(name)}"]

    def in_key(self, name: str) -> str:
        """Return SQL for a column in a key of the register's own: folded, as the numbers of entities are."""
        kind, tidy = self.found.mapping.columns[name].kind, self.tidy.get(name, _UNTIDY)
        value = self.normal(name)
        folded = kind in DATED or kind in NUMERIC or kind == "choice" or (tidy.inside and tidy.upper)
        return value if folded else f"fold({value})"

    def normal(self, name: str) -> str:
        """Return SQL for the text of a cell in the key of its row: what it says, not how it is written."""
        kind, value = self.found.mapping.columns[name].kind, quoted(name)
        if kind == "amount":  # in fen: a whole number is written faster than a fraction
            return f"coalesce(round({value} * 100)::BIGINT::VARCHAR, {raw(name)}, '')"
        if kind in DATED or kind in NUMERIC:
            return f"coalesce({value}::VARCHAR, {raw(name)}, '')"
        return f"coalesce({raw(name) if kind in CODED else value}, '')"


def _choice(source: str, column: Column) -> str:
    other = "NULL"
    branches = []
    for value, forms in column.choices.items():
        if "*" in forms:
            other = literal(value)
        exact = ", ".join(literal(form) for form in forms if form != "*")
        if exact:
            branches.append((exact, literal(value)))
    # The plain form first: folding every cell of a long statement costs more than all else.
    tests = [f"WHEN {source} IN ({exact}) THEN {value}" for exact, value in branches]
    tests += [f"WHEN fold({source}) IN ({exact}) THEN {value}" for exact, value in branches]
    return f"CASE WHEN {source} IS NULL THEN NULL {' '.join(tests)} ELSE {other} END"
