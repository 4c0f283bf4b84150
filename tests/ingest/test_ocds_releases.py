"""OCDS releases, as procurement portals elsewhere publish them, become tenders, bids and contracts of the graph."""

import json

import pytest

from tests.support.registers import Ground, credit_code

CODE = credit_code(1)


def release(**more):
    return {
        "ocid": "ocds-990101-T1",
        "id": "T1-03",
        "date": "2021-03-01T00:00:00Z",
        "tag": ["contract"],
        "buyer": {"id": "B1", "name": "示例县水务局"},
        "parties": [
            {"id": "B1", "name": "示例县水务局", "roles": ["buyer"]},
            {
                "id": "S1",
                "name": "示例甲建设有限公司",
                "roles": ["supplier"],
                "identifier": {"scheme": "CN-USCC", "id": CODE},
            },
            {"id": "S2", "name": "示例乙建设有限公司", "roles": ["tenderer"]},
        ],
        "tender": {
            "id": "T1",
            "title": "水渠改造",
            "procurementMethod": "open",
            "value": {"amount": 1300000, "currency": "CNY"},
            "tenderPeriod": {"startDate": "2021-01-05T00:00:00Z", "endDate": "2021-02-05T00:00:00Z"},
        },
        "bids": {
            "details": [
                {"id": "1", "status": "valid", "tenderers": [{"id": "S1"}], "value": {"amount": 1280000}},
                {"id": "2", "status": "disqualified", "tenderers": [{"id": "S2"}], "value": {"amount": 1290000}},
            ]
        },
        "awards": [{"id": "A1", "status": "active", "suppliers": [{"id": "S1"}], "value": {"amount": 1280000}}],
        "contracts": [
            {
                "id": "C1",
                "awardID": "A1",
                "title": "水渠改造合同",
                "value": {"amount": 1280000},
                "dateSigned": "2021-03-01T00:00:00Z",
            }
        ],
    } | more


def forms():
    one = json.dumps(release(), ensure_ascii=False)
    package = {"uri": "x", "releases": [release()]}
    return {
        "a.jsonl": one + "\n",
        "b.json": json.dumps(package, ensure_ascii=False, indent=1),
        "c.json": json.dumps([release()], ensure_ascii=False),
        "d.ndjson": json.dumps({"ocid": "ocds-990101-T1", "compiledRelease": release()}, ensure_ascii=False),
        "e.jsonl": "\ufeff" + one,
    }


@pytest.fixture
def project(tmp_path):
    def made(name, text):
        path = tmp_path / "in" / name
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
        ground = Ground(tmp_path)
        report = ground.take(path)
        return report.files[0], ground.project()

    return made


@pytest.mark.parametrize("name", sorted(forms()))
def test_tender_bids_award_contract_supplier_and_buyer_arrive(project, name):
    file, made = project(name, forms()[name])
    assert sorted(file.registers) == ["bid", "contract", "tender"]
    assert file.faults == []
    ties = {(edge["type"], edge["source_name"], edge["target_name"]) for edge in made.edges()}
    assert {
        ("BUYER", "示例县水务局", "水渠改造"),
        ("BUYER", "示例县水务局", "水渠改造合同"),
        ("BID", "示例甲建设有限公司", "水渠改造"),
        ("BID", "示例乙建设有限公司", "水渠改造"),
        ("WON", "示例甲建设有限公司", "水渠改造"),
        ("SIGNED", "示例甲建设有限公司", "水渠改造合同"),
        ("FROM", "水渠改造合同", "水渠改造"),
    } == {tie for tie in ties if tie[0] != "DECIDED"}
    tender, contract = made.node("水渠改造"), made.node("水渠改造合同")
    assert (tender["props"]["budget"], tender["props"]["announced"]) == (1300000, "2021-01-05")
    assert (contract["props"]["amount"], contract["props"]["signed"]) == (1280000, "2021-03-01")
    assert made.node("示例甲建设有限公司")["props"]["code"] == CODE


def test_a_disqualified_bid_says_so_and_did_not_win(project):
    _, made = project("a.jsonl", forms()["a.jsonl"])
    bids = {edge["source_name"]: edge["props"] for edge in made.edges("BID")}
    assert bids["示例甲建设有限公司"]["won"] is True
    assert bids["示例乙建设有限公司"]["won"] is False
    assert bids["示例乙建设有限公司"]["rejected"] == "disqualified"


def test_an_inactive_award_gives_no_winner(project):
    pending = release(awards=[{"id": "A1", "status": "pending", "suppliers": [{"id": "S1"}]}], contracts=[])
    _, made = project("a.jsonl", json.dumps(pending, ensure_ascii=False))
    assert made.edges("WON") == []


def test_a_broken_line_is_refused_and_the_others_are_read(project):
    text = json.dumps(release(), ensure_ascii=False) + '\n{"ocid": \n' + "[1]\n"
    file, made = project("a.jsonl", text)
    assert [(fault["code"], fault["row"]) for fault in file.faults] == [("row.json", 2), ("row.json", 3)]
    assert len(made.edges("SIGNED")) == 1


def test_two_publishers_with_one_tender_number_are_two_tenders(project):
    second = release(ocid="ocds-990102-T1")
    text = "\n".join(json.dumps(one, ensure_ascii=False) for one in (release(), second))
    _, made = project("a.jsonl", text)
    assert len(made.nodes("Tender")) == 2
    assert len(made.nodes("Contract")) == 2
