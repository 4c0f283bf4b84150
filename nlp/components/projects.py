"""Names of projects and contracts: in title marks, or a run of words that ends in 项目, 工程 or 合同."""

import re

from spacy.language import Language
from spacy.tokens import Doc

from nlp.spans import Found, Taken
from nlp.walking import Walk
from nlp.words import any_of

_TITLED = re.compile(r"[《“](?P<name>[^《》“”。\n]{4,50}?(?P<end>合同书?|协议书?|项目|工程|标段|采购))[》”]")
_LOT = r"(?:[(]?第?[一二三四五六七八九十0-9ABC]{1,2}标段[)]?)?"
_ENDING = re.compile(
    rf"(?P<end>采购项目|建设项目|工程项目|改造项目|项目|工程){_LOT}"
    r"(?!有限|公司|集团|师|局|股|科|处|量|部|学院|建设|施工|监理|造价|队|承包|负责人|经理|名称|办|指挥|方面|领域|信息|机械|技术|上|组)"
    r"(?P<loose>款|结算|验收|编号|资金|经费|招标|投标|合同|采购|管理|质量|进度|协议)?"
)
# A purchase or work that is named without 项目 where it is put out to tender.
_TENDERED = re.compile(
    r"(?P<end>采购|改造|修缮|维修|扩建|新建|装修|绿化|清淤|硬化|亮化|配送服务|保洁服务|物业服务|检测服务)"
    r"(?=(?:公开|邀请)?(?:招标|招投标|比选)|中标|的招标|竞争性)"
)
# Verbs that are parts of a project's name.
_WORKS = re.compile(
    "(?:提升|改造|建设|修缮|扩建|新建|检测|治理|整治|采购|维护|养护|施工|清淤|硬化|绿化|亮化|防护|加固|除险|搬迁|安置|排污|供水|灌溉|监理|设计|勘察|维修"
    "|更新|升级|回填|拆除|装修|清扫|保洁|配送|服务|衬砌|扶贫|易地|饮水|污水|修复|拓宽|安装|装饰|改建|迁建|重建|开发|处理|排水|疏浚|护坡|征地|拆迁){1,3}"
)
_GENERIC = re.compile(
    r"(?:该|本|此|上述|有关|相关|其他|各|多个|一个|两个|三个|这个|那个|重点|重大|扶贫|民生|政府|投资|财政|专项|建设|工程|采购|施工|改造|承揽|承接|中标"
    r"|招标|投标|政府采购|公共资源|大型|小型|惠民|农业|水利|基础设施|附属|配套|隐蔽|土建|分包|具体|涉案|部分|所有|辖区|全县|县里|公司|单位)*"
)
_LEAST = 4
_AGAIN = 6  # a shorter name may be part of another word
_LEAST_LOOSE = 5  # before 招标, 验收 and the like a name has to be longer to be one


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
    walk = Walk(text, doc._.tokens, _WORKS)
    for match in _TITLED.finditer(text):
        start, end = match.span("name")
        type_ = "Contract" if match["end"][:2] in ("合同", "协议") else "Tender"
        taken.remove([one for one in taken.found if start <= one.start and one.end <= end])
        taken.add(Found(start, end, match["name"], type_, "rule:title", 0.92, None, "name"))  # type: ignore[arg-type]
    for match in [*_ENDING.finditer(text), *_TENDERED.finditer(text)]:
        loose = "loose" in match.re.groupindex and match["loose"] is not None
        end = match.start("loose") if loose else match.end()
        begin = _start(walk, taken, match.start())
        name = text[begin : match.start()]
        if loose and len(name) < _LEAST_LOOSE:
            continue
        inner = [one for one in taken.found if begin <= one.start and one.end <= end]
        if len(name) < _LEAST or _GENERIC.fullmatch(name) or any(one.type != "Date" for one in inner):
            continue
        taken.remove(inner)
        if not taken.add(Found(begin, end, text[begin:end], "Tender", "rule:project", 0.8, None, "name")):
            for one in inner:
                taken.add(one)
    _again(text, taken)
    return doc


def _again(text: str, taken: Taken) -> None:
    """Find a project's name again wherever it stands free."""
    names = {one.text for one in taken.found if one.type == "Tender" and one.kind == "name" and len(one.text) >= _AGAIN}
    for match in re.finditer(any_of(names), text) if names else ():
        if taken.free(*match.span()):
            taken.add(Found(*match.span(), match.group(), "Tender", "rule:known_project", 0.8, None, "name"))
