"""Stamping a register mapping for a table that no mapping recognises, from the nearest one."""

import json
import re
from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypinyin import lazy_pinyin

from app.services.context import Context
from app.services.importing import mappings
from graph.errors import BadUse
from graph.workspace import replace_text
from ingest.discovery import NoSuchPath
from ingest.readers.registry import read_tables
from ingest.registers.catalogue import read_mapping
from ingest.registers.mapping import Column, Mapping
from ingest.registers.recognise import Recognised, header_score, nearest, normal_header, recognise, reporter_columns

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ID = re.compile(r"[a-z][a-z0-9_]{1,60}")

_HEAD = """# 由 {file} 生成,以登记表「{near}」为底。请逐项核对,改好后再导入:
# Stamped from {file} after the register "{near}". Read it through, then import:
# 1. 表里的列叫别的名字:写进对应列的 names,并删去下面同名的 text 列。例:
#    "身份证号" = {{ kind = "id", names = ["证件号"] }}
#    A column under another name: put it into `names` of the column it means, and delete its text column below.
# 2. anchors 是认表所需的列;太严可以删减。 / `anchors` are the columns by which the table is recognised.
# 3. entities、relations 里用不到的删去。 / Delete the entities and relations that this table does not state.
# 表中有而底表没有的列 / columns that "{near}" does not know: {unknown}
# 底表有而表中没有的列 / columns of "{near}" that are not in the table: {absent}
"""


@dataclass(frozen=True)
class Stamped:
    """A mapping written to the workspace."""

    path: Path
    mapping: Mapping
    near: str
    unknown: tuple[str, ...]
    absent: tuple[str, ...]


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Table):
        return "{ " + ", ".join(f"{_key(key)} = {_value(one)}" for key, one in value.items()) + " }"
    if isinstance(value, Sequence):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    return str(value)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _value(key)


def to_toml(mapping: Mapping) -> str:
    """Return a mapping as TOML text that reads back as the same mapping."""
    content = mapping.model_dump(exclude_defaults=True)
    tables = {name: content.pop(name) for name in ("columns", "derived", "entities") if name in content}
    lists = {name: content.pop(name) for name in ("relations", "skip") if name in content}
    lines = [f"{_key(name)} = {_value(value)}" for name, value in content.items()]
    for name in ("columns", "derived"):
        if name in tables:
            lines += [f"[{name}]", *(f"{_key(key)} = {_value(value)}" for key, value in tables[name].items())]
    for alias, entity in tables.get("entities", {}).items():
        lines += [f"[entities.{_key(alias)}]", *(f"{_key(key)} = {_value(value)}" for key, value in entity.items())]
    for name, found in lists.items():
        for one in found:
            lines += [f"[[{name}]]", *(f"{_key(key)} = {_value(value)}" for key, value in one.items())]
    return "\n".join(lines) + "\n"


def _own_id(stem: str, known: Table[str, Mapping]) -> str:
    """Return an id for a file: its name in plain letters, numbered when that is taken."""
    letters = re.sub(r"[^a-z0-9]+", "_", "_".join(lazy_pinyin(stem)).lower()).strip("_")[:40]
    start = letters if _ID.fullmatch(letters) else f"table_{letters}".strip("_")
    number, found = 1, start
    while found in known:
        number += 1
        found = f"{start}_{number}"
    return found


def after(near: Recognised, header: Sequence[str], id_: str, title: str) -> Mapping:
    """Return a mapping for a header: all that the nearest one says, and a text column for each header it lacks.

    Args:
        near: The nearest mapping laid over the header.
        header: Of the table.
        id_: Of the new mapping.
        title: Its usual name.
    """
    base = near.mapping
    # What the table lacks cannot be required of its rows.
    columns = {
        name: column if name in near.positions else column.model_copy(update={"required": False})
        for name, column in base.columns.items()
    }
    taken = {normal_header(name) for usual, one in base.columns.items() for name in (usual, *one.names)}
    extra = [cell for cell in near.unknown if normal_header(cell) not in taken and cell not in base.derived]
    columns |= {cell: Column() for cell in extra}
    key = base.key if all(name in near.positions for name in base.key) else ()
    anchors = (*near.positions, *extra)
    return base.model_copy(
        update={"id": id_, "zh": title, "en": id_.replace("_", " "), "key": key, "anchors": anchors, "columns": columns}
    )


def _choose(context: Context, file: Path) -> tuple[Recognised, Sequence[str]]:
    """Return the nearest register of the first table that is none, with its header."""
    known = mappings(context)
    recognised = []
    for table in read_tables(file, header_score=header_score(list(known.values()))):
        reporters = reporter_columns(table.header)
        if reporters:
            named = "、".join(reporters)
            zh = f"表中有举报人信息({named}),不能导入,也不生成映射;请先删去这些列"
            raise BadUse(zh=zh, en=f"the table names reporters ({named}) and may not be imported; delete these columns")
        found = recognise(known.values(), table.header, f"{file.stem} {table.sheet or ''}")
        if found is not None:
            recognised.append(found.mapping.zh)
            continue
        near = nearest(known.values(), table.header)
        if near is not None:
            return near, table.header
    if recognised:
        named = "、".join(recognised)
        zh = f"这张表已能识别:{named};可直接导入"
        raise BadUse(zh=zh, en=f"the table is known already: {named}; import it as it is")
    zh = "表中没有一列与任何登记表相同,无从比照;可仿照 ingest/registers 里的文件手写"
    en = "no column is known from any register; write a mapping by hand after those in ingest/registers"
    raise BadUse(zh=zh, en=en)


def stamp(context: Context, file: Path, id_: str | None = None) -> Stamped:
    """Write a mapping for an unknown table into the workspace's `registers/`, checked as every mapping is.

    Args:
        context: Its workspace is made when there is none.
        file: The table; of a workbook, the first sheet that no register recognises.
        id_: Of the mapping; made from the file's name when absent.

    Raises:
        NoSuchPath: There is no such file.
        Unreadable: It cannot be read.
        BadUse: A register recognises it already, nothing in it is known, or the id cannot be used.
    """
    if not file.is_file():
        raise NoSuchPath(path=file)
    known = mappings(context)
    if id_ is not None and (not _ID.fullmatch(id_) or id_ in known):
        zh = f"编号不能使用:{id_}(小写字母、数字、下划线,且未被占用)"
        raise BadUse(zh=zh, en=f"unusable id: {id_} (lower-case letters, digits, underscores, and not taken)")
    near, header = _choose(context, file)
    made = after(near, header, id_ or _own_id(file.stem, known), file.stem)
    absent = tuple(name for name in near.mapping.columns if name not in near.positions)
    facts = {"file": file.name, "near": near.mapping.zh}
    head = _HEAD.format(**facts, unknown="、".join(near.unknown) or "-", absent="、".join(absent) or "-")
    context.workspace.open_or_create()
    folder = context.workspace.path / "registers"
    folder.mkdir(exist_ok=True)
    path = folder / f"{made.id}.toml"
    replace_text(path, head + to_toml(made))
    return Stamped(path, read_mapping(path), near.mapping.zh, near.unknown, absent)
