"""A small office from registers: one shadow company, a clerk, a recusal, an unknown date, and a workspace over it."""

from pathlib import Path
from typing import Any

from app.services.context import Context
from app.services.importing import run_import
from graph.settings import Settings
from graph.workspace import Workspace
from ingest.options import ImportOptions
from tests.support.registers import credit_code, person_id, write_folder

OFFICIAL, RELATIVE, CLERK, UNDATED = (person_id(number) for number in (1, 2, 3, 4))
COMPANY = credit_code(1)
BUREAU = "青石县教育局"


def _kin(name: str, code: str, word: str) -> dict[str, object]:
    return {
        "姓名": name,
        "身份证号": code,
        "称谓": word,
        "亲属姓名": "周启明",
        "亲属身份证号": RELATIVE,
        "依据": "干部档案",
    }


def _post(name: str, code: str, post: str, since: str | None) -> dict[str, object]:
    return {"姓名": name, "身份证号": code, "单位": BUREAU, "职务": post, "任职日期": since, "免职日期": None}


def _contract(number: int, amount: str = "42万元") -> dict[str, object]:
    return {
        "合同编号": f"HT-{number}", "合同名称": f"文具采购{number}", "采购单位": BUREAU, "供应商": "云岭文具有限公司",
        "统一社会信用代码": COMPANY, "合同金额": amount, "签订日期": f"202{number}-03-05",
    }  # fmt: skip


def tables() -> dict[str, list[dict[str, object]]]:
    """Return the registers by file name."""
    return {
        "登记/亲属关系": [
            _kin("韩冬生", OFFICIAL, "妻弟"), _kin("李小科", CLERK, "姐夫"), _kin("何无期", UNDATED, "表弟"),
        ],
        "登记/企业登记": [
            {"统一社会信用代码": COMPANY, "企业名称": "云岭文具有限公司", "成立日期": "2018-02-03",
             "法定代表人": "周启明", "法定代表人身份证号": RELATIVE, "参保人数": 2}
        ],
        "登记/任职": [
            _post("韩冬生", OFFICIAL, "副局长", "2019-05-01"), _post("李小科", CLERK, "科员", "2015-05-01"),
            _post("何无期", UNDATED, "局长", None),
        ],
        "登记/分管": [
            {"单位": BUREAU, "姓名": "韩冬生", "身份证号": OFFICIAL, "分管事项": "采购",
             "起始日期": "2019-05-01", "终止日期": None}
        ],
        "合同": [_contract(number) for number in range(4)],
        "回避": [
            {"姓名": "韩冬生", "身份证号": OFFICIAL, "事项编号": "HT-3", "日期": "2023-01-02", "说明": "亲属参与"}
        ],
    }  # fmt: skip


def fill(context: Context, folder: Path, changed: dict[str, Any] | None = None) -> None:
    """Import the registers into the workspace of a context.

    Args:
        context: Of the workspace.
        folder: Receives the files.
        changed: Tables instead of those of the office.
    """
    write_folder(folder, {**tables(), **(changed or {})})
    run_import(context, [folder], ImportOptions(), project=True, progress=lambda done, total, name: None)


def context_of(path: Path, url: str | None = None, **more: Any) -> Context:
    """Return a context over a workspace, on the embedded engine or the server at `url`."""
    return Context(Workspace(path), Settings(graph=url or ""), **more)
