"""SQL for the entities of a row: which type, which key, which name, and the assertion that it states."""

from dataclasses import dataclass

from graph.keys import UNRESOLVED
from graph.model import model
from ingest.registers.cells import literal, quoted
from ingest.registers.distinct import column_or_null, inputs, needs_row, rows_of_entity
from ingest.registers.mapping import PARTY, Entity
from ingest.registers.staged import OTHER, Staged, matches

# Told from a name when no identifier says it; a person's name in Han is two to four characters long.
AGENCY_NAME = (
    "(局|委员会|委|办公室|政府|管委会|街道|学校|小学|中学|幼儿园|医院|卫生院|村|居委会|法院|检察院|派出所|国库|财政所|中心校|服务中心|管理所)$"
)
COMPANY_NAME = (
    "(公司|厂|店|行|社|部|中心|集团|企业|工作室|农场|工程队|商行|经营部|合作社|事务所|超市|酒店|饭店|银行|支付|基金|协会|研究院)"
)


@dataclass(frozen=True)
class EntitySql:
    """SQL expressions for one entity, over rows to which `prepared` has added its steps.

    Attributes:
        exists: Whether the row names it; needs no step.
        type: Its node type.
        key: Its entity key.
        kind: The kind of its key.
        name: Its name as it stands.
        context: Folded unit or account that narrows a bare name down.
        steps: Expressions that the others use many times, as SELECT items; each step may use those before it.
    """

    exists: str
    type: str
    key: str
    kind: str
    name: str
    context: str
    steps: tuple[str, ...] = ()


def prepared(rows: str, *entities: EntitySql) -> str:
    """Return a FROM item with the steps of some entities worked out once: written out, they take long to plan."""
    for step in range(max((len(entity.steps) for entity in entities), default=0)):
        items = dict.fromkeys(entity.steps[step] for entity in entities if len(entity.steps) > step)
        rows = f"(SELECT *, {', '.join(items)} FROM {rows})"
    return rows


def _folded(alias: str) -> str:
    return quoted(f"{alias}.folded")


def _masked(alias: str) -> str:
    return quoted(f"{alias}.masked")


def _names(alias: str, entity: Entity) -> str:
    name = column_or_null(entity.name)
    return f"fold({name}) AS {_folded(alias)}, coalesce(is_masked({name}), false) AS {_masked(alias)}"


def _person(alias: str, entity: Entity, id_: str) -> tuple[str, str]:
    name, unit = _folded(alias), f"fold({column_or_null(entity.unit)})" if entity.unit else "NULL"
    account, masked = column_or_null(entity.account), _masked(alias)
    kind = f"""CASE WHEN {id_} IS NOT NULL THEN 'id' WHEN {masked} THEN 'name'
        WHEN {unit} IS NOT NULL THEN 'name_unit' WHEN {account} IS NOT NULL THEN 'name_account' ELSE 'name' END"""
    basis = f"""CASE WHEN {id_} IS NOT NULL THEN {id_} || chr(31) || coalesce({name}, '')
        WHEN {masked} THEN {name} || chr(31) || rowkey || chr(31) || {literal(alias)}
        WHEN {unit} IS NOT NULL THEN {name} || chr(31) || {unit}
        WHEN {account} IS NOT NULL THEN {name} || chr(31) || {account}
        ELSE {name} || chr(31) || rowkey || chr(31) || {literal(alias)} END"""
    return kind, basis


def _company(entity: Entity, code: str) -> tuple[str, str]:
    kind = f"CASE WHEN {code} IS NOT NULL THEN 'code' ELSE 'company_name' END"
    return kind, f"coalesce({code}, fold({column_or_null(entity.name)}))"


def _numbered(alias: str, entity: Entity) -> tuple[str, str]:
    prefix = f"{literal(entity.constant)} || chr(31) || " if entity.constant else ""
    # The number of an account was cleaned when its column was read.
    number = quoted(entity.code or "") if entity.type == "Account" else f"number_of({column_or_null(entity.code)})"
    named = "'account'" if entity.type == "Account" else "'code'"
    if entity.fallback == "row":
        kind = f"CASE WHEN {number} IS NOT NULL THEN {named} ELSE 'row' END"
        return kind, f"coalesce({prefix}{number}, rowkey || chr(31) || {literal(alias)})"
    return named, f"{prefix}{number}"


def _valued(entity: Entity) -> tuple[str, str]:
    prefix = f"{literal(entity.constant)} || chr(31) || " if entity.constant else ""
    return "'value'", f"{prefix}fold({column_or_null(entity.value or entity.name)})"


def _party(alias: str, entity: Entity) -> EntitySql:
    sort, name = quoted(f"{entity.id}__sort") if entity.id else "NULL::VARCHAR", column_or_null(entity.name)
    id_, folded, type_ = column_or_null(entity.id), _folded(alias), quoted(f"{alias}.type")
    public = "Agency" if "Agency" in entity.among else "Company"
    told = f"""CASE WHEN {sort} = 'id' THEN 'Person'
        WHEN {sort} = 'code' THEN CASE WHEN {id_}[1] = '9' THEN 'Company' ELSE {literal(public)} END
        WHEN regexp_matches({folded}, {literal(COMPANY_NAME)}) AND NOT regexp_matches({folded}, {literal(AGENCY_NAME)})
            THEN 'Company'
        WHEN regexp_matches({folded}, {literal(AGENCY_NAME)}) AND length({folded}) > 3 THEN {literal(public)}
        WHEN length({folded}) <= 4 OR regexp_matches({folded}, '[·•]') THEN 'Person' ELSE 'Company' END"""
    person_kind, person_basis = _person(alias, entity, id_)
    company_kind, company_basis = _company(entity, f"CASE WHEN {sort} = 'code' THEN {id_} END")
    kind = f"""CASE {type_} WHEN 'Person' THEN {person_kind}
        WHEN 'Company' THEN {company_kind} ELSE 'value' END"""
    basis = f"CASE {type_} WHEN 'Person' THEN {person_basis} WHEN 'Company' THEN {company_basis} ELSE {folded} END"
    exists = f"({name} IS NOT NULL OR {id_} IS NOT NULL)"
    return _assembled(entity, exists, type_, kind, basis, (_names(alias, entity), f"{told} AS {type_}"))


def _assembled(
    entity: Entity, exists: str, type_: str, kind: str, basis: str, steps: tuple[str, ...] = ()
) -> EntitySql:
    context = entity.unit or entity.account
    name = column_or_null(entity.name or entity.value or entity.code or entity.id)
    if entity.type == "Account":
        # An account that no bank named must not pass for one: neither its name nor its code is the row's number.
        name = literal("现金") if entity.constant else f"coalesce({column_or_null(entity.code)}, '未载明账号')"
    return EntitySql(
        exists=f"({exists}) AND {matches(entity.when)}",
        type=type_,
        key=f"shenwa_key({type_}, {kind}, {basis})",
        kind=kind,
        name=name,
        context=f"fold({column_or_null(context)})" if context else "NULL::VARCHAR",
        steps=steps,
    )


def entity_sql(alias: str, entity: Entity) -> EntitySql:
    """Return the expressions that make one entity of a row.

    Args:
        alias: Its name in the mapping.
        entity: What the mapping says of it.
    """
    if entity.type == PARTY:
        return _party(alias, entity)
    type_, name = literal(entity.type), column_or_null(entity.name)
    if entity.type == "Person":
        kind, basis = _person(alias, entity, column_or_null(entity.id))
        exists = f"{name} IS NOT NULL OR {column_or_null(entity.id)} IS NOT NULL"
        return _assembled(entity, exists, type_, kind, basis, (_names(alias, entity),))
    if entity.type == "Company":
        kind, basis = _company(entity, column_or_null(entity.id))
        return _assembled(entity, f"{name} IS NOT NULL OR {column_or_null(entity.id)} IS NOT NULL", type_, kind, basis)
    if entity.code is not None or entity.fallback == "row":
        kind, basis = _numbered(alias, entity)
        exists = "true" if entity.fallback == "row" else f"{column_or_null(entity.code)} IS NOT NULL"
        return _assembled(entity, exists, type_, kind, basis)
    kind, basis = _valued(entity)
    return _assembled(entity, f"{column_or_null(entity.value or entity.name)} IS NOT NULL", type_, kind, basis)


def _props(alias: str, entity: Entity, sql: EntitySql, *, other: bool) -> str:
    known = model().nodes.get(entity.type)
    items = {name: quoted(column) for name, column in entity.props.items()}
    for name, column in entity.props.items():
        late = f"{name}_latest"
        if known is not None and late in known.properties:
            value = quoted(column + "__late")
            items[late] = f"CASE WHEN {value} <> {quoted(column)} THEN {value} END"
    items |= {name: literal(value) for name, value in entity.fixed.items()}
    code = entity.id or entity.code
    if code is not None and "code" not in items and not entity.constant:
        items["code"] = quoted(code) if entity.id else f"number_of({quoted(code)})"
    if entity.type in ("Person", PARTY):
        items["masked"] = f"CASE WHEN {sql.type} = 'Person' AND {_masked(alias)} THEN true END"
    if entity.type == "Account" and entity.fallback == "row":
        items["unstated"] = f"CASE WHEN {sql.kind} = 'row' THEN true END"
    if other:
        items["other"] = OTHER
    body = ", ".join(f"{name}: {value}" for name, value in sorted(items.items()))
    return f"to_json({{{body}}})::VARCHAR" if body else "'{}'"


def _carrier(staged: Staged) -> str | None:
    """Return the entity that keeps the unknown columns, in registers whose rows state no tie of their own."""
    mapping = staged.mapping
    if not staged.other or any(not relation.once for relation in mapping.relations):
        return None
    return next(iter(mapping.entities))


def assertions(staged: Staged, unit: str) -> list[str]:
    """Return one SELECT an entity, in the columns of the ledger's `assertions`."""
    selects = []
    carrier = _carrier(staged)
    for alias, entity in staged.mapping.entities.items():
        if entity.type == UNRESOLVED:
            continue
        sql = entity_sql(alias, entity)
        other = [OTHER] if alias == carrier else []
        columns = "".join(f"{column}, " for column in dict.fromkeys([*inputs(staged.mapping, entity), *other]))
        rows = "usable" if other else rows_of_entity(staged.mapping, alias)
        once = f"""(SELECT {columns} CASE WHEN {needs_row(entity)} THEN rowkey END AS rowkey, min(n) AS n
            FROM {rows} WHERE {sql.exists} GROUP BY ALL)"""
        selects.append(
            f"""SELECT entity_key, type, any_value(name) AS name, key_kind, context, props,
                {literal(staged.doc)} AS doc, {staged.locator.replace('|| n', '|| min(n)')} AS locator,
                {literal('register:' + staged.mapping.id)} AS method, 1.0 AS confidence, 'registry' AS claim,
                NULL::VARCHAR AS speaker, NULL::DATE AS valid_from, NULL::DATE AS valid_to, {literal(unit)} AS unit
            FROM (SELECT n, {sql.key} AS entity_key, {sql.type} AS type, {sql.name} AS name, {sql.kind} AS key_kind,
                         {sql.context} AS context, {_props(alias, entity, sql, other=bool(other))} AS props
                  FROM {prepared(once, sql)})
            GROUP BY entity_key, type, key_kind, context, props"""
        )
    return selects
