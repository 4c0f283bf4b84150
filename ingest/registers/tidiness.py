"""Which columns of a table hold nothing that has to be tidied, found by a look at their bytes.

Tidying every cell of a long statement costs more than reading it, and hardly any column needs it. What is said here
only saves work: a column that may need tidying is tidied cell by cell, as every column would be.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]

# White space and control characters, the quotation marks of sheets, and the first bytes of every longer blank and of
# full-width forms (see `graph.keys.BLANK`): C2 no-break space, E1, E2 spaces, E3 ideographic space, EF full width.
_LEADS = (0xC2, 0xE1, 0xE2, 0xE3, 0xEF)
_SUSPECT = np.zeros(256, dtype=bool)
_SUSPECT[:0x21] = True
_SUSPECT[[0x27, 0x60, 0x7F, *_LEADS]] = True
_LEAD = np.zeros(256, dtype=bool)
_LEAD[list(_LEADS)] = True
_LOWER = slice(0x61, 0x7B)


@dataclass(frozen=True)
class Tidiness:
    """What a column certainly does not hold.

    Attributes:
        inside: No blank, quotation mark of a sheet or full-width character anywhere.
        edges: None of them at the first or last character of a cell.
        upper: No small letter a-z.
    """

    inside: bool = True
    edges: bool = True
    upper: bool = True


def _rough_edges(starts: NDArray[np.int32], ends: NDArray[np.int32], data: Bytes) -> bool:
    full = ends > starts
    starts, ends = starts[full], ends[full]
    if not len(starts):
        return False
    if _SUSPECT[data[starts]].any() or _SUSPECT[data[ends - 1]].any():
        return True
    for size in (2, 3):  # a longer blank at the end shows by its first byte
        longer = ends[ends - starts >= size]
        if len(longer) and _LEAD[data[longer - size]].any():
            return True
    return False


def tidiness(column: pa.ChunkedArray) -> Tidiness:
    """Look at a string column.

    Args:
        column: Type `string`; empty cells are null.
    """
    inside = edges = upper = True
    for chunk in column.chunks:
        _, offsets, buffer = chunk.buffers()
        if not len(chunk) or buffer is None:
            continue
        bounds = np.frombuffer(offsets, dtype=np.int32)[chunk.offset : chunk.offset + len(chunk) + 1]
        data = np.frombuffer(buffer, dtype=np.uint8)
        used = data[bounds[0] : bounds[-1]]
        if (inside or upper) and len(used):
            present = np.bincount(used, minlength=256) > 0
            inside = inside and not present[_SUSPECT].any()
            upper = upper and not present[_LOWER].any()
        if not inside and edges:
            edges = not _rough_edges(bounds[:-1], bounds[1:], data)
    return Tidiness(bool(inside), bool(inside or edges), bool(upper))
