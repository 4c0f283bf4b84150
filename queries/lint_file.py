"""Rules for what a file says beside its Cypher: names that fit together, cases that prove, doubts that are real."""

import string
from collections.abc import Iterator

from queries.clearing import EIDS
from queries.saved import Clear, SavedQuery
from queries.scorers import SCORERS
from queries.text import placeholders, tail

NEGATIVE_CASES = 2
_NO_CIRCUMSTANCE = {"unknown", "none", "n/a", "未知", "不详", "无", "其他", "other"}

Rule = tuple[str, str, str]


def _listed(names: set[str] | frozenset[str]) -> str:
    return ", ".join(sorted(names))


def _columns(saved: SavedQuery) -> Iterator[Rule]:
    returned = set(tail(saved.query).columns)
    lacking = set(saved.columns()) - returned
    if lacking:
        yield "columns", f"查询没有返回:{_listed(lacking)}", f"the query does not return {_listed(lacking)}"
    roles = {column for role in saved.roles for column in saved.role_columns(role)}
    # A column that lists several holders is sorted by its first.
    unsorted = roles - {key.removesuffix("[0]") for key in tail(saved.query).order}
    if unsorted:
        yield "order", f"ORDER BY 缺角色列:{_listed(unsorted)}", f"ORDER BY lacks columns of roles: {_listed(unsorted)}"
    strangers = set(saved.group) - saved.roles.keys()
    if strangers or not saved.group:
        yield "group", f"分组角色不存在:{_listed(strangers)}", f"no such role to group by: {_listed(strangers)}"
    if not saved.evidence:
        yield "evidence", "至少一列证据", "at least one column of evidence"
    if "power_grade" in returned and saved.power is None:
        yield "power", "以职权为据须声明 power", "what rests on power declares it"


def _parameters(saved: SavedQuery) -> Iterator[Rule]:
    ids = {"ids"} if saved.drive != "none" else set()
    allowed = saved.parameters.keys() | ids | {"max_rows"}
    used = placeholders(saved.query)
    strangers = used - allowed
    if strangers:
        yield "placeholders", f"未声明的参数:{_listed(strangers)}", f"undeclared placeholders: {_listed(strangers)}"
    thresholds = {name for one in saved.having for name in one.any.values()}
    in_clears = {name for clear in saved.clears if clear.query for name in placeholders(clear.query)}
    idle = (saved.parameters.keys() | ids) - used - thresholds - in_clears
    if idle:
        yield "placeholders", f"未使用的参数:{_listed(set(idle))}", f"unused placeholders: {_listed(set(idle))}"
    lost = (thresholds - saved.parameters.keys()) | {x for one in saved.having for x in one.any} - saved.values.keys()
    if lost:
        yield (
            "having",
            f"阈值引用了不存在的名称:{_listed(lost)}",
            f"a threshold names what is not there: {_listed(lost)}",
        )
    for name, one in saved.parameters.items():
        kind = {"integer": int, "float": float, "string": str, "boolean": bool}[one.type]
        if type(one.default) is not kind:
            yield "parameters", f"{name} 的默认值不是 {one.type}", f"the default of {name} is no {one.type}"
        if kind in (int, float) and (one.minimum is None or one.maximum is None):
            yield "parameters", f"{name} 须有上下限", f"{name} needs bounds"


def _wording(saved: SavedQuery) -> Iterator[Rule]:
    known = saved.roles.keys() | saved.values.keys() | saved.spans.keys()
    for text in (saved.explanation.zh, saved.explanation.en):
        named = {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
        if named - known:
            lost = _listed(named - known)
            yield "explanation", f"说明引用了不存在的字段:{lost}", f"the explanation names no field: {lost}"
        if not saved.roles.keys() & named:
            yield "explanation", "说明要点明角色", "the explanation names the roles"
    if saved.scorer not in SCORERS:
        yield "scorer", f"没有这个评分函数:{saved.scorer}", f"no such scorer: {saved.scorer}"


def _clear(saved: SavedQuery, clear: Clear) -> Iterator[Rule]:
    if {clear.when.zh.strip(), clear.when.en.strip().lower()} & _NO_CIRCUMSTANCE:
        yield "clears", "排除情形不能是「未知」", "a circumstance is never 'unknown'"
    if clear.query is None:
        return
    if not clear.needs:
        yield "clears", f"须写明所需数据:{clear.when.zh}", f"it says what data it needs: {clear.when.en}"
    allowed = saved.parameters.keys() | set(tail(saved.query).columns) | saved.roles.keys() | {"max_rows"}
    strangers = placeholders(clear.query) - allowed
    if strangers:
        zh, en = f"排除查询用了未知参数:{_listed(strangers)}", f"a clearing query uses unknown {_listed(strangers)}"
        yield "clears", zh, en
    lacking = {EIDS} | ({clear.per} if clear.per else set())
    lacking -= set(tail(clear.query).columns)
    if lacking:
        yield "clears", f"排除查询没有返回:{_listed(lacking)}", f"a clearing query does not return {_listed(lacking)}"


def _cases(saved: SavedQuery) -> Iterator[Rule]:
    states = ("rows", "undetermined", "incomplete", "cleared")
    positive = [case for case in saved.cases if case.rows]
    negative = [case for case in saved.cases if not any(getattr(case, state) for state in states)]
    if not positive:
        yield "cases", "至少一个有结果的用例", "at least one case with rows"
    if len(negative) < NEGATIVE_CASES:
        yield "cases", f"至少 {NEGATIVE_CASES} 个无结果的用例", f"at least {NEGATIVE_CASES} cases without rows"
    if not any(case.undetermined for case in saved.cases):
        yield "cases", "至少一个待定的用例", "at least one undetermined case"
    cleared = {case.clearing for case in saved.cases}
    for at, clear in enumerate(saved.clears):
        if clear.query is not None and at not in cleared:
            yield (
                "cases",
                f"排除查询 {at} 没有用例:{clear.when.zh}",
                f"no case for clearing query {at}: {clear.when.en}",
            )
    if not saved.clears:
        yield "clears", "至少一个排除情形", "at least one circumstance that would clear"
    names = [case.name for case in saved.cases]
    if len(set(names)) < len(names):
        yield "cases", "用例名称重复", "two cases have one name"


def rules_broken(saved: SavedQuery) -> list[Rule]:
    """Return (rule, zh, en) for every rule that a file breaks beside the text of its queries."""
    found = [one for rule in (_columns, _parameters, _wording, _cases) for one in rule(saved)]
    return found + [one for clear in saved.clears for one in _clear(saved, clear)]
