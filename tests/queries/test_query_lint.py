"""The linter finds every trap it is for, and passes what ships."""

import json
import re
from pathlib import Path

import pytest

from graph.errors import QueryError
from ingest.registers.catalogue import catalogue
from queries import lint_file, lint_text
from queries.lint import lint
from queries.loading import load, load_all, query_files
from queries.lock import check_lock, logic_hash, read_lock
from queries.saved import SavedQuery
from queries.stamping import stamp

CATALOGUE = load_all()
SHADOW = CATALOGUE["shadow_company"]
END = " RETURN o.id AS oid ORDER BY oid LIMIT $max_rows"
LAST = "ORDER BY e LIMIT $max_rows"
OWNS = "MATCH (o)-[:OWNS]->(x)"
UNKNOWN = SHADOW.title.model_copy(update={"en": "Unknown"})
START = "MATCH (o:Person)-[k:KIN]-(r:Person) WHERE o.id IN $ids"


@pytest.mark.parametrize("query", CATALOGUE)
def test_what_ships_breaks_no_rule(query: str) -> None:
    assert [finding.line("en") for finding in lint(CATALOGUE[query], read_lock())] == []


def test_what_ships_is_locked() -> None:
    locked = {name: entry["hash"] for name, entry in read_lock().items()}
    assert locked == {name: logic_hash(saved) for name, saved in CATALOGUE.items()}


def test_needs_name_registers_and_columns_that_exist() -> None:
    known = {mapping.zh for mapping in catalogue().values()}
    known |= {f"{mapping.zh}.{column}" for mapping in catalogue().values() for column in mapping.columns}
    needs = {need for saved in CATALOGUE.values() for one in (*saved.clears, *saved.missing) for need in one.needs}
    assert needs - known == set()


def broken(text: str) -> set[str]:
    """Return the rules that a query text breaks."""
    return {rule for rule, _, _ in lint_text.rules_broken(text)}


def test_a_plain_query_breaks_no_rule() -> None:
    assert broken(START + END) == set()


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        # the three silent wrong answers of kglite
        ("anchor", "MATCH (a)-[ts:TRANSFER*1..3]->(b) WHERE b.id IN $ids RETURN ts[0].eid AS e " + LAST),
        ("optional", START + " OPTIONAL MATCH (o)-[:OWNS]->(q) WITH q, count(*) AS e RETURN e " + LAST),
        # a fourth one, found by the random worlds
        ("subquery_limit", START + f" CALL (o) {{ {OWNS} RETURN x.id AS a ORDER BY a LIMIT 1 }}" + END),
        ("names", START + " AND any(k IN [1, 2] WHERE k > 1)" + END),
        # the checklist
        ("names", START + " RETURN o.id AS o ORDER BY o LIMIT $max_rows"),
        ("names", START + " AND any(x IN [1] WHERE x > 1) AND any(x IN [2] WHERE x > 1)" + END),
        ("names", "MATCH (end:Person) WHERE end.id IN $ids RETURN end.id AS e ORDER BY e LIMIT $max_rows"),
        ("ascii", START + " RETURN o.id AS 人 ORDER BY 人 LIMIT $max_rows"),
        ("ascii", "MATCH (o:`人`) WHERE o.id IN $ids" + END),
        ("property", START + " AND o.title IS NOT NULL" + END),
        ("function", START + " AND elementId(o) <> ''" + END),
        ("function", START + " AND id(o) > 1" + END),
        ("projection", START + " RETURN o {.name} AS x ORDER BY x LIMIT $max_rows"),
        ("return", START + " RETURN o ORDER BY o LIMIT $max_rows"),
        ("return", START + " RETURN o.id ORDER BY o.id LIMIT $max_rows"),
        ("anchor", "MATCH (o:Person)-[:KIN]-(r:Person) WHERE o.is_official = true" + END),
        ("anchor", START + " MATCH (x:Company)<-[:LEGAL_REP]-(r)" + END),
        ("hops", START + " MATCH (o)-[:KIN*]-(x:Person)" + END),
        ("hops", START + " MATCH (o)-[ks:KIN*1..]-(x:Person)" + END),
        ("hops", START + " MATCH (o)-[ks:KIN*1..7]-(x:Person)" + END),
        ("hops", START + " MATCH (o)-[ks:KIN*2]-(x:Person)" + END),
        ("maps", START + " MATCH (o)-[:OWNS]->(x:Account {kind: 'cash'})" + END),
        ("duration", START + " AND duration.between(o.birth, o.died).days > 1" + END),
        ("duration", START + " AND o.birth < o.died + duration({hours: 1})" + END),
        ("paths", START + " MATCH p = allShortestPaths((o)-[:KIN*1..3]-(r))" + END),
        ("paths", "MATCH (o:Person) ((a)-[:KIN]-(b)){1,3} (c) WHERE o.id IN $ids" + END),
        ("collect", START + " WITH o, collect(r.id) AS rs RETURN o.id AS oid, rs ORDER BY oid LIMIT $max_rows"),
        ("order", START + " WITH o.id AS oid RETURN oid, count(*) AS n ORDER BY count(*), oid LIMIT $max_rows"),
        ("limit", START + " RETURN o.id AS oid ORDER BY oid LIMIT 10"),
        ("limit", START + " RETURN o.id AS oid LIMIT $max_rows"),
        ("rounding", START + " RETURN avg(o.degree) AS d ORDER BY d LIMIT $max_rows"),
        ("rounding", START + " RETURN toString(o.degree) AS d ORDER BY d LIMIT $max_rows"),
        ("division", START + " AND o.degree / 0 > 1" + END),
        ("subquery", START + " CALL { MATCH (x) RETURN x }" + END),
        ("subquery", START + " RETURN COLLECT { MATCH (o)-[:KIN]-(x) RETURN x.id } AS c ORDER BY c LIMIT $max_rows"),
        ("procedure", START + " AND apoc.text.clean(o.name) = 'a'" + END),
        ("hint", "MATCH (o:Person) USING INDEX o:Person(id) WHERE o.id IN $ids" + END),
        ("label", START + " MATCH (o)-[:OWNS]->(x:Account&Asset)" + END),
        ("inline_where", START + " MATCH (o)-[:OWNS]->(x:Account WHERE x.degree > 1)" + END),
        ("comparison", START + " AND 1 < o.degree < 5" + END),
        ("union", START + f" CALL (o) {{ {OWNS} RETURN x.id AS a, 1 AS b UNION {OWNS} RETURN 1 AS b, 2 AS a }}" + END),
        ("regex", START + " AND o.name =~ '(?=a).*'" + END),
        ("comment", START + " /* x */" + END),
        ("parameter", START + " RETURN o.id AS oid ORDER BY oid LIMIT $limit"),
        ("read_only", START + " SET o.name = 'x'" + END),
        ("read_only", START + END + "; MATCH (n) RETURN n"),
        ("read_only", "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line ORDER BY line LIMIT $max_rows"),
        ("read_only", "CALL db.labels() YIELD label RETURN label AS l ORDER BY l LIMIT $max_rows"),
    ],
)  # fmt: skip
def test_every_trap_is_found(rule: str, text: str) -> None:
    assert rule in broken(text)


def test_strings_and_comments_are_not_read_as_cypher() -> None:
    told = " AND o.name <> 'SET x; CALL db.labels() RETURN o /* 人 */' // 备注: LOAD CSV\n"
    assert broken(START + told + END) == set()


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("columns", {"evidence": ("kin_edge", "nothing_edge")}),
        ("columns", {"roles": {**SHADOW.roles, "other": "other_id"}}),
        ("group", {"group": ("official", "nobody")}),
        ("order", {"query": SHADOW.query.replace("contract_id, relative_id, power_edge", "contract_id, power_edge")}),
        ("placeholders", {"query": SHADOW.query.replace("$kin_steps", "$steps")}),
        ("placeholders", {"query": SHADOW.query.replace("$ids", "['x']")}),
        ("explanation", {"explanation": SHADOW.explanation.model_copy(update={"zh": "{official}{nobody}"})}),
        ("scorer", {"scorer": "guess"}),
        ("power", {"power": None}),
        ("cases", {"cases": SHADOW.cases[:3]}),
        ("cases", {"cases": tuple(one for one in SHADOW.cases if not one.undetermined)}),
        ("cases", {"cases": tuple(one for one in SHADOW.cases if one.clearing != 1)}),
        ("cases", {"cases": tuple(one for one in SHADOW.cases if not one.rows)}),
        ("clears", {"clears": ()}),
        ("clears", {"clears": (SHADOW.clears[0].model_copy(update={"when": UNKNOWN}),)}),
        ("clears", {"clears": (SHADOW.clears[0].model_copy(update={"needs": ()}),)}),
        ("clears", {"clears": (SHADOW.clears[0].model_copy(update={"per": "other_id"}),)}),
    ],
)  # fmt: skip
def test_what_does_not_fit_together_is_found(rule: str, change: dict[str, object]) -> None:
    assert rule in {found for found, _, _ in lint_file.rules_broken(SHADOW.model_copy(update=change))}


def rules_of(change: dict[str, object]) -> set[str]:
    """Return the rules that the shadow company query breaks after a change."""
    return {finding.rule for finding in lint(SHADOW.model_copy(update=change))}


def test_running_finds_what_reading_does_not() -> None:
    assert "case" in rules_of({"cases": (SHADOW.cases[0].model_copy(update={"rows": []}), *SHADOW.cases[1:])})
    assert "warning" in rules_of({"query": SHADOW.query.replace("k.signed AS signed", "k.sigend AS signed")})
    assert "engine" in rules_of({"query": SHADOW.query.replace("MATCH (r)-[ties", "MATCH (r)--[ties")})
    loose = re.sub(r"relative_id, power_edge, kin_edge.*(?=LIMIT)", "relative_id\n", SHADOW.query, flags=re.DOTALL)
    assert "order" in {finding.rule for finding in lint(_two_ties(loose))}
    open_door = {"min_contracts": SHADOW.parameters["min_contracts"].model_copy(update={"default": 0})}
    generous = SHADOW.query.replace("all(cx IN ties WHERE cx.control = true)", "true")
    lax = {
        **SHADOW.parameters,
        **open_door,
        "min_share": SHADOW.parameters["min_share"].model_copy(update={"default": 0.0}),
    }
    assert "baseline" in rules_of({"query": generous, "parameters": lax})


def _two_ties(text: str) -> SavedQuery:
    graph = SHADOW.cases[0].graph + ", (r)-[:OFFICER {eid: 'off', control: true, from: date('2018-01-01')}]->(c)"
    proof = SHADOW.cases[0].model_copy(update={"graph": graph})
    return SHADOW.model_copy(update={"query": text, "cases": (proof, *SHADOW.cases[1:])})


def test_the_optimizer_s_wrong_answer_is_seen() -> None:
    # The grouping trap: kglite's optimizer puts all rows into the null group.
    text = """MATCH (o:Person)-[k:KIN]-(r:Person) WHERE o.id IN $ids
    OPTIONAL MATCH (r)-[:LEGAL_REP]->(q:Company) WITH o, q, count(*) AS n
    RETURN o.id AS official_id, q.id AS company_id, n ORDER BY official_id, company_id, n LIMIT $max_rows"""
    assert "optimizer" in rules_of({"query": text})


def test_changed_logic_needs_a_new_version() -> None:
    lock = read_lock()
    changed = SHADOW.model_copy(update={"query": SHADOW.query + " "})
    assert [finding.rule for finding in check_lock(changed, lock)] == ["version"]
    assert check_lock(changed.model_copy(update={"version": SHADOW.version + 1}), lock) == []
    assert [finding.rule for finding in check_lock(SHADOW.model_copy(update={"version": 0}), lock)] == ["version"]
    reworded = SHADOW.model_copy(update={"description": SHADOW.title, "cases": SHADOW.cases[:1]})
    assert check_lock(reworded, lock) == []


def test_a_stamped_query_lacks_only_its_cases(tmp_path: Path) -> None:
    saved = load(stamp("my_pattern", tmp_path))
    assert {finding.rule for finding in lint(saved)} == {"cases"}
    with pytest.raises(QueryError):
        stamp("my_pattern", tmp_path)
    with pytest.raises(QueryError):
        stamp("My Pattern", tmp_path)


def test_a_file_with_unknown_keys_or_another_id_is_refused(tmp_path: Path) -> None:
    text = stamp("my_pattern", tmp_path).read_text(encoding="utf-8")
    for name, content in (
        ("my_pattern", "colour = 'red'\n" + text),
        ("other", text),
        ("my_pattern", text.replace("version = 1", "version = 0")),
        ("my_pattern", "not toml"),
    ):
        path = tmp_path / f"{name}.toml"
        path.write_text(content, encoding="utf-8")
        with pytest.raises(QueryError):
            load(path)


def test_ids_are_unique_over_shipped_and_own(tmp_path: Path) -> None:
    own = tmp_path / "deeper" / "own.toml"
    own.parent.mkdir()
    stamp("own", own.parent)
    assert set(load_all(tmp_path)) == {*CATALOGUE, "own"}
    stamp("shadow_company", tmp_path)
    with pytest.raises(QueryError):
        load_all(tmp_path)


def test_every_file_of_the_catalogue_is_a_family_s() -> None:
    assert len(list(query_files())) == len(CATALOGUE)
    assert json.dumps(sorted(read_lock())) == json.dumps(sorted(CATALOGUE))
