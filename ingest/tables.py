"""Reading the tables of one file into a unit: recognise, stage, refuse, state."""

import json
from pathlib import Path

import duckdb

from ingest.options import ImportOptions
from ingest.readers.registry import read_tables
from ingest.readers.table import RAW_LENGTH, RawTable, Refusal
from ingest.registers.entities import assertions
from ingest.registers.faults import faults
from ingest.registers.mapping import Mapping
from ingest.registers.recognise import Recognised, header_score, match, nearest, recognise, reporter_columns
from ingest.registers.staged import facts_json
from ingest.registers.staging import stage
from ingest.registers.ties import relations
from ingest.report import FileReport
from ingest.sink import UnitSink


def _choose(mappings: dict[str, Mapping], table: RawTable, stem: str, register: str | None) -> Recognised | None:
    if register is not None:
        return match(mappings[register], table.header)
    return recognise(mappings.values(), table.header, f"{stem} {table.sheet or ''}")


def _from_reader(doc: str, refusal: Refusal) -> dict[str, object]:
    return {
        "doc": doc,
        "sheet": refusal.sheet,
        "row": refusal.row,
        "sheet_row": refusal.sheet_row,
        "column": refusal.column,
        "code": refusal.code,
        "level": refusal.level,
        "facts": facts_json(**refusal.facts),
        "raw": refusal.raw,
    }


def _about(doc: str, table: RawTable, code: str, level: str, **facts: str) -> dict[str, object]:
    place = dict.fromkeys(("row", "sheet_row", "column"))
    told = {"code": code, "level": level, "facts": facts_json(**facts), "raw": ",".join(table.header)[:RAW_LENGTH]}
    return {"doc": doc, "sheet": table.sheet, **place, **told}


def _unknown(doc: str, table: RawTable, mappings: dict[str, Mapping]) -> dict[str, object]:
    best = nearest(mappings.values(), table.header)
    missing = [anchor for anchor in best.mapping.anchors if anchor not in best.positions] if best else []
    near = best.mapping.zh if best else ""
    return _about(doc, table, "table.unknown", "refused", nearest=near, missing="、".join(missing))


def read_into(
    connection: duckdb.DuckDBPyConnection,
    sink: UnitSink,
    path: Path,
    report: FileReport,
    mappings: dict[str, Mapping],
    options: ImportOptions,
) -> str:
    """Read every table of a file into a unit and note what was found in the report.

    Args:
        connection: With the macros of the registers.
        sink: The unit.
        path: The file.
        report: Its `registers`, `rows` and `faults` are filled.
        mappings: The catalogue.
        options: Encoding and register given by the user; a warrant, which bank data should have.

    Returns:
        JSON of the layout: how the same bytes are read the same way again.

    Raises:
        Unreadable: Nothing could be read.
    """
    layout = []
    for table in read_tables(path, encoding=options.encoding, header_score=header_score(list(mappings.values()))):
        report.faults += [_from_reader(report.doc, refusal) for refusal in table.refusals]
        reporters = reporter_columns(table.header)
        if reporters:
            columns = "、".join(reporters)
            report.faults.append(_about(report.doc, table, "table.reporter_column", "refused", columns=columns))
            continue
        found = _choose(mappings, table, path.stem, options.register)
        if found is None:
            if any(cell.strip() for cell in table.header):
                report.faults.append(_unknown(report.doc, table, mappings))
            continue
        staged = stage(connection, found, table.rows, report.doc, table.sheet)
        report.faults += faults(connection, staged, found, table.header_row)
        if found.mapping.warrant and options.warrant is None:
            report.faults.append(_about(report.doc, table, "bank.no_warrant", "warned"))
        for query in assertions(staged, sink.unit):
            sink.select("assertions", query)
        for query in relations(staged, sink.unit):
            sink.select("relations", query)
        report.registers.append(found.mapping.id)
        report.rows += staged.rows
        named = {name: table.header[at] for name, at in found.positions.items()}
        place = {"sheet": table.sheet, "header_row": table.header_row, "register": found.mapping.id}
        layout.append({**place, "header": list(table.header), "columns": named})
    return json.dumps({"encoding": options.encoding, "tables": layout}, ensure_ascii=False, sort_keys=True)
