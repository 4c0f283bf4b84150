"""SQL for the properties of facts: reading one as its type, writing several as sorted JSON."""

_SQL_TYPES = {"int": "BIGINT", "float": "DOUBLE", "bool": "BOOLEAN"}

MACROS = """
CREATE OR REPLACE MACRO member(name, value) AS
    CASE WHEN value IS NULL THEN NULL ELSE '"' || name || '":' || to_json(value)::VARCHAR END;
"""


def json_object(members: dict[str, str]) -> str:
    """Return SQL for a JSON object with sorted keys and without nulls.

    Args:
        members: Key -> SQL expression.
    """
    parts = ", ".join(f"member('{name}', {value})" for name, value in sorted(members.items()))
    return f"'{{' || concat_ws(',', {parts}) || '}}'" if parts else "'{}'"


def typed(kind: str, name: str) -> str:
    """Return SQL that reads one property of `props` as its type; dates and times stay ISO text."""
    if kind in _SQL_TYPES:
        return f"try_cast(json_extract_string(props, '$.{name}') AS {_SQL_TYPES[kind]})"
    return f"json_extract_string(props, '$.{name}')"
