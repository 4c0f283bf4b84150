"""Somebody without a case sees nothing of one: every service that reads content is called with an empty scope."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import orjson
import pytest

from app.services import (
    canvas,
    citing,
    deciding,
    entity,
    identity,
    identity_pairs,
    money,
    naming,
    neighbours,
    passages,
    picture,
    seen_hits,
    ties,
)
from app.services.accounts import Actor
from app.services.audit.auditing import audit
from app.services.audit.choosing import contracts_of
from app.services.context import Context
from app.services.detecting import detect
from app.services.export import records
from app.services.export.exporting import export
from app.services.following import follow
from app.services.identity_deciding import decide_pair, stakes
from app.services.importing import run_import
from app.services.naming import Named
from app.services.noting import add_note, notes_about
from app.services.overview import overview
from app.services.reading import Reading, reading
from app.services.related import grounds, related
from app.services.related_rows import charged, shared_rows
from app.services.searching import answer, search
from app.services.tables import open_tables
from app.ui.words import Words
from graph.casebook.verdict import Verdict
from graph.errors import ShenwaError
from graph.settings import Settings
from graph.store.base import EVERYTHING, Scope
from graph.workspace import Workspace
from ingest.options import ImportOptions

ROOT = Path(__file__).parents[2]
SERVICES, EXAMPLES = ROOT / "app" / "services", ROOT / "examples"
NOBODY = Actor("承办乙", "handler", frozenset())
NOTHING = Scope(frozenset())
# What a service reads content through; one that takes none of them has nothing to hide.
READS = ("Reading", "View", "duckdb.DuckDBPyConnection", "Scope")
# Called by the packs with hits that were chosen before; tested with them (tests/app/test_pack.py).
# What the index knows is cut by `seen_by` (tests/app/test_search_index.py).
# A note on what one may not see is not kept; of ids nothing is told but the ids they are known by.
# Who was charged in the examples stands in a register.
ALIKE = frozenset({"add_note", "charged", "now_known_as"})
NOTE = "只有本案的人知道的话"
ELSEWHERE = frozenset({"dossiers", "graph_files", "scope_in_words", "derive", "make", "write", "seen_by"})
# Whose money a case file tells of, and the contracts of the officials whose power or kin one tells of.
_PARTIES = """
SELECT DISTINCT o.source FROM seen_edges o JOIN seen_edges t ON o.target IN (t.source, t.target)
JOIN sources s ON s.eid = t.eid WHERE o.type = 'OWNS' AND t.type = 'TRANSFER' AND starts_with(s.locator, 'c:')
ORDER BY ALL"""
_CONTRACTS = """
SELECT DISTINCT n.props ->> '$.code' AS code FROM seen_edges e JOIN seen_nodes n ON n.id = e.target
WHERE e.type = 'BUYER' AND n.type = 'Contract' AND code IS NOT NULL AND e.source IN (
    SELECT p.target FROM seen_edges p JOIN sources s ON s.eid = p.eid
    WHERE p.type = 'HAS_POWER' AND starts_with(s.locator, 'c:'))
ORDER BY ALL"""

_PASSAGES = "SELECT DISTINCT doc, locator FROM sources WHERE starts_with(locator, 'c:') ORDER BY ALL LIMIT 40"


@dataclass(frozen=True)
class Seen:
    """What the services are called with: ids and hits that somebody else may see."""

    context: Context
    reading: Reading
    connection: duckdb.DuckDBPyConnection
    ids: list[str]
    eids: list[str]
    docs: list[str]
    hit: dict[str, object]
    folder: Path
    parties: list[str]
    contracts: list[str]
    files: list[str]
    places: list[tuple[str, str]]

    @property
    def person(self) -> Named:
        """An entity that the caller knows by its id alone."""
        return Named(self.ids[0], self.ids[0].split("-")[0], "", "")


def _grown(at: Seen) -> object:
    board = canvas.Board()
    return [canvas.grow(board, at.reading.view, Named(id_, id_.split("-")[0], "", ""), "KIN") for id_ in at.ids], board


def _exported(at: Seen) -> object:
    target = at.folder / "graph.jsonl"
    export(at.context, at.reading, target, "jsonl")
    return target.read_text(encoding="utf-8")


def _hits(at: Seen) -> object:
    found = detect(at.context, ["benefit_chain"], {}, scope=at.reading.scope)
    return [hit.to_json("zh") for one in found for hit in one.hits]


def _overview(at: Seen) -> object:
    with at.context.casebook() as casebook:
        return overview(at.connection, casebook, at.reading.scope)


def _changed(at: Seen) -> object:
    with at.context.casebook() as casebook:
        fingerprint = str(at.hit["fingerprint"])
        casebook.decisions.take((fingerprint, str(at.hit["evidence_digest"]), "benefit_chain"), "reviewing", "室主任甲")
        stands = casebook.decisions.standing(fingerprint, "changed since")
        now = {**at.hit, "evidence": [], "values": {}}
        return deciding.what_changed(casebook, at.connection, at.reading.scope, now, stands)


def _transfers(at: Seen) -> object:
    return [money.transfers_between(at.connection, one, other) for one in at.parties for other in at.parties]


def _passages(at: Seen) -> object:
    found: list[object] = []
    for doc, locator in at.places:
        try:
            found.append(passages.text_place(at.context, at.connection, doc, locator))
        except ShenwaError as error:
            found.append(error.sentence("zh"))
    return found


def _paths(at: Seen) -> object:
    return [follow(at.reading.view, one, other) for one in at.ids[:6] for other in at.ids[:6] if one < other]


CALLS: dict[str, Callable[[Seen], object]] = {
    "audit": lambda at: [audit(at.context, at.reading, code) for code in at.contracts],
    "contracts_of": lambda at: contracts_of(at.connection, at.ids[0]),
    "around": lambda at: canvas.around(at.reading.view, at.connection, [at.person]),
    "grow": _grown,
    "drawn": lambda at: canvas.drawn(canvas.Board(list(at.ids)), at.reading.view, at.connection, Words("zh")),
    "cite": lambda at: citing.cite(at.context, at.connection, [*at.ids, *at.eids]),
    "what_changed": _changed,
    "worklist": lambda at: deciding.worklist(at.context, at.connection, at.reading.scope, "benefit_chain"),
    "decide": lambda at: deciding.decide(at.context, at.connection, NOBODY, at.hit, "reviewing"),
    "confirm": lambda at: deciding.confirm(at.context, at.connection, NOBODY, at.hit, 1, "室主任甲"),
    "detect": _hits,
    "profile": lambda at: entity.profile(at.connection, at.person, "zh"),
    "page_of_ties": lambda at: entity.page_of_ties(at.connection, at.person, "", 100),
    "documents": lambda at: entity.documents(at.connection, at.person),
    "export": _exported,
    "nodes": lambda at: list(records.nodes(at.connection, whole=False)),
    "edges": lambda at: list(records.edges(at.connection)),
    "follow": _paths,
    "name_pair": lambda at: identity.name_pair(at.connection, at.ids[0], at.ids[1]),
    "waiting": lambda at: identity_pairs.waiting(at.context, at.connection, at.reading.scope, []),
    "money_around": lambda at: money.money_around(at.connection, at.parties),
    "transfers_between": _transfers,
    "find": lambda at: naming.find(at.connection, at.ids[0]),
    "named": lambda at: naming.named(at.connection, set(at.ids)),
    "count_ties": lambda at: neighbours.count_ties(at.reading.view, [at.person]),
    "expand": lambda at: neighbours.expand(at.reading.view, at.person, "KIN", set()),
    "ties_among": lambda at: neighbours.ties_among(
        at.reading.view, [Named(id_, id_.split("-")[0], "", "") for id_ in at.ids]
    ),
    "ties": lambda at: neighbours.ties(at.connection, at.eids),
    "now_known_as": lambda at: neighbours.now_known_as(at.connection, at.ids),
    "meet": lambda at: neighbours.meet(at.connection, at.ids),
    "notes_about": lambda at: notes_about(at.context, at.connection, NOBODY, at.person, at.ids),
    "add_note": lambda at: add_note(at.context, at.connection, NOBODY, at.person, "看得见吗"),
    "overview": _overview,
    "files_of": lambda at: [passages.files_of(at.connection, doc) for doc in at.docs],
    "table_place": lambda at: [passages.table_place(at.context, at.connection, doc, "r:1") for doc in at.docs],
    "picture": lambda at: picture.picture(at.connection, at.hit, 80),
    "search": lambda at: [search(at.context, at.reading, text) for text in ("wang", "张", "青石", "99")],
    "answer": lambda at: [answer(at.reading, text) for text in (*at.ids, "wang", "zw", "张", "青石", "9901", "公司")],
    "seen_hits": lambda at: seen_hits.seen_hits(at.connection, at.reading.scope, [at.hit]),
    "related": lambda at: [related(at.reading, file) for file in at.files],
    "grounds": lambda at: [grounds(at.context, at.reading, related(at.reading, file).joints) for file in at.files],
    "charged": lambda at: charged(at.connection, set(at.ids)),
    "shared_rows": lambda at: [shared_rows(at.connection, file) for file in at.files],
    "stakes": lambda at: stakes(at.context, at.connection, at.reading.scope, [Named(at.parties[0], "Person", "", "")]),
    "decide_pair": lambda at: decide_pair(
        at.context, at.connection, NOBODY, (at.ids[0], at.ids[1]), Verdict.SAME, "像"
    ),
    "text_place": _passages,
    "read_ties": lambda at: ties.read_ties(at.context, at.connection, at.eids),
}


def _services() -> set[str]:
    """Return every public function of the services that reads content."""
    found = set()
    for path in SERVICES.rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                arguments = [*node.args.args, *node.args.kwonlyargs]
                types = {ast.unparse(one.annotation) for one in arguments if one.annotation is not None}
                if types & set(READS):
                    found.add(node.name)
    return found - {"open_tables", "reading"}


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Context:
    """The example county: registers that all may see, and case files that only their cases may."""
    context = Context(Workspace(tmp_path_factory.mktemp("filed") / "workspace"), Settings())
    run_import(context, [EXAMPLES], ImportOptions(), project=True, progress=lambda *_: None)
    detect(context, ["benefit_chain"])
    return context


@pytest.fixture(scope="module")
def secrets(filed: Context) -> set[str]:
    """Every name, code and path that only files of cases tell of."""
    texts = {str(row["doc"]) for row in filed.ledger.rows("documents", ("doc", "kind")) if row["kind"] != "table"}
    with reading(filed) as opened, open_tables(opened.tables, EVERYTHING) as connection:
        filings = connection.execute('SELECT doc, path, "case" FROM visible_filings').fetchall()
        hidden = texts - {doc for doc, _, case in filings if case is None}
        rows = connection.execute(
            """SELECT name, props ->> '$.code' FROM seen_nodes JOIN sources ON eid = id
            GROUP BY ALL HAVING bool_and(doc IN (SELECT unnest($hidden::VARCHAR[])))""",
            {"hidden": sorted(hidden)},
        ).fetchall()
    told = {str(word) for row in rows for word in row if word}
    asserted = filed.ledger.rows("assertions", ("doc", "name", "props"))
    seen = "\n".join(f"{row['name']} {row['props']}" for row in asserted if row["doc"] not in hidden)
    paths = {path for doc, path, _ in filings if doc in hidden}
    assert len(hidden) > 10
    return {word for word in told if len(word) > 2 and word not in seen} | paths


@pytest.fixture(scope="module")
def at(filed: Context, secrets: set[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    """Open the graph as somebody without a case, who knows ids from an old link."""
    with filed.casebook() as casebook:
        hits = [dict(hit) for hit in casebook.latest_hits()]
    hit = next(hit for hit in hits if any(one["locator"].startswith("c:") for one in hit["evidence"]))
    with reading(filed) as opened, open_tables(opened.tables, EVERYTHING) as connection:

        def column(query: str) -> list[str]:
            return [str(row[0]) for row in connection.execute(query).fetchall()]

        rows = connection.execute("SELECT id, name FROM seen_nodes ORDER BY type <> 'Person', id").fetchall()
        ids = [id_ for id_, name in rows if name in secrets]
        places = (
            column("SELECT DISTINCT eid FROM sources WHERE starts_with(locator, 'c:') ORDER BY eid"),
            column("SELECT DISTINCT doc FROM sources WHERE starts_with(locator, 'c:') ORDER BY doc"),
        )
        parties, contracts = column(_PARTIES), column(_CONTRACTS)
        files = column("SELECT id FROM seen_nodes WHERE type IN ('Case', 'Lead') ORDER BY id")
        passages_told = connection.execute(_PASSAGES).fetchall()
    assert min(map(len, (ids, parties, contracts))) > 2
    with filed.casebook() as casebook:
        casebook.notes.add(ids[0], NOTE, "承办甲")
    folder = tmp_path_factory.mktemp("empty")
    with reading(filed, NOTHING) as opened, open_tables(opened.tables, NOTHING) as connection:
        yield Seen(filed, opened, connection, ids, *places, hit, folder, parties, contracts, files, passages_told)


def test_no_service_that_reads_content_is_left_out() -> None:
    assert _services() - set(CALLS) - ELSEWHERE == set()
    assert set(CALLS) - _services() <= {"decide"}


def _told(value: object) -> str:
    def plainly(one: object) -> object:
        return vars(one) if hasattr(one, "__dict__") else [*one] if isinstance(one, set | frozenset) else str(one)

    return orjson.dumps(value, default=plainly, option=orjson.OPT_NON_STR_KEYS).decode()


def _answer(name: str, at: Seen) -> str:
    try:
        return _told(CALLS[name](at))
    except ShenwaError as error:
        return error.sentence("zh") + error.sentence("en")


@pytest.mark.parametrize("name", sorted(CALLS))
def test_a_service_tells_nothing_of_a_case_out_of_scope(name: str, at: Seen, secrets: set[str]) -> None:
    told = _answer(name, at)
    assert {word for word in secrets | {NOTE} if word in told} == set()


def test_the_same_calls_tell_more_to_somebody_who_may_see_all(filed: Context, at: Seen) -> None:
    """Else the test above might pass because the calls never find anything."""
    with reading(filed) as opened, open_tables(opened.tables, EVERYTHING) as connection:
        mine = Seen(
            filed,
            opened,
            connection,
            at.ids,
            at.eids,
            at.docs,
            at.hit,
            at.folder,
            at.parties,
            at.contracts,
            at.files,
            at.places,
        )
        same = {name for name in CALLS if _answer(name, mine) == _answer(name, at)}
    assert same == ALIKE
