"""Identifiers in running text, with their check digits: a number that fails its check has no value."""

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from nlp.extraction import MentionType
from nlp.identifiers import credit_code_fault, luhn_ok, person_id_fault
from nlp.spans import Found, Taken

_LONG = re.compile(r"(?<![0-9A-Za-z*])[0-9A-HJ-NP-RT-UW-Y]{17}[0-9A-HJ-NP-RT-UW-Yx](?![0-9A-Za-z*])")
_MASKED = re.compile(r"(?<![0-9A-Za-z*×])[1-9][0-9]{2,9}[*×]{4,14}[0-9Xx*×]{1,4}(?![0-9A-Za-z])")
_OLD_ID = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{14}(?![0-9A-Za-z])")
_CARD = re.compile(r"(?<![0-9A-Za-z.])[0-9]{4}(?:[ -]?[0-9]{4}){2,3}(?:[ -]?[0-9]{1,4})?(?![0-9A-Za-z])|(?<![0-9A-Za-z.])[0-9]{10,25}(?![0-9A-Za-z])")  # fmt: skip  # noqa: E501
_PHONE = re.compile(r"(?<![0-9A-Za-z])(?:1[3-9][0-9]{9}|0[0-9]{2,3}-[0-9]{7,8})(?![0-9A-Za-z])")
_PLATE = re.compile(
    r"(?<![\u4e00-\u9fff])?[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·.]?[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9])"
)
_DOCUMENT = re.compile(
    r"(?P<who>[\u4e00-\u9fff]{0,10})[〔\[(【](?:19|20)[0-9]{2}[〕\])】](?P<court>[\u4e00-\u9fff]{1,3}[0-9]{0,6}[\u4e00-\u9fff]{1,4})?第?[0-9]{1,6}号"
)
_LEADING = re.compile(
    r"^.*(?:根据|依据|按照|依照|印发|转发|以|经|的|在|由|见|和|与|及|收到|下发|作出|出具|查阅|调取|参照|执行|落实|违反|关于|号|文件)"
)
_LABELLED = re.compile(
    r"(?P<label>合同(?:登记|备案)?(?:编号|序号|号码|号)|协议(?:书)?(?:编号|号)|(?:招标|采购|工程|政采)?项目(?:编号|代码|号)|(?:招标|采购|标书|招标文件|采购计划)(?:编号|号)"
    r"|标段(?:编号|号)|标段|案件编号|案号|线索编号|统一社会信用代码|信用代码|(?<=合同)编码|编号|编码)"
    r"(?:\([^()]{0,6}\))?[ ]?[:为是]{0,2}[ ]?(?P<number>[A-Za-z0-9(〔\[][A-Za-z0-9\-_/〔〕\[\]()年第号]{2,30}"
    r"|(?<=[:为是 ])[\u4e00-\u9fff]{1,8}[-_〔\[(]?[A-Za-z0-9][A-Za-z0-9\-_/〔〕\[\]()年第号]{2,30})"
)
_CODE = re.compile(r"(?<![0-9A-Za-z-])(?P<head>[A-Z]{2,8})[-_]?(?:[A-Z0-9]{1,8}[-_]?){0,3}[0-9]{2,}(?:[-_][0-9A-Z]{1,8}){0,4}(?![0-9A-Za-z-])")  # fmt: skip  # noqa: E501
_ACCOUNT_BEFORE = re.compile(r"(?:账号|帐号|账户|帐户|卡号|银行卡|存折|交易卡|对公)[^0-9。;\n]{0,12}$")
_ID_BEFORE = re.compile(r"(?:身份证|证件|公民身份)[^0-9。;\n]{0,10}$")
_LABELS: dict[str, tuple[MentionType, str]] = {
    "标段编号": ("Tender", "lot"),
    "标段号": ("Tender", "lot"),
    "案件编号": ("Identifier", "case"),
    "案号": ("Identifier", "case"),
    "线索编号": ("Identifier", "lead"),
    "统一社会信用代码": ("Identifier", "credit_code"),
    "信用代码": ("Identifier", "credit_code"),
}
_TITLE, _TITLE_WORDS = 200, 60  # a bare 编号 below a title with 合同 is the contract's
# 编号为X的施工合同 · 该合同(X) · 合同是我去签的,编号X
_DEAL_AFTER = re.compile(r"号?[)”]?的?(?:[\u4e00-\u9fff]{0,8})(?P<deal>合同|协议|项目|标段|采购|工程)")
_DEAL_BEFORE = re.compile(
    r"(?P<deal>合同|协议|项目|工程|招标|标段)(?:书)?[》”]?(?:\((?:合同|协议)?(?:编号|号)?:?"
    r"|[^。;\n合同项目招标]{0,14}[,( ](?:编号|号码)?[:为是]?)$"
)
_HEADS: dict[str, MentionType] = dict.fromkeys(("HT", "HTBH", "CGHT", "GCHT"), "Contract")
_HEADS |= dict.fromkeys(("ZB", "CG", "XM", "ZC", "TP", "JZ", "ZBCG", "GKZB", "ZFCG", "XJ", "CS"), "Tender")


def _clean(text: str) -> str:
    return re.sub(r"[ -]", "", text).upper()


def _long(text: str) -> Iterator[Found]:
    for match in _LONG.finditer(text):
        number, before = match.group(), text[max(0, match.start() - 20) : match.start()]
        if person_id_fault(number) is None:
            kind, value, sure = "id_card", number.upper(), 0.99
        elif credit_code_fault(number) is None and not (number.isdigit() and _ACCOUNT_BEFORE.search(before)):
            kind, value, sure = "credit_code", number, 0.99
        elif _ID_BEFORE.search(before):
            kind, value, sure = "id_card", None, 0.7
        elif "信用代码" in before:
            kind, value, sure = "credit_code", None, 0.7
        else:
            continue
        yield Found(match.start(), match.end(), number, "Identifier", f"rule:{kind}", sure, value, kind)
    for match in _MASKED.finditer(text):
        yield Found(match.start(), match.end(), match.group(), "Identifier", "rule:masked_number", 0.8, None, "masked")
    for match in _OLD_ID.finditer(text):
        named = _ID_BEFORE.search(text[max(0, match.start() - 20) : match.start()])
        if named and person_id_fault(match.group()) is None:
            yield Found(match.start(), match.end(), match.group(), "Identifier", "rule:id_card", 0.95, match.group(), "id_card")  # fmt: skip  # noqa: E501


def _small(text: str) -> Iterator[Found]:
    for match in _PHONE.finditer(text):
        if _ACCOUNT_BEFORE.search(text[max(0, match.start() - 16) : match.start()]) is None:
            yield Found(
                match.start(), match.end(), match.group(), "Identifier", "rule:phone", 0.97, match.group(), "phone"
            )
    for match in _PLATE.finditer(text):
        yield Found(match.start(), match.end(), match.group(), "Identifier", "rule:plate", 0.97, match.group(), "plate")
    for match in _DOCUMENT.finditer(text):
        lead = _LEADING.match(match["who"])
        start = match.start() + (lead.end() if lead else 0)
        number = text[start : match.end()]
        yield Found(start, match.end(), number, "Identifier", "rule:document_number", 0.95, number, "document")


def _deal(text: str, label: str, start: int, end: int, number: str) -> tuple[MentionType, str]:
    """Say whether a number is one of a contract or of a tender: by its label, the words beside it, or its letters."""
    if "合同" in label or "协议" in label:
        return "Contract", "number"
    if re.search("项目|招标|采购|标书", label):
        return "Tender", "number"
    if label in ("编号", "编码") and start < _TITLE and re.search("合同|协议", text[:_TITLE_WORDS]):
        return "Contract", "number"
    after = _DEAL_AFTER.match(text, end)
    before = _DEAL_BEFORE.search(text, max(0, start - 40), start)
    words = after or before
    if words is not None:
        return ("Contract", "number") if words.group("deal") in ("合同", "协议") else ("Tender", "number")
    if number.startswith(("HT", "CGHT", "GCHT")) or re.search("[-_]HT[-_0-9]|合字|合同", number):
        return "Contract", "number"
    return _HEADS.get(re.sub("[^A-Z].*", "", number), "Identifier"), "number"


def _labelled(text: str) -> Iterator[Found]:
    for match in _LABELLED.finditer(text):
        number = match["number"].rstrip("-_/〔[(年第")
        if number.count("(") != number.count(")"):
            number = number.partition(")")[0] if ")" in number else number.partition("(")[0]
        if not any(char.isdigit() for char in number) or len(number) < 3:
            continue
        label = _LABELS.get(match["label"]) or _deal(text, match["label"], match.start(), match.end(), number)
        kind = label[1]
        value = None if kind == "credit_code" and credit_code_fault(number) is not None else number
        start = match.start("number")
        yield Found(start, start + len(number), number, label[0], "rule:labelled_number", 0.97, value, kind)
    for match in _CODE.finditer(text):
        type_ = _deal(text, "", match.start(), match.end(), match.group())[0]
        yield Found(match.start(), match.end(), match.group(), type_, "rule:code", 0.85, match.group(), "number")


def _accounts(text: str) -> Iterator[Found]:
    for match in _CARD.finditer(text):
        number = _clean(match.group())
        named = _ACCOUNT_BEFORE.search(text[max(0, match.start() - 20) : match.start()])
        card = 16 <= len(number) <= 19 and luhn_ok(number)
        if named and len(number) >= 10:
            yield Found(match.start(), match.end(), match.group(), "Account", "rule:account", 0.97, number, "account")
        elif card:
            yield Found(match.start(), match.end(), match.group(), "Account", "rule:bank_card", 0.95, number, "card")


@Language.component("shenwa_identifiers", requires=["doc._.mapped", "doc._.taken"], assigns=["doc._.taken"])
def find_identifiers(doc: Doc) -> Doc:
    """Find ID cards, credit codes, accounts, phones, plates, and numbers of documents, contracts and projects."""
    text: str = doc._.mapped.text
    taken: Taken = doc._.taken
    if any(char.isdigit() for char in text):
        for kind in (_long, _labelled, _small, _accounts):
            for one in kind(text):
                taken.add(one)
    return doc
