"""The columns of the ledger's tables, as Arrow schemas that Delta and Spark read alike."""

import pyarrow as pa

_TAIL = [
    ("props", pa.string()),
    ("doc", pa.string()),
    ("locator", pa.string()),
    ("method", pa.string()),
    ("confidence", pa.float64()),
    ("claim", pa.string()),
    ("speaker", pa.string()),
    ("valid_from", pa.date32()),
    ("valid_to", pa.date32()),
    ("unit", pa.string()),
]

# `key_kind` is one of graph.keys.KEY_KINDS; `context` is the unit (or account) that a name was read with.
ASSERTIONS = pa.schema(
    [
        ("entity_key", pa.string()),
        ("type", pa.string()),
        ("name", pa.string()),
        ("key_kind", pa.string()),
        ("context", pa.string()),
        *_TAIL,
    ]
)
RELATIONS = pa.schema(
    [
        ("relation_key", pa.string()),
        ("type", pa.string()),
        ("source_key", pa.string()),
        ("target_key", pa.string()),
        *_TAIL,
    ]
)
# What was read: content, by the first 12 hex of its SHA-256. `layout` is JSON: encoding, and per table its sheet,
# header row, header and register, so that the same bytes are read the same way again; of a text its kind, where its
# pages begin, the boxes of what was recognised from pictures, and how many names are hidden in it.
DOCUMENTS = pa.schema(
    [
        ("doc", pa.string()),
        ("sha256", pa.string()),
        ("size", pa.int64()),
        ("kind", pa.string()),
        ("reader", pa.string()),
        ("layout", pa.string()),
        ("unit", pa.string()),
    ]
)
# The reader's text of a document: the base of every `c:` locator. It is kept here and not beside the originals, so that
# it is committed, retracted, purged and backed up with the facts whose places count in it. Reporters' names are hidden.
TEXTS = pa.schema([("doc", pa.string()), ("text", pa.string()), ("unit", pa.string())])
# Where it lay and whose it is; the same content in two case folders has two filings.
FILINGS = pa.schema(
    [
        ("doc", pa.string()),
        ("path", pa.string()),
        ("case", pa.string()),
        ("run", pa.string()),
        ("provided_by", pa.string()),
        ("warrant", pa.string()),
        ("obtained", pa.date32()),
        ("unit", pa.string()),
    ]
)
# Rows that were refused, doubted or noted, with what they held.
REFUSALS = pa.schema(
    [
        ("doc", pa.string()),
        ("sheet", pa.string()),
        ("row", pa.int64()),
        ("sheet_row", pa.int64()),
        ("column", pa.string()),
        ("code", pa.string()),
        ("level", pa.string()),
        ("facts", pa.string()),
        ("raw", pa.string()),
        ("unit", pa.string()),
    ]
)
# A unit exists for readers once its row is here; `seq` counts units and is the age of a delivery.
COMMITS = pa.schema([("unit", pa.string()), ("seq", pa.int64()), ("run", pa.string()), ("at", pa.string())])
# `undone` rows take back an earlier retraction of the same target; the newest row by `seq` counts.
RETRACTIONS = pa.schema(
    [
        ("kind", pa.string()),
        ("target", pa.string()),
        ("reason", pa.string()),
        ("undone", pa.bool_()),
        ("seq", pa.int64()),
        ("at", pa.string()),
    ]
)
# Documents whose bytes and facts were destroyed by order; the hash and the reason stay.
PURGES = pa.schema(
    [
        ("doc", pa.string()),
        ("sha256", pa.string()),
        ("reason", pa.string()),
        ("seq", pa.int64()),
        ("at", pa.string()),
    ]
)
# Which records are one entity; overwritten by each resolve.
CLUSTERS = pa.schema(
    [
        ("entity_key", pa.string()),
        ("canonical", pa.string()),
        ("reason", pa.string()),
        ("probability", pa.float64()),
        ("method", pa.string()),
    ]
)
# Pairs that a person has to look at, such as one ID number under two names.
QUEUE = pa.schema([("a", pa.string()), ("b", pa.string()), ("reason", pa.string()), ("facts", pa.string())])

TABLES: dict[str, pa.Schema] = {
    "documents": DOCUMENTS,
    "texts": TEXTS,
    "filings": FILINGS,
    "refusals": REFUSALS,
    "assertions": ASSERTIONS,
    "relations": RELATIONS,
    "commits": COMMITS,
    "retractions": RETRACTIONS,
    "purges": PURGES,
    "clusters": CLUSTERS,
    "queue": QUEUE,
}
# Tables that workspaces of an earlier version lack; the first import makes them.
LATER = frozenset({"texts"})
# Tables whose rows belong to a commit unit.
UNIT_TABLES = ("documents", "texts", "filings", "refusals", "assertions", "relations")
