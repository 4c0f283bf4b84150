"""An app-like reader, a command that writes and a note in the casebook at once: all succeed, nobody sees a mixture."""

from pathlib import Path

from app.services.context import Context
from app.services.naming import find
from app.services.reading import reading
from app.services.tables import open_tables
from graph.settings import Settings
from graph.store.base import View
from graph.workspace import Workspace
from tests.support.commands import ended, start
from tests.support.registers import credit_code, write_csv
from tests.support.village import BUREAU, FIRM

SIGNED = """
MATCH (f:Company)-[r:SIGNED]->(c:Contract) WHERE f.id IN $ids
RETURN c.id AS id, r.eid AS eid ORDER BY id, eid LIMIT 1000
"""
HEADER = ["合同编号", "合同名称", "采购单位", "供应商", "统一社会信用代码", "合同金额", "签订日期"]


def contracts(view: View, firm: str) -> int:
    return len(view.run(SIGNED, {"ids": [firm]}, ["id", "eid"]).rows)


def delivery(folder: Path, number: int) -> Path:
    """Write one more contract of the firm."""
    row = [f"NEW-{number}", "追加采购", BUREAU, FIRM, credit_code(1), "1000", "2021-01-01"]
    return write_csv(folder / f"合同{number}.csv", HEADER, [row])


def test_a_reader_goes_on_while_commands_import(own_village: Path, tmp_path: Path) -> None:
    context = Context(Workspace(own_village), Settings())
    with reading(context) as opened, open_tables(opened.tables, opened.scope) as connection:
        firm = find(connection, FIRM).id
        before = contracts(opened.view, firm)
        answers = set()
        # More imports than generations are kept: an open view must outlive its files.
        for number in range(3):
            process = start(own_village, "import", delivery(tmp_path, number))
            while process.poll() is None:
                answers.add(contracts(opened.view, firm))
                with context.casebook() as casebook:
                    casebook.note_act("tester", "note", str(number), "while a command writes")
            assert ended(process).code == 0
            answers.add(contracts(opened.view, firm))
        assert answers == {before}
    with reading(context) as opened:
        assert contracts(opened.view, firm) == before + 3


def test_two_commands_at_once_wait_for_each_other(own_village: Path, tmp_path: Path) -> None:
    both = [start(own_village, "import", delivery(tmp_path, number)) for number in range(2)]
    assert [ended(process).code for process in both] == [0, 0]
    context = Context(Workspace(own_village), Settings())
    with reading(context) as opened, open_tables(opened.tables, opened.scope) as connection:
        assert {find(connection, f"NEW-{number}").type for number in range(2)} == {"Contract"}
