"""Keys of entities and relations: hashes of what identifies them, the same in Python and in SQL."""

import hashlib
import re

SEPARATOR = "\x1f"
HEX = 16
# Stands for the type of an entity that a register names by number only; the projection finds what bears the number.
UNRESOLVED = "Ref"

# Strongest first; also the order in which a cluster chooses its canonical key.
KEY_KINDS = ("id", "code", "account", "number", "value", "name_account", "company_name", "name_unit", "row", "name")

_FULL = "".join(chr(code) for code in range(0xFF01, 0xFF5F)) + "\u3000"
_HALF = "".join(chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)).replace("'", "''") + " "
# Written out: `\s` means fewer characters to DuckDB than to Python.
BLANK = "[\\x09-\\x0d\\x1c-\\x20\u0085\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]"
_LOWER, _UPPER = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

# The macros of every connection that makes or compares keys; `test_keys` holds them equal to the functions below.
# `fold` is the comparable form of a name: half width, no white space, upper case. Only A-Z have their case folded,
# because engines disagree about the rest (ß, ŉ, ı).
SQL_MACROS = f"""
CREATE OR REPLACE MACRO shenwa_hash(basis) AS substr(sha256(basis), 1, {HEX});
CREATE OR REPLACE MACRO shenwa_key(type, kind, basis) AS
    type || '-' || shenwa_hash(kind || chr(31) || basis);
CREATE OR REPLACE MACRO half_width(x) AS
    CASE WHEN regexp_matches(x, '[\uff01-\uff5e\u3000]') THEN translate(x, '{_FULL}', '{_HALF}') ELSE x END;
CREATE OR REPLACE MACRO upper_case(x) AS
    CASE WHEN regexp_matches(x, '[a-z]') THEN translate(x, '{_LOWER}', '{_UPPER}') ELSE x END;
CREATE OR REPLACE MACRO fold(x) AS
    CASE WHEN regexp_full_match(x, '[0-9A-Z.:-]*|[\u4e00-\u9fff()]*') THEN x
         ELSE upper_case(regexp_replace(half_width(x), '{BLANK}+', '', 'g')) END;
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


def fold(text: str) -> str:
    """Return the comparable form of a name: half width, no white space, upper case; as the SQL macro does."""
    half = text.translate({0xFF01 + at: 0x21 + at for at in range(94)} | {0x3000: 0x20})
    return re.sub(f"{BLANK}+", "", half).translate(str.maketrans(_LOWER, _UPPER))
