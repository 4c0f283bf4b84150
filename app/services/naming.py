"""Finding the one entity that a person means by an id, a code or a name."""

from dataclasses import dataclass

import duckdb

from graph.errors import ShenwaError
from graph.keys import fold

# More than these are counted: the person has to say more anyway.
_SHOWN = 10

_BY_ID = """
SELECT id, type, name, props ->> '$.code' FROM seen_nodes
WHERE id = $text OR id IN (SELECT id FROM members WHERE entity_key = $text)
"""
_BY_CODE = """
SELECT id, type, name, props ->> '$.code' FROM seen_nodes WHERE fold(props ->> '$.code') = $folded ORDER BY id
"""
_BY_NAME = "SELECT id, type, name, props ->> '$.code' FROM seen_nodes WHERE fold(name) = $folded ORDER BY id"


@dataclass(frozen=True)
class Named:
    """An entity as people name it."""

    id: str
    type: str
    name: str
    code: str

    def to_json(self) -> dict[str, str]:
        """Return it as a JSON object."""
        return {"id": self.id, "type": self.type, "name": self.name, "code": self.code}


class NobodyFound(ShenwaError):
    """Nothing in the graph has this id, code or name."""

    exit_code = 1
    zh = "没有找到「{text}」{kind};可先用 search 查找"
    en = "nothing found for '{text}'{kind}; try search"


class SeveralFound(ShenwaError):
    """Several entities bear the name; which one is meant has to be said by id or code."""

    zh = "「{text}」不止一个({count} 个),请用编号或标识指明:{shown}"
    en = "'{text}' is the name of {count}; say which one by code or id: {shown}"


def _said(one: Named) -> str:
    return f"{one.name} {one.code} {one.id}".replace("  ", " ")


def find(connection: duckdb.DuckDBPyConnection, text: str, type_: str | None = None) -> Named:
    """Return the entity that a text means: an id (also one that was merged), else a code, else a name.

    Args:
        connection: From `open_tables`; what is out of scope cannot be found.
        text: As written by the user.
        type_: Only entities of this node type.

    Raises:
        NobodyFound: Nothing matches.
        SeveralFound: More than one does; names them.
    """
    given = {"text": text.strip(), "folded": fold(text)}
    for query in (_BY_ID, _BY_CODE, _BY_NAME):
        names = {name: value for name, value in given.items() if f"${name}" in query}
        rows = connection.execute(query, names).fetchall()
        found = [Named(id_, kind, name, code or "") for id_, kind, name, code in rows if type_ in (None, kind)]
        if len(found) == 1:
            return found[0]
        if found:
            shown = ";".join(_said(one) for one in found[:_SHOWN]) + ("…" if len(found) > _SHOWN else "")
            raise SeveralFound(text=text, count=len(found), shown=shown)
    raise NobodyFound(text=text, kind=f"({type_})" if type_ else "")


def named(connection: duckdb.DuckDBPyConnection, ids: set[str]) -> dict[str, Named]:
    """Return entities by id."""
    query = "SELECT id, type, name, props ->> '$.code' FROM seen_nodes WHERE id IN (SELECT unnest($ids::VARCHAR[]))"
    rows = connection.execute(query, {"ids": sorted(ids)}).fetchall()
    return {id_: Named(id_, kind, name, code or "") for id_, kind, name, code in rows}
