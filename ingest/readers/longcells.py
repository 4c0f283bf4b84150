"""Cells too long for any register: a document pasted into a name is refused, not searched for names."""

import pyarrow as pa
import pyarrow.compute as pc

from ingest.readers.table import CELL_LENGTH, RAW_LENGTH, VALUE_LENGTH, Refusal


def refuse_long_cells(
    table: pa.Table, header: tuple[str, ...], sheet: str | None, header_row: int
) -> tuple[pa.Table, list[Refusal]]:
    """Take rows with a cell of more than `CELL_LENGTH` characters out of a table.

    Args:
        table: Rows as in `RawTable.rows`.
        header: Names of its columns.
        sheet: Sheet of a workbook.
        header_row: As a person counts.

    Returns:
        The other rows, and one refusal a row.
    """
    refusals: dict[int, Refusal] = {}
    for place, name in enumerate(header, 1):
        column = table.column(place)
        # Bytes first: they cost nothing to count, and hardly any table goes on from here.
        if (pc.max(pc.binary_length(column)).as_py() or 0) <= CELL_LENGTH:
            continue
        long = pc.fill_null(pc.greater(pc.utf8_length(column), CELL_LENGTH), False)
        for record in table.filter(long).to_pylist():
            number, value = record["n"], record[f"c{place - 1}"]
            facts = {"length": str(len(value)), "limit": str(CELL_LENGTH), "value": value[:VALUE_LENGTH]}
            raw = ",".join(str(cell or "") for cell in list(record.values())[1:])[:RAW_LENGTH]
            refusals[number] = Refusal("cell.too_long", "refused", sheet, number, header_row + number, name, facts, raw)
        table = table.filter(pc.invert(long))
    return table, list(refusals.values())
