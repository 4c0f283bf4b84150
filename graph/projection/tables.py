"""The canonical tables: what the projection writes and every engine loads.

One folder holds Parquet files, sorted, without run ids or clock times, so that the same facts give the same bytes:

- `nodes.parquet`: id, type, name, props, degree, cases, hash; sorted by id
- `edges.parquet`: eid, type, source, target, source_type, target_type, valid_from, valid_to, confidence, claim,
  inferred, disputed, origin, open, props, hash; sorted by eid
- `evidence.parquet`: eid, doc, locator, method, claim, speaker, confidence, identity, relation_key; sorted.
  `eid` is the id of an edge or of a node.
- `filings.parquet`: doc, path, case, open; `open` documents are registers and what was filed under no case.
- `members.parquet`: entity_key, id; the keys that are not themselves the id of their node.

`props` is a JSON object with sorted keys and without nulls; its types are those of `graph.model`. `cases` counts the
distinct cases whose filings name the node. `origin` is the strongest source as `doc#locator`. `open` is true when at
least one source is a register, so that the edge may be seen in every scope. `identity` is the weakest join that brought
the source to its canonical ends: `code`, `name_unit` or `name`.
"""

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

NODES = pa.schema(
    [
        ("id", pa.string()),
        ("type", pa.string()),
        ("name", pa.string()),
        ("props", pa.string()),
        ("degree", pa.int64()),
        ("cases", pa.int64()),
        ("hash", pa.uint64()),
    ]
)
EDGES = pa.schema(
    [
        ("eid", pa.string()),
        ("type", pa.string()),
        ("source", pa.string()),
        ("target", pa.string()),
        ("source_type", pa.string()),
        ("target_type", pa.string()),
        ("valid_from", pa.date32()),
        ("valid_to", pa.date32()),
        ("confidence", pa.float64()),
        ("claim", pa.string()),
        ("inferred", pa.bool_()),
        ("disputed", pa.bool_()),
        ("origin", pa.string()),
        ("open", pa.bool_()),
        ("props", pa.string()),
        ("hash", pa.uint64()),
    ]
)
EVIDENCE = pa.schema(
    [
        ("eid", pa.string()),
        ("doc", pa.string()),
        ("locator", pa.string()),
        ("method", pa.string()),
        ("claim", pa.string()),
        ("speaker", pa.string()),
        ("confidence", pa.float64()),
        ("identity", pa.string()),
        ("relation_key", pa.string()),
    ]
)


@dataclass(frozen=True)
class Canonical:
    """A folder of canonical tables."""

    folder: Path

    @property
    def nodes(self) -> Path:
        """The nodes table."""
        return self.folder / "nodes.parquet"

    @property
    def edges(self) -> Path:
        """The edges table."""
        return self.folder / "edges.parquet"

    @property
    def evidence(self) -> Path:
        """The evidence table."""
        return self.folder / "evidence.parquet"

    @property
    def filings(self) -> Path:
        """The table of where each document was filed."""
        return self.folder / "filings.parquet"
