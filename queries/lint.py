"""The linter of saved queries: everything that can be held without a workspace."""

import re
from collections.abc import Callable, Iterator
from importlib.resources import files

import kglite

from graph.store.base import Row
from queries import lint_file, lint_text
from queries.driving import drive
from queries.everything import everything, node_ids
from queries.findings import Finding
from queries.lock import Entry, check_lock
from queries.proving import differences, prove
from queries.saved import Proof, SavedQuery
from queries.text import placeholders, tail
from queries.trial import MemoryTrial

BASELINE = "baseline.cypher"
_MOST = 1_000


def baseline() -> str:
    """Return the graph of ordinary life on which no query may have an open hit."""
    return (files("queries") / BASELINE).read_text(encoding="utf-8")


def _rows(saved: SavedQuery, trial: MemoryTrial) -> list[str]:
    """Return the rows of a query as text, in the order in which they came."""
    parameters = {name: one.default for name, one in saved.parameters.items()}
    driven = drive(saved, trial, parameters, max_rows=_MOST, cancel=lambda: False, progress=lambda done, total: None)
    keys = tail(saved.query).order
    order = [tuple(_sort_value(row, key) for key in keys) for row in driven.rows]
    if len(set(order)) < len(order) or any("[" in value for one in order for value in one):
        raise NotTotal
    return [str(sorted(row.items(), key=lambda pair: pair[0])) for row in driven.rows]


class NotTotal(Exception):
    """Two rows cannot be told apart by the ORDER BY, or it sorts by lists, which engines do differently."""


def _sort_value(row: Row, key: str) -> str:
    """Return what a sort key (`eid`, `edges[0]`) is in a row; a list shows its bracket."""
    found = re.fullmatch(r"(\w+)\[(\d+)\]", key)
    value = row.get(found[1]) if found else row.get(key)
    if found is not None and isinstance(value, list):
        return str(value[int(found[2])]) if int(found[2]) < len(value) else ""
    return str(value)


def _both_ways(saved: SavedQuery, trial: MemoryTrial, name: str) -> Iterator[Finding]:
    """Run with and without the optimizer: kglite's silent wrong answers show as a difference."""
    try:
        found = []
        for trial.optimized in (True, False):
            found.append(_rows(saved, trial))
    except NotTotal:
        zh, en = f"ORDER BY 不是全序或按列表排序({name})", f"ORDER BY is not total or sorts by lists ({name})"
        yield Finding(saved.id, "order", zh, en)
        return
    finally:
        trial.optimized = True
    if found[0] != found[1]:
        zh, en = f"优化器开与关结果不同({name})", f"with and without the optimizer the rows differ ({name})"
        yield Finding(saved.id, "optimizer", zh, en)


def _case(saved: SavedQuery, proof: Proof, trial: MemoryTrial) -> Iterator[Finding]:
    for wrong in differences(proof, prove(saved, proof, trial)):
        yield Finding(saved.id, "case", f"用例不成立:{wrong}", f"a case does not hold: {wrong}")
    yield from _both_ways(saved, trial, proof.name)


def _on_cases(saved: SavedQuery, trial: MemoryTrial) -> Iterator[Finding]:
    for proof in saved.cases:
        yield from _guarded(saved, f"{proof.name}", lambda proof=proof: _case(saved, proof, trial))  # type: ignore[misc]


def _guarded(saved: SavedQuery, where: str, work: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """Turn an error of the engine into a finding."""
    try:
        yield from work()
    except kglite.KgError as error:
        reason = (str(error).splitlines() or ["?"])[0]
        yield Finding(saved.id, "engine", f"引擎不接受({where}):{reason}", f"the engine refuses it ({where}): {reason}")


def _warnings(saved: SavedQuery, trial: MemoryTrial) -> Iterator[Finding]:
    """On a graph that holds every type and property, an engine's warning means a name that does not exist."""
    trial.make(everything())
    yield from _both_ways(saved, trial, "everything")
    parameters = {name: one.default for name, one in saved.parameters.items()}
    for clear in saved.clears:
        if clear.query is None:
            continue
        single = {role for role in saved.group if not saved.is_list(role)}
        bound: dict[str, object] = {name: node_ids() for name in placeholders(clear.query)}
        bound |= {role: node_ids()[0] for role in single if role in bound}
        bound |= {name: value for name, value in parameters.items() if name in bound} | {"max_rows": _MOST}
        trial.run(clear.query, bound, tail(clear.query).columns)
    for warning in dict.fromkeys(trial.warnings):
        yield Finding(saved.id, "warning", f"引擎警告:{warning}", f"the engine warns: {warning}")


def _on_baseline(saved: SavedQuery, trial: MemoryTrial) -> Iterator[Finding]:
    proved = prove(saved, Proof(name="baseline", graph=baseline()), trial)
    if proved.rows["rows"]:
        shown = str(dict(proved.rows["rows"][0]))[:200]
        zh, en = f"在无异常的基线图上有开放疑点:{shown}", f"there are open hits on the clean baseline: {shown}"
        yield Finding(saved.id, "baseline", zh, en)


def lint(saved: SavedQuery, lock: dict[str, Entry] | None = None) -> list[Finding]:
    """Return every rule that a saved query breaks; empty when it is fit to be run.

    Args:
        saved: The query; loading has refused unknown keys and a foreign id already.
        lock: Locked versions; nothing is locked when absent.
    """
    rules = lint_file.rules_broken(saved)
    texts = [saved.query, *[clear.query for clear in saved.clears if clear.query is not None]]
    rules += [rule for text in texts for rule in lint_text.rules_broken(text)]
    found = [Finding(saved.id, *rule) for rule in rules]
    found += check_lock(saved, lock or {})
    if any(one.rule == "read_only" for one in found):
        return found  # never run what might write or read files
    trial = MemoryTrial()
    found += _on_cases(saved, trial)
    found += _guarded(saved, "everything", lambda: _warnings(saved, trial))
    found += _guarded(saved, "baseline", lambda: _on_baseline(saved, trial))
    return list(dict.fromkeys(found))
