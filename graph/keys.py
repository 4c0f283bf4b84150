"""Keys of entities and relations: hashes of what identifies them, the same in Python and in SQL."""

import hashlib

SEPARATOR = "\x1f"
HEX = 16
# Stands for the type of an entity that a register names by number only; the projection finds what bears the number.
UNRESOLVED = "Ref"

# Strongest first; also the order in which a cluster chooses its canonical key.
KEY_KINDS = ("id", "code", "account", "number", "value", "name_account", "company_name", "name_unit", "row", "name")

# The macros that every connection of the ingest needs; `test_keys` holds them equal to the functions below.
SQL_MACROS = f"""
CREATE OR REPLACE MACRO shenwa_hash(basis) AS substr(sha256(basis), 1, {HEX});
CREATE OR REPLACE MACRO shenwa_key(type, kind, basis) AS
    type || '-' || shenwa_hash(kind || chr(31) || basis);
"""


def digest(*parts: str) -> str:
    """Return 16 hexadecimal characters that stand for the parts in their order."""
    return hashlib.sha256(SEPARATOR.join(parts).encode()).hexdigest()[:HEX]


def entity_key(type_: str, kind: str, *values: str) -> str:
    """Return the key of an entity.

    Args:
        type_: Node type of the model, or `UNRESOLVED`.
        kind: One of `KEY_KINDS`.
        values: The normalised values that identify it.

    Returns:
        `<type>-<16 hex>`; no ID number can be read from it and it does not depend on the order of imports.
    """
    return f"{type_}-{digest(kind, *values)}"
