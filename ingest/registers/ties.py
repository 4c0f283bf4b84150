"""SQL for the relations that a row states."""

from graph.keys import digest
from ingest.registers.cells import literal, quoted
from ingest.registers.distinct import HEAD, rows_of_relation
from ingest.registers.entities import EntitySql, entity_sql, prepared
from ingest.registers.mapping import Mapping, Relation
from ingest.registers.staged import OTHER, Staged, matches


def _end(mapping: Mapping, end: str) -> tuple[EntitySql, str]:
    alias = end.removeprefix(HEAD)
    sql = entity_sql(alias, mapping.entities[alias])
    prefix = "head" if end.startswith(HEAD) else "mine"
    return sql, prefix


def _ends_view(mapping: Mapping, relation: Relation) -> tuple[str, str]:
    """Return a FROM item with `source_key`, `target_key` and every column of the row, and SQL that both ends exist.

    Whether an end exists is asked of the cells: asking whether its key is null would make the key twice.
    """
    source, source_side = _end(mapping, relation.source)
    target, target_side = _end(mapping, relation.target)
    mine, exist, ends = [], [], []
    for end, side, column in ((source, source_side, "source_key"), (target, target_side, "target_key")):
        if side == "mine":
            ends.append(end)
            mine.append(f"{end.key} AS {column}")
            exist.append(f"({end.exists})")
    stating = prepared(rows_of_relation(mapping, relation), *ends)
    rows = f"(SELECT *, {', '.join(mine)} FROM {stating})" if mine else "usable"
    both = " AND ".join(exist) or "true"
    if mapping.pair is None or "head" not in (source_side, target_side):
        return rows, both
    head = source if source_side == "head" else target
    column = "source_key" if source_side == "head" else "target_key"
    by = quoted(mapping.pair.by)
    heads = f"""(SELECT mine.*, heads.key AS {column} FROM {rows} mine JOIN (
        SELECT {by} AS by_, arg_min({head.key}, n) AS key FROM {prepared('usable', head)}
        WHERE {matches(mapping.pair.head)} AND {head.exists} GROUP BY {by}) heads ON heads.by_ = mine.{by})"""
    return heads, both


def _props(mapping: Mapping, relation: Relation, other: bool) -> str:
    items = {name: quoted(column) for name, column in {**relation.props, **relation.extra}.items()}
    items |= {name: literal(value) for name, value in relation.fixed.items()}
    for end, name, side in ((relation.start, "from_latest", "late"), (relation.end, "to_earliest", "early")):
        if end is not None and mapping.columns[end].kind == "date":
            late, early = quoted(end + "__late"), quoted(end)
            items[name] = f"CASE WHEN {late} <> {early} THEN {late if side == 'late' else early} END"
    if other and not relation.once:
        items["other"] = OTHER
    body = ", ".join(f"{name}: {value}" for name, value in sorted(items.items()))
    return f"to_json({{{body}}})::VARCHAR" if body else "'{}'"


def relations(staged: Staged, unit: str) -> list[str]:
    """Return one SELECT a relation of the mapping, in the columns of the ledger's `relations`."""
    mapping = staged.mapping
    selects = []
    for relation in mapping.relations:
        name = literal(f"{relation.type}.{relation.source}.{relation.target}")
        start = quoted(relation.start) if relation.start else "NULL::DATE"
        end = quoted(relation.end + "__late") if relation.end else "NULL::DATE"
        needs = " AND ".join(f"{quoted(column)} IS NOT NULL" for column in relation.needs) or "true"
        rows, both = _ends_view(mapping, relation)
        body = f"""SELECT n, rowkey, source_key, target_key, {_props(mapping, relation, staged.other)} AS props,
                {start} AS valid_from, {end} AS valid_to
            FROM {rows} WHERE {both} AND {needs} AND {matches(relation.when)}"""
        # The row's key is a hash already; a row that states two ties gives each an end of its own.
        key = f"rowkey || {literal('-' + digest(name)[:6])}"
        if relation.once:
            key = f"shenwa_hash({literal(mapping.id)} || chr(31) || {name} || source_key || target_key || props)"
            body = f"""SELECT min(n) AS n, NULL AS rowkey, source_key, target_key, props, valid_from, valid_to
                FROM ({body}) GROUP BY source_key, target_key, props, valid_from, valid_to"""
        selects.append(
            f"""SELECT {key} AS relation_key, {literal(relation.type)} AS type, source_key, target_key, props,
                {literal(staged.doc)} AS doc, {staged.locator} AS locator,
                {literal('register:' + mapping.id)} AS method, 1.0 AS confidence, {literal(relation.claim)} AS claim,
                NULL::VARCHAR AS speaker, valid_from, valid_to, {literal(unit)} AS unit
            FROM ({body})"""
        )
    return selects
