"""Names of projects and contracts: in title marks, or a run of words that ends in 项目, 工程 or 合同."""

import re

from spacy.language import Language
from spacy.tokens import Doc

from nlp.spans import Found, Taken
from nlp.walking import Walk

_TITLED = re.compile(r"[《“](?P<name>[^《》“”。\n]{4,50}?(?P<end>合同书?|协议书?|项目|工程|标段|采购))[》”]")
_LOT = r"(?:[(]?第?[一二三四五六七八九十0-9ABC]{1,2}标段[)]?)?"
_ENDING = re.compile(
    rf"(?P<end>采购项目|建设项目|工程项目|改造项目|项目|工程){_LOT}"
    r"(?!有限|公司|集团|款|师|局|股|科|处|量|部|学院|建设|施工|监理|造价|结算|验收|队|承包|负责人|经理|编号|名称|资金|经费|办|招标|投标|指挥|合同|采购|管理|方面|领域|信息|机械|技术|质量|进度|款项|协议|上|组)"
)
_GENERIC = re.compile(
    r"(?:该|本|此|上述|有关|相关|其他|各|多个|一个|两个|三个|这个|那个|重点|重大|扶贫|民生|政府|投资|财政|专项|建设|工程|采购|施工|改造|承揽|承接|中标"
    r"|招标|投标|政府采购|公共资源|大型|小型|惠民|农业|水利|基础设施|附属|配套|隐蔽|土建|分包|具体|涉案|部分|所有|辖区|全县|县里|公司|单位)*"
)
_LEAST = 4


def _start(walk: Walk, taken: Taken, start: int) -> int:
    """Walk left; a year right before the run belongs to the name, and so does the unit before that."""
    begin = walk.back(start, most=32)
    for one in taken.found:
        if one.type == "Date" and one.end == begin and re.fullmatch(r"[0-9]{4}年(?:度)?", one.text):
            return walk.back(one.start, most=16) if one.start else one.start
    return begin


@Language.component("shenwa_projects", requires=["doc._.tokens", "doc._.taken"], assigns=["doc._.taken"])
def find_projects(doc: Doc) -> Doc:
    """Find names of projects (Tender) and contracts (Contract)."""
    text: str = doc._.mapped.text
    taken: Taken = doc._.taken
    if "项目" not in text and "工程" not in text and "合同" not in text and "协议" not in text and "采购》" not in text:
        return doc
    walk = Walk(text, doc._.tokens)
    for match in _TITLED.finditer(text):
        start, end = match.span("name")
        type_ = "Contract" if match["end"][:2] in ("合同", "协议") else "Tender"
        taken.remove([one for one in taken.found if start <= one.start and one.end <= end])
        taken.add(Found(start, end, match["name"], type_, "rule:title", 0.92, None, "name"))  # type: ignore[arg-type]
    for match in _ENDING.finditer(text):
        end = match.end()
        begin = _start(walk, taken, match.start())
        name = text[begin : match.start()]
        inner = [one for one in taken.found if begin <= one.start and one.end <= end]
        if len(name) < _LEAST or _GENERIC.fullmatch(name) or any(one.type != "Date" for one in inner):
            continue
        taken.remove(inner)
        if not taken.add(Found(begin, end, text[begin:end], "Tender", "rule:project", 0.8, None, "name")):
            for one in inner:
                taken.add(one)
    return doc
