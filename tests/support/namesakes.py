"""An official whose brother is named without a number, and the firm's owner who bears that name with one."""

from pathlib import Path

from tests.support.registers import credit_code, person_id, write_folder

BUREAU, HEAD, BROTHER, FIRM = "苇城县住建局", "桑青山", "桑青河", "青河建材有限公司"
HEAD_ID, OWNER_ID = person_id(11), person_id(12, "19790304")


def write_namesakes(folder: Path) -> Path:
    """Write the registers: the one tie between official and firm is a name that nobody has matched yet."""
    who = {"姓名": HEAD, "身份证号": HEAD_ID}
    firm = {"统一社会信用代码": credit_code(31), "企业名称": FIRM}
    return write_folder(
        folder,
        {
            "任职": [{**who, "单位": BUREAU, "职务": "副局长", "任职日期": "2018-01-01", "免职日期": "2023-12-31"}],
            "分管": [{**who, "单位": BUREAU, "分管事项": "采购", "起始日期": "2018-01-01", "终止日期": "2023-12-31"}],
            "亲属关系": [
                {**who, "称谓": "弟弟", "亲属姓名": BROTHER, "亲属身份证号": "", "亲属工作单位": "", "依据": "填报"}
            ],
            "企业登记": [{**firm, "成立日期": "2017-05-01", "法定代表人": BROTHER, "法定代表人身份证号": OWNER_ID}],
            "合同": [
                {
                    "合同编号": f"ZJ-{number}",
                    "合同名称": f"建材采购{number}",
                    "采购单位": BUREAU,
                    "供应商": FIRM,
                    "统一社会信用代码": credit_code(31),
                    "合同金额": "300000",
                    "签订日期": f"2020-0{number}-01",
                }
                for number in range(1, 5)
            ],
        },
    )
