"""A small invented place for tests of the verbs: one firm, its owners, two officials and a clerk, eight contracts."""

from pathlib import Path

from tests.support.registers import credit_code, person_id, write_folder

BUREAU, SCHOOL, COUNTY, CLINIC, FAR = "苇城县教育局", "苇城县第二中学", "苇城县人民政府", "苇城县卫生院", "远州县水务局"
FIRM, PARENT = "荻花文具有限公司", "荻花控股有限公司"
HEAD, BROTHER, OWNER, CLERK, MATE, TWIN = "冉立秋", "冉立冬", "蒲小满", "尤谷雨", "安清明", "冉立秋"
PEOPLE = {HEAD: person_id(1), BROTHER: person_id(2), OWNER: person_id(3), CLERK: person_id(4), MATE: person_id(5)}
OTHER_HEAD = person_id(9)

# number, buyer, amount, day of signing
CONTRACTS = [
    ("WH-1", BUREAU, "100000", "2018-06-01"),
    ("WH-2", BUREAU, "280000.50", "2020-06-01"),
    ("WH-3", SCHOOL, "50000", "2021-06-01"),
    ("WH-4", BUREAU, "70000", "2024-06-01"),
    ("WH-5", BUREAU, "90000", ""),
    ("WH-6", CLINIC, "30000", "2020-07-01"),
    ("WH-7", FAR, "60000", "2020-08-01"),
    ("WH-8", BUREAU, "40000", "2020-09-01"),
]


def _post(name: str, unit: str, post: str, start: str, end: str) -> dict[str, str]:
    number = PEOPLE[name]
    return {"姓名": name, "身份证号": number, "单位": unit, "职务": post, "任职日期": start, "免职日期": end}


def write_village(folder: Path) -> Path:
    """Write the registers."""
    firm = {"统一社会信用代码": credit_code(1), "企业名称": FIRM}
    parent = {"统一社会信用代码": credit_code(2), "企业名称": PARENT}
    agencies = [
        (BUREAU, COUNTY, "苇城县"),
        (SCHOOL, BUREAU, "苇城县"),
        (CLINIC, "苇城县卫健局", "苇城县"),
        (FAR, "远州县人民政府", "远州县"),
    ]
    mate = {"法定代表人": MATE, "法定代表人身份证号": PEOPLE[MATE]}
    tables = {
        "登记/机构": [{"单位": a, "上级单位": b, "类型": "行政", "行政区划": c} for a, b, c in agencies],
        "登记/任职": [
            _post(HEAD, BUREAU, "副局长", "2019-03-01", "2022-12-31"),
            _post(CLERK, BUREAU, "科员", "2015-01-01", ""),
            {**_post(HEAD, FAR, "副局长", "2017-01-01", "2019-02-28"), "身份证号": OTHER_HEAD},
        ],
        # The end of the charge was never written down; the post ended.
        "登记/分管": [
            {
                "单位": BUREAU,
                "姓名": HEAD,
                "身份证号": PEOPLE[HEAD],
                "分管事项": "采购",
                "起始日期": "2019-05-01",
                "终止日期": "",
            }
        ],
        "登记/亲属关系": [
            {
                "姓名": HEAD,
                "身份证号": PEOPLE[HEAD],
                "称谓": "弟弟",
                "亲属姓名": BROTHER,
                "亲属身份证号": PEOPLE[BROTHER],
                "亲属工作单位": "",
                "起始日期": "",
                "终止日期": "",
                "依据": "个人有关事项报告",
            }
        ],
        "登记/婚姻登记": [
            {
                "男方姓名": BROTHER,
                "男方身份证号": PEOPLE[BROTHER],
                "女方姓名": OWNER,
                "女方身份证号": PEOPLE[OWNER],
                "登记日期": "2010-05-01",
                "类型": "结婚",
            }
        ],
        "登记/社会关系": [
            {
                "姓名": CLERK,
                "身份证号": PEOPLE[CLERK],
                "关系": "同学",
                "对方姓名": OWNER,
                "对方身份证号": PEOPLE[OWNER],
                "起始日期": "2000-09-01",
                "终止日期": "",
                "依据": "谈话",
            }
        ],
        "企业/企业登记": [
            {**firm, "曾用名": "芦苇文具有限公司", "成立日期": "2018-01-01", **mate},
            {**parent, "曾用名": "", "成立日期": "2012-01-01", **mate},
        ],
        "企业/股东": [
            {**firm, "股东名称": PARENT, "股东证件号": credit_code(2), "持股比例": "60%", "入股日期": "2018-01-01"},
            {**parent, "股东名称": OWNER, "股东证件号": PEOPLE[OWNER], "持股比例": "50%", "入股日期": "2012-01-01"},
        ],
        "采购/合同": [
            {
                "合同编号": number,
                "合同名称": f"文具采购{number}",
                "采购单位": buyer,
                "供应商": FIRM,
                "统一社会信用代码": credit_code(1),
                "合同金额": amount,
                "签订日期": day,
            }
            for number, buyer, amount, day in CONTRACTS
        ],
        "采购/回避": [
            {"姓名": HEAD, "身份证号": PEOPLE[HEAD], "事项编号": "WH-8", "日期": "2020-08-20", "说明": "亲属参与"}
        ],
    }
    return write_folder(folder, tables)
