"""A text that only repeats what registers say changes no count, sum, score or rank of any hit."""

import random
from datetime import date

import pytest

from app.services.detecting import DetectionResult, detect
from app.services.importing import run_import
from ingest.options import ImportOptions
from tests.support.examples import EXAMPLES, WARRANT, County, imported, silent

KEPT = ("fingerprint", "evidence_digest", "state", "rank", "score", "values", "identity", "power")
SEED = 20261125
POSTS = """SELECT p.name, p.props->>'$.code', a.name, e.props->>'$.post', e.valid_from FROM edges e
JOIN nodes p ON p.id = e.source JOIN nodes a ON a.id = e.target
WHERE e.type = 'HOLDS_POST' AND e.valid_from IS NOT NULL AND p.props->>'$.code' IS NOT NULL ORDER BY ALL"""
KIN = """SELECT s.name, s.props->>'$.code', e.props->>'$.word', t.name FROM edges e
JOIN nodes t ON t.id = e.props->>'$.named' JOIN nodes s ON s.id IN (e.source, e.target) AND s.id <> t.id
WHERE e.type = 'KIN' AND s.props->>'$.code' IS NOT NULL
  AND (SELECT count(*) FROM nodes o WHERE o.name = t.name) = 1 ORDER BY ALL"""
CONTRACTS = """SELECT c.props->>'$.code', a.name, f.name, (c.props->>'$.amount')::DOUBLE, (c.props->>'$.signed')::DATE
FROM nodes c JOIN edges b ON b.type = 'BUYER' AND b.target = c.id JOIN nodes a ON a.id = b.source
JOIN edges s ON s.type = 'SIGNED' AND s.target = c.id JOIN nodes f ON f.id = s.source
WHERE c.type = 'Contract' AND c.props->>'$.amount' IS NOT NULL AND c.props->>'$.signed' IS NOT NULL
  AND c.props->>'$.signed_latest' IS NULL ORDER BY ALL"""
TRANSFERS = """SELECT p.name, p.props->>'$.code', q.name, q.props->>'$.code', (e.props->>'$.amount')::DOUBLE,
       (e.props->>'$.time')::DATE FROM edges e
JOIN edges o ON o.type = 'OWNS' AND o.target = e.source JOIN nodes p ON p.id = o.source AND p.type = 'Person'
JOIN edges w ON w.type = 'OWNS' AND w.target = e.target JOIN nodes q ON q.id = w.source AND q.type = 'Person'
WHERE e.type = 'TRANSFER' AND p.id <> q.id AND p.props->>'$.code' IS NOT NULL AND q.props->>'$.code' IS NOT NULL
ORDER BY ALL"""


def han(day: date) -> str:
    """Return a day as texts write it."""
    return f"{day.year}年{day.month}月{day.day}日"


def pages(county: County, dice: random.Random) -> list[str]:
    """Return texts, each repeating one fact of the registers about people told by their ID numbers."""
    head = "关于有关问题的核查情况报告\n"
    found = []
    for name, code, agency, post, since in dice.sample(county.ask(POSTS), 25):
        found.append(f"{name}(身份证号{code}),{han(since)}起任{agency}{post}。")
    for name, code, word, other in dice.sample(county.ask(KIN), 25):
        found.append(f"{name}(身份证号{code})的{word}{other}系本县居民。")
    for number, agency, firm, amount, day in dice.sample(county.ask(CONTRACTS), 25):
        known = dice.choice([f"(合同编号:{number})", ""])
        found.append(f"{han(day)},{agency}与{firm}签订合同{known},合同金额{amount:.2f}元。")
    for name, code, other, others, amount, day in dice.sample(county.ask(TRANSFERS), 40):
        when = dice.choice([han(day), f"{day.year}年{day.month}月"])
        parties = f"{name}(身份证号{code})与{other}(身份证号{others})相识。"
        found.append(f"{parties}\n{when},{name}转给{other}{amount:.2f}元。")
    return [head + one + "\n" for one in found]


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    return imported(tmp_path_factory.mktemp("repeats"), EXAMPLES / "registers")


def hits(county: County) -> dict[str, DetectionResult]:
    """Run every saved query; both engines give the same rows of the same tables, which other tests hold."""
    return {result.saved.id: result for result in detect(county.context)}


def test_repeating_the_registers_changes_no_hit(county, tmp_path):
    before = hits(county)
    for number, page in enumerate(pages(county, random.Random(SEED))):
        (tmp_path / f"{number}.txt").write_text(page, encoding="utf-8")
    done = run_import(county.context, [tmp_path], ImportOptions(warrant=WARRANT), project=True, progress=silent)
    assert done.report.read_files == 115
    told = county.ask("SELECT count(*) FROM evidence WHERE starts_with(locator, 'c:') AND relation_key IS NOT NULL")
    assert told[0][0] > 150
    after = hits(county)
    assert before.keys() == after.keys()
    for query, result in before.items():
        kept = [[getattr(hit, name) for name in KEPT] for hit in result.hits]
        assert [[getattr(hit, name) for name in KEPT] for hit in after[query].hits] == kept, query
        assert not after[query].faults
