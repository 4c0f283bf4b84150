"""The case files: their kinds, and the one sentence of each story that no register holds."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services.extracting import Read, extract_files, read_files
from ingest.readers import text_ocr
from nlp.extraction import Extraction, Relation

CASES = Path(__file__).parents[2] / "examples" / "cases"
SCAN = "线索/XS-2023-011/举报件.pdf"
# file, type, source, target, attribute or none, claim
TIES = [
    ("线索/XS-2023-004/谈话笔录(瞿志新).txt", "KIN", "瞿志新", "金春根", "舅舅", "self"),
    ("案件/青纪立〔2023〕4号/谈话笔录(丁小波).docx", "KIN", "丁小波", "刘春山", "表哥", "self"),
    ("案件/青纪立〔2023〕9号/谈话笔录(乐进财).docx", "ASSOC", "厉怀松", "乐进财", "司机", "self"),
    ("案件/青纪立〔2023〕9号/党组会议纪要.docx", "IN_CHARGE_OF", "厉怀松", "青石县交通运输局", "计量验收", "registry"),
    ("案件/青纪立〔2023〕9号/干部任免审批表(厉怀松).docx", "KIN", "厉怀松", "宫佩芬", "妻子", "registry"),
    ("线索/XS-2023-008/初步核实情况报告.pdf", "NOMINEE_FOR", "周建来", "袁海根", "青石县畦润节水灌溉有限公司", "found"),
    ("线索/XS-2023-008/情况说明(周建来).docx", "NOMINEE_FOR", "周建来", "袁海根", None, "self"),
    ("案件/青监立〔2023〕2号/讯问笔录(苏平德).docx", "TRANSFER", "苏平德", "罗花银", "2021-09-18", "self"),
    ("案件/青监立〔2023〕2号/调查报告.docx", "TRANSFER", "苏平德", "袁立新", "2020-11-06", "found"),
    ("线索/XS-2023-006/举报信.txt", "KIN", "金桂芳", "陆升明", "表哥", "alleged"),
    ("线索/XS-2023-006/初步核实情况报告.docx", "KIN", "金桂芳", "陆升明", "表哥", "refuted"),
    ("线索/XS-2023-011/来信登记.docx", "KIN", "冯永福", "佟立本", "连襟", "alleged"),
]  # fmt: skip
REPORTERS = {"线索/XS-2023-006/举报信.txt": "谷良才", "线索/XS-2023-015/来信摘要.txt": "农兴旺"}


@pytest.fixture(scope="module")
def read() -> dict[str, tuple[str, Extraction]]:
    """Extract every case file; path -> its text and what was read from it."""
    found: dict[str, tuple[str, Extraction]] = {}
    for one, extraction in extract_files(_readable()):
        assert one.content is not None and extraction is not None, one.fault
        found[Path(one.shown).relative_to(CASES).as_posix()] = one.content.text, extraction
    return found


def _readable() -> Iterator[Read]:
    for one in read_files([CASES]):
        if text_ocr.available() or not one.shown.endswith(SCAN):
            yield one


def _named(extraction: Extraction, tie: Relation) -> tuple[str, str]:
    def name(index: int) -> str:
        return extraction.mentions[extraction.mentions[index].refers_to].text.replace("\n", "")

    return name(tie.source), name(tie.target)


@pytest.mark.parametrize(("file", "type_", "source", "target", "attribute", "claim"), TIES)
def test_the_sentence_that_joins_is_read(
    read: dict[str, tuple[str, Extraction]],
    file: str,
    type_: str,
    source: str,
    target: str,
    attribute: str | None,
    claim: str,
) -> None:
    _, extraction = read[file]
    ties = [tie for tie in extraction.relations if tie.type == type_ and _named(extraction, tie) == (source, target)]
    said = [(tie.claim, tie.negated) for tie in ties if attribute is None or attribute in tie.attributes.values()]
    assert (claim, False) in said


def test_there_are_at_least_25_files_in_12_kinds_and_three_forms(read: dict[str, tuple[str, Extraction]]) -> None:
    assert len(read) >= 25
    assert len({extraction.genre for _, extraction in read.values() if extraction.genre}) >= 12
    assert {Path(name).suffix for name in read} == {".txt", ".docx", ".pdf"}


def test_who_reported_is_protected(read: dict[str, tuple[str, Extraction]]) -> None:
    for file, name in REPORTERS.items():
        text, extraction = read[file]
        assert name in text
        places = [one for one in extraction.mentions if one.type == "Person" and name in one.text]
        assert places and all(one.protected for one in places)


def test_the_scanned_letter_is_read_as_unverified() -> None:
    if not text_ocr.available():
        pytest.skip("needs the extra ocr")
    (one,) = read_files([CASES / SCAN])
    assert one.content is not None
    assert "佟立本是镇长冯永福的连襟" in one.content.text
    assert not one.content.verified


def test_placeholders_are_filled_in(read: dict[str, tuple[str, Extraction]]) -> None:
    assert [name for name, (text, _) in read.items() if "{" in text or "}" in text] == []
