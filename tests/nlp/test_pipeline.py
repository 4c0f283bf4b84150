"""The pipeline as a whole: its components by name, spans in the reader's text, who is meant and who speaks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.extraction import Extraction
from nlp.pipeline import extract, extract_many, pipeline
from nlp.registration import COMPONENTS

WIDE = str.maketrans({",": "\uff0c", ":": "\uff1a", ";": "\uff1b", "?": "\uff1f", "(": "\uff08", ")": "\uff09"})
RECORD = """询问笔录
时间:2021年3月5日14时10分
被询问人:周启明,男,系云岭文具有限公司(以下简称“云岭公司”)法定代表人
问:你和韩冬生是什么关系?
答:他是我姐夫。
问:你送过他钱吗?
答:2019年8月,我送给韩冬生5万元。我没有替他代持股份。我听说韩冬生和李大勇是战友。
""".translate(WIDE)


def names(found: Extraction, type_: str) -> list[str]:
    """Return the texts of the mentions of a type."""
    return [one.text for one in found.mentions if one.type == type_]


def test_components_are_registered_by_name_in_this_order() -> None:
    nlp = pipeline()
    assert tuple(nlp.pipe_names) == COMPONENTS
    assert COMPONENTS == (
        "shenwa_normalise",
        "shenwa_structure",
        "shenwa_identifiers",
        "shenwa_dates",
        "shenwa_money",
        "shenwa_tagger",
        "shenwa_projects",
        "shenwa_organisations",
        "shenwa_persons",
        "shenwa_posts",
        "shenwa_places",
        "shenwa_linking",
        "shenwa_references",
        "shenwa_relations",
    )


def test_what_a_component_needs_is_assigned_before_it() -> None:
    analysis = pipeline().analyze_pipes(keys=["assigns", "requires"])
    assert all(not problems for problems in analysis["problems"].values()), analysis["problems"]


def test_the_speaker_of_a_record_is_the_person_in_its_head() -> None:
    found = extract(RECORD)
    assert found.genre == "inquiry_record"
    told = {
        (tie.type, found.mentions[tie.source].text, found.mentions[tie.target].text, tie.claim, tie.negated)
        for tie in found.relations
        if tie.speaker is not None and found.mentions[tie.speaker].text == "周启明"
    }
    assert ("KIN", "周启明", "韩冬生", "self", False) in told
    assert ("TRANSFER", "周启明", "韩冬生", "self", False) in told
    assert ("ASSOC", "韩冬生", "李大勇", "hearsay", False) in told
    assert not any(kind == "NOMINEE_FOR" and not negated for kind, *_, negated in told)


def test_a_question_states_nothing() -> None:
    found = extract("询问笔录\n被询问人:周启明\n问:韩冬生的妻弟李大勇送给你5万元?\n答:没有这回事。\n".translate(WIDE))
    assert found.relations == []


def test_what_is_not_sure_stays_unresolved() -> None:
    found = extract("周启明和韩冬生见面后,其收下了钱。他走了。".translate(WIDE))
    assert [(one.text, one.refers_to) for one in found.references] == [("其", None), ("他", None)]


def test_short_names_refer_to_the_full_one() -> None:
    found = extract(RECORD)
    (full,) = [one for one in found.mentions if one.text == "云岭文具有限公司"]
    (short,) = [one for one in found.mentions if one.text == "云岭公司"]
    assert short.refers_to == full.index == full.refers_to


def test_a_reporter_is_marked_for_protection() -> None:
    found = extract("举报信\n举报人:郭成林\n我反映韩冬生收受周启明5万元。\n".translate(WIDE))
    assert {one.text: one.protected for one in found.mentions if one.type == "Person"} == {
        "郭成林": True,
        "韩冬生": False,
        "周启明": False,
    }
    assert {tie.claim for tie in found.relations} == {"alleged"}


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("收受该公司法定代表人李明贿送的人民币50万元。", ["李明"]),
        ("王某某、欧阳某仑、林某甲、张××参与。", ["王某某", "欧阳某仑", "林某甲", "张××"]),
        ("欧阳倩和司马相如峰到场。", ["欧阳倩"]),
        ("赵海波(绰号“赵三”)到案。", ["赵海波", "赵三"]),
        ("被告人韩冬生系局长。", ["韩冬生"]),
    ],
)
def test_names_of_people(text: str, people: list[str]) -> None:
    assert names(extract(text.translate(WIDE)), "Person")[: len(people)] == people


@pytest.mark.parametrize(
    ("text", "companies", "agencies"),
    [
        ("青石县教育局与云岭文具有限公司签约。", ["云岭文具有限公司"], ["青石县教育局"]),
        ("原青石县住房和城乡建设局副局长。", [], ["青石县住房和城乡建设局"]),
        ("某市住建局向该公司付款。", [], ["某市住建局"]),
        ("中标单位青石(云岭)科技有限公司到场。", ["青石(云岭)科技有限公司"], []),
        ("石门村村委会主任。", [], ["石门村村委会"]),
    ],
)
def test_names_of_organisations(text: str, companies: list[str], agencies: list[str]) -> None:
    found = extract(text)
    assert (names(found, "Company"), names(found, "Agency")) == (companies, agencies)


def test_the_json_has_the_keys_of_the_contract() -> None:
    lines = list(extract(RECORD).lines("案卷/笔录.txt"))
    mention = next(line for line in lines if line["kind"] == "mention")
    relation = next(line for line in lines if line["kind"] == "relation")
    assert list(mention) == [
        *("kind", "file", "index", "start", "end", "text", "type", "refers_to", "value", "confidence", "method")
    ]
    assert list(relation) == [
        *("kind", "file", "type", "source", "target", "start", "end", "quote"),
        *("attributes", "claim", "speaker", "negated", "confidence", "method"),
    ]


def check_spans(text: str, found: Extraction) -> None:
    """Hold what every extraction promises of its spans."""
    assert [one.index for one in found.mentions] == list(range(len(found.mentions)))
    for one in found.mentions:
        assert text[one.start : one.end] == one.text != ""
        assert found.mentions[one.refers_to].refers_to == one.refers_to <= one.index
    for tie in found.relations:
        assert text[tie.start : tie.end] == tie.quote
        assert 0 <= tie.source < len(found.mentions) and 0 <= tie.target < len(found.mentions)


def test_spans_are_those_of_the_reader_s_text_in_spite_of_breaks_and_script() -> None:
    text = "- 3 -\n經查,被告人韓冬生收受周\n啟明送給的人民幣5 0萬元。\n浏览量:12次\n𠮷田村韩 冬 生签字。".translate(
        WIDE
    )
    found = extract(text)
    check_spans(text, found)
    assert [one.value for one in found.mentions if one.text == "韓冬生"] == ["韩冬生"]


ALPHABET = (
    "韩冬生周启明的妻弟是送给万元年月日青石县教育局有限公司项目合同某老王()“”、。,:;?!问答:我其\n 0123456789Xx-万"
)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(alphabet=ALPHABET, max_size=120), min_size=1, max_size=3))
def test_any_text_is_read_without_a_fault(texts: list[str]) -> None:
    for text, found in zip(texts, extract_many(texts), strict=True):
        check_spans(text, found)


def test_a_document_is_read_the_same_alone_and_among_others() -> None:
    texts = [RECORD, "", "韩冬生任青石县教育局局长。", RECORD]
    assert list(extract_many(texts)) == [extract(text) for text in texts]
