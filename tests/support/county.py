"""A handful of invented register files that hang together, for tests of the projection."""

from datetime import date
from pathlib import Path

from tests.support.registers import Row, credit_code, person_id, write_rows
from tests.support.statements import HAN, LUO, both, own

# Valid check digits, nobody's numbers.
HAN_ID, LUO_ID, ZHOU_ID = person_id(1), person_id(2), person_id(3)
BUREAU, FIRM, FIRM_CODE = "青禾县水务局", "青禾县广润工程有限公司", credit_code(1)

TABLES: dict[str, list[Row]] = {
    "任职": [
        {"姓名": "韩冬生", "身份证号": HAN_ID, "单位": BUREAU, "职务": "局长", "任职日期": "2015-03", "免职日期": None},
        {
            "姓名": "周立民",
            "身份证号": ZHOU_ID,
            "单位": BUREAU,
            "职务": "科员",
            "任职日期": "2016-01-05",
            "免职日期": None,
        },
    ],
    # A later delivery ends a post and tells another start.
    "任职新": [
        {
            "姓名": "韩冬生",
            "身份证号": HAN_ID,
            "单位": BUREAU,
            "职务": "局长",
            "任职日期": "2015-04-01",
            "免职日期": "2021-06-30",
        },
    ],
    "职责": [
        {
            "单位": BUREAU,
            "事项": "工程招标",
            "环节": "审批",
            "姓名": "韩冬生",
            "身份证号": HAN_ID,
            "日期": "2019-05-06",
            "关联编号": "QH-HT-001",
        },
        {
            "单位": BUREAU,
            "事项": "农村供水",
            "环节": None,
            "姓名": "韩冬生",
            "身份证号": HAN_ID,
            "日期": "2018-01-01",
            "关联编号": None,
        },
    ],
    "亲属关系": [
        {"姓名": "韩冬生", "身份证号": HAN_ID, "称谓": "妻弟", "亲属姓名": "罗大勇", "亲属身份证号": LUO_ID},
        {"姓名": "罗大勇", "身份证号": LUO_ID, "称谓": "姐夫", "亲属姓名": "韩冬生", "亲属身份证号": HAN_ID},
    ],
    "企业登记": [
        {
            "统一社会信用代码": FIRM_CODE,
            "企业名称": FIRM,
            "成立日期": "2016-02-03",
            "法定代表人": "罗大勇",
            "法定代表人身份证号": LUO_ID,
        },
    ],
    "合同": [
        {
            "合同编号": "QH-HT-001",
            "合同名称": "供水管网",
            "采购单位": BUREAU,
            "供应商": FIRM,
            "统一社会信用代码": FIRM_CODE,
            "合同金额": "1280000",
            "签订日期": "2019-05-08",
        },
    ],
    "流水甲": [own(HAN, "进", LUO, "2019-06-01 10:00:00", "50000", 摘要说明="借款")],
    "流水乙": [own(LUO, "出", HAN, "2019-06-01 10:00:05", "50000", 摘要说明="借款")],
    "双边": [both("B1", LUO, HAN, "2019-06-01 10:00:05", "50000")],
}
# Where two deliveries differ the newer one is believed: each has a day of its own, so that no order of imports matters.
OBTAINED = {name: date(2022, 1, place) for place, name in enumerate(TABLES, start=1)}


def write_county(folder: Path) -> dict[str, Path]:
    """Write each file into a folder of its own and return their paths by name."""
    return {name: write_rows(folder / name / f"{name}.csv", rows) for name, rows in TABLES.items()}
