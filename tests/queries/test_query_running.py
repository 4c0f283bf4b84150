"""Running a saved query over real registers: states, figures, fingerprints, faults, limits, cancelling."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services.canonical import current_tables
from app.services.context import Context
from app.services.detecting import DetectionResult, detect
from app.services.sources import LedgerSources
from graph.errors import BadUse, Interrupted, QueryError
from graph.store.base import Scope
from graph.store.neo4j import Neo4jStore
from queries.driving import drive
from queries.facts import Facts
from queries.hit import Hit
from queries.loading import load_all
from queries.material import Material, gather
from queries.recheck import fault_of
from queries.running import run
from tests.support.engines import empty_database
from tests.support.office import COMPANY, OFFICIAL, RELATIVE, context_of, fill, tables

SHADOW = load_all()["shadow_company"]
DEFAULTS = {name: one.default for name, one in SHADOW.parameters.items()}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Context:
    """Return a context over the imported office, on the embedded engine; tests only read it."""
    folder = tmp_path_factory.mktemp("office")
    context = context_of(folder / "workspace")
    fill(context, folder / "files")
    return context


@pytest.fixture
def on_engine(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Context]:
    """Yield a context over the office on the engine at hand."""
    url = request.getfixturevalue("neo4j_url") if engine == "neo4j" else None
    context = context_of(tmp_path / "workspace", url)
    if url is not None:
        store = Neo4jStore(context.workspace.open_or_create(), url, "neo4j", None)
        store.take_over()
        store.close()
    fill(context, tmp_path / "files")
    yield context
    if url is not None:
        empty_database(url)


def shadow(context: Context, **given: str) -> DetectionResult:
    """Run the shadow company query."""
    [result] = detect(context, ["shadow_company"], {"shadow_company": given})
    return result


def by_official(result: DetectionResult) -> dict[str, Hit]:
    """Return the hits by the official's name."""
    return {hit.roles["official"].name: hit for hit in result.hits}  # type: ignore[union-attr]


def test_states_ranks_and_figures(on_engine: Context) -> None:
    result = shadow(on_engine)
    assert [(hit.rank, hit.state, hit.power) for hit in result.hits] == [
        (1, "open", "P2"), (2, "undetermined", "P3"), (3, "incomplete", "P4"),
    ]  # fmt: skip
    hit = result.hits[0]
    # The fourth contract was recused from: it is neither counted nor cited.
    assert hit.values == {"contracts": 3, "amount": 1_260_000.0}
    assert hit.identity == "code"
    shown = hit.to_json("zh")
    ids = {role: holder.id for role, holder in hit.roles.items()}  # type: ignore[union-attr]
    assert shown["roles"] == {
        "official": {"id": ids["official"], "type": "Person", "name": "韩冬生", "code": OFFICIAL},
        "relative": {"id": ids["relative"], "type": "Person", "name": "周启明", "code": RELATIVE},
        "company": {"id": ids["company"], "type": "Company", "name": "云岭文具有限公司", "code": COMPANY},
    }  # fmt: skip
    places = {(one.role, one.file, one.locator) for one in hit.evidence}
    assert ("kin", "登记/亲属关系.csv", "r:1") in places
    assert ("power", "登记/分管.csv", "r:1") in places
    assert ("signed", "合同.csv", "r:4") not in places
    [quote] = [one.quote for one in hit.evidence if one.role == "power"]
    assert "分管事项:采购" in quote
    assert [clear.state for clear in hit.clears] == ["searched_none", "searched_none", "no_data", "no_data"]
    assert (result.faults, result.truncated, result.hidden) == ([], 0, 0)


def test_six_sentences_in_both_languages(office: Context) -> None:
    hits = shadow(office).hits
    for lang, headings in (
        ("zh", ["疑点", "关联依据", "职权程度", "人员同一性", "尚未掌握", "可排除情形"]),
        ("en", ["Doubt", "Tie and source", "Degree of power", "Identity", "Not known", "What would clear"]),
    ):
        for hit in hits:
            lines = hit.explanation[lang].splitlines()
            assert [line.replace(": ", ":").partition(":")[0] for line in lines[:6]] == headings
            assert len(lines) == 7
    first = hits[0].explanation["zh"]
    assert "周启明系韩冬生的妻弟〔登记/亲属关系.csv 第1行,登记〕" in first
    assert "1,260,000 元,签订于 2020-03-05 至 2022-03-05" in first
    assert "推定" in first
    assert "P4" in hits[2].missing[0]["zh"]


def test_everything_recused_is_cleared(tmp_path: Path) -> None:
    context = context_of(tmp_path / "workspace")
    [one] = tables()["回避"]
    all_of_them = [{**one, "事项编号": f"HT-{number}", "日期": f"202{number}-01-02"} for number in range(4)]
    fill(context, tmp_path / "files", {"回避": all_of_them})
    hit = by_official(shadow(context))["韩冬生"]
    assert (hit.state, hit.clears[0].state, hit.values["contracts"]) == ("cleared", "found", 4)
    assert {one.file for one in hit.clears[0].evidence} == {"回避.csv"}


def test_without_the_register_nothing_could_be_looked_for(tmp_path: Path) -> None:
    context = context_of(tmp_path / "workspace")
    fill(context, tmp_path / "files", {"回避": []})
    (tmp_path / "files" / "回避.csv").unlink(missing_ok=True)
    assert by_official(shadow(context))["韩冬生"].clears[0].state == "no_data"


def test_thresholds_and_parameters(office: Context) -> None:
    # With the one that was recused from there are four: enough only when it is counted, as cleared.
    states = {name: hit.state for name, hit in by_official(shadow(office, min_contracts="4")).items()}
    assert states == {"韩冬生": "cleared", "李小科": "incomplete", "何无期": "undetermined"}
    assert shadow(office, min_amount="1e9").hits == []
    for given in ({"min_contracts": "two"}, {"min_contracts": "0"}, {"min_amount": "nan"}, {"nothing": "1"}):
        with pytest.raises(QueryError):
            shadow(office, **given)
    with pytest.raises(QueryError):
        detect(office, ["no_such_query"])


def test_more_sources_and_a_rebuild_leave_fingerprint_and_digest(tmp_path: Path) -> None:
    context = context_of(tmp_path / "workspace")
    fill(context, tmp_path / "files")
    before = by_official(shadow(context))["韩冬生"]
    again = {"登记/亲属关系": [{**tables()["登记/亲属关系"][0], "依据": "个人有关事项报告"}]}
    fill(context, tmp_path / "more", {name: again.get(name, []) for name in tables()})
    after = by_official(shadow(context))["韩冬生"]
    assert (after.fingerprint, after.evidence_digest) == (before.fingerprint, before.evidence_digest)
    assert len(after.evidence) > len(before.evidence)


def test_changed_evidence_changes_the_digest_only(tmp_path: Path) -> None:
    prints = []
    for name, since in (("one", "2019-05-01"), ("two", "2019-06-01")):
        context = context_of(tmp_path / name / "workspace")
        charge = [{**tables()["登记/分管"][0], "起始日期": since}]
        fill(context, tmp_path / name / "files", {"登记/分管": charge})
        prints.append(by_official(shadow(context))["韩冬生"])
    assert prints[0].fingerprint == prints[1].fingerprint
    assert prints[0].evidence_digest != prints[1].evidence_digest


def test_an_edge_that_its_source_does_not_state_drops_the_hit(office: Context) -> None:
    tables_ = current_tables(office)
    reader = LedgerSources(office, tables_)
    with Facts(tables_) as facts, office.store() as store, store.view() as view:
        kin = [
            one
            for one in view.run(
                "MATCH (o:Person)-[k:KIN]-(r:Person) RETURN DISTINCT k.eid AS e ORDER BY e", {}, ["e"]
            ).rows
        ]
        eids = [str(row["e"]) for row in kin]
        material = Material()
        gather(material, facts, reader, eids)
        assert material.faults == {}
        stated = reader.reread({(s.doc, s.locator) for eid in eids for s in material.sources[eid]})
        whole = material.edges[eids[0]]
        other = material.edges[eids[1]]
        for tampered in (
            {"source": "Person-0"}, {"target": other.eid}, {"type": "ASSOC"},
        ):  # fmt: skip
            changed = type(whole)(**{**whole.__dict__, **tampered})
            assert fault_of(changed, material.sources[eids[0]], stated) is not None
        assert fault_of(whole, material.sources[eids[0]], stated) is None
        assert fault_of(whole, material.sources[eids[0]], {}) is not None


def test_a_tampered_original_is_a_fault_and_no_hit(tmp_path: Path) -> None:
    context = context_of(tmp_path / "workspace")
    fill(context, tmp_path / "files")
    assert len(shadow(context).hits) == 3
    for path in context.workspace.originals.iterdir():
        text = path.read_text(encoding="utf-8")
        if "分管事项" in text:
            path.write_text(text.replace("2019-05-01", "2021-05-01"), encoding="utf-8")
    result = shadow(context)
    assert "韩冬生" not in by_official(result)
    assert len(result.faults) == 1
    assert "HAS_POWER" in result.faults[0]


def test_a_row_outside_of_its_declared_dates_is_a_fault(tmp_path: Path) -> None:
    context = context_of(tmp_path / "workspace")
    charge = [{**tables()["登记/分管"][0], "起始日期": "2021-06-01"}]
    fill(context, tmp_path / "files", {"登记/分管": charge})
    loose = SHADOW.query.replace("pw.from <= coalesce(k.signed_latest, k.signed)", "true")
    loose = loose.replace("coalesce(pw.from_latest, pw.from) <= k.signed", "true")
    saved = SHADOW.model_copy(update={"query": loose})
    made = current_tables(context)
    with Facts(made) as facts, context.store() as store, store.view() as view:
        found = run(saved, DEFAULTS, view, facts, LedgerSources(context, made))
    # A query that forgot the start of the power finds contracts of 2020; the declared condition does not let them pass.
    assert len(found.faults) >= 1
    assert all("lies outside its dates" in fault for fault in found.faults)
    assert "韩冬生" not in {hit.roles["official"].name for hit in found.hits}  # type: ignore[union-attr]


def test_reaching_the_row_limit_is_told(office: Context) -> None:
    with office.store() as store, store.view() as view:
        driven = drive(SHADOW, view, DEFAULTS, max_rows=2, cancel=lambda: False, progress=lambda done, total: None)
        whole = drive(SHADOW, view, DEFAULTS, max_rows=1000, cancel=lambda: False, progress=lambda done, total: None)
    # The batch is halved down to one official before anything is given up.
    assert (driven.truncated, whole.truncated) == (3, 0)
    assert driven.driven == whole.driven == 3
    assert len(driven.rows) == 6 < len(whole.rows)


def test_a_cancel_is_an_interruption_and_keeps_no_run(office: Context) -> None:
    with pytest.raises(Interrupted):
        detect(office, ["shadow_company"], cancel=lambda: True)


def test_progress_reaches_its_end(office: Context) -> None:
    told: list[tuple[str, int, int]] = []
    detect(office, ["shadow_company"], progress=lambda query, done, total: told.append((query, done, total)))
    assert told[-1] == ("shadow_company", 3, 3)


def test_runs_and_hits_are_kept(office: Context) -> None:
    result = shadow(office)
    assert result.run is not None
    with office.casebook() as casebook:
        kept = casebook.latest_hits("shadow_company")
    assert [hit["fingerprint"] for hit in kept] == [hit.fingerprint for hit in result.hits]


def test_a_limited_scope_sees_registers_and_keeps_no_run(office: Context) -> None:
    [result] = detect(office, ["shadow_company"], scope=Scope(frozenset({"2023-017"})))
    assert [hit.state for hit in result.hits] == ["open", "undetermined", "incomplete"]
    assert result.run is None


def test_nothing_imported_is_said(tmp_path: Path) -> None:
    context = context_of(tmp_path / "workspace")
    context.workspace.open_or_create()
    with pytest.raises(BadUse):
        detect(context)
