"""Organisations: a known ending, the words before it that belong to it, and Company or Agency by that ending."""

import re
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.informal_firms import informal_firms
from nlp.lac.weights import MODEL_ID
from nlp.spans import Found, Taken
from nlp.walking import Walk
from nlp.words import any_of, surname_of, table

_LISTS = table("organisations")
_ALONE = frozenset(_LISTS["alone"]["words"])
_NEVER_ALONE = frozenset(_LISTS["never_alone"]["words"])
_GENERIC = re.compile(any_of(_LISTS["generic"]["words"]) + "*")
_SEATS = frozenset("省市县区镇乡")
_TOO_PLAIN = frozenset(("局", "中心", "学校", "委员会", "大队", "办公室", "处", "村", "协会", "开发区", "大学", "学院"))
_SPLIT = re.compile(r"(?<=[局司委院校府村])(?:与|和|及|向|对|同|给|、|将|把|的|为|从)")


# What a firm may end in that is named without its form, when the tagger says that it is one: 云启科技.
_TRADE_END = re.compile(
    "(?:科技|信息|电子|建工|建材|装饰|装潢|置业|地产|商贸|工贸|贸易|医疗|医药|药业|物流|传媒|广告|文具|图文|印务|园林|路桥|市政|机电|汽修|汽贸|劳务|建设|建筑"
    "|实业|控股|网络|软件|能源|种苗|苗木|石材|砂石|渣土|餐饮|物业|保洁|家具|服饰|粮油|酒业|矿业|化工|五金|电器|机械|勘测|检测|监理|砂场|石场)$"
)


@cache
def _endings() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the pattern of all endings, and ending -> kind; `company` for firms."""
    kinds = {word: kind for kind, words in _LISTS["agency"].items() for word in words}
    kinds |= dict.fromkeys(_LISTS["company"], "company")
    kinds["村"] = "village"
    # An agency's ending may be followed by its Party committee and the like; each is an organisation of its own.
    return re.compile(any_of(kinds)), kinds


# What runs into a name from the left: 经青石县纪委, 周启明系华信公司.
_LEAD = re.compile(
    "(?:原系|原为|系|[\u4e00-\u9fff]{0,8}人(?:为|是)|[\u4e00-\u9fff]{2,3}系|经(?!济|贸|开|营|信|管))(?=[\u4e00-\u9fff]{2})|[(][一二三四五六七八九十]{1,2}[)]"
)
_PARTY = re.compile(r"党(?:委|组|支部|总支|工委)$")
_PARTY_POST = re.compile(r"原?副?书记|原?(?:委员|成员)")


def _ends_name(text: str, ending: str, end: int) -> bool:
    """Say whether an ending really ends a name here: 局长, 县委书记, 银行卡 go on."""
    after = text[end : end + 1]
    for tail, refused in _LISTS["closed"].items():
        if ending.endswith(tail) and after and after in refused:
            return False
    if _PARTY.search(ending) and _PARTY_POST.match(text, end):
        return False  # 石桥镇党委副书记 is a post in 石桥镇, as 教育局党组书记 is one in 教育局
    if ending.endswith("公司") and text[end : end + 1] == "法" and text[end : end + 2] != "法定":
        return False
    return not (after == "(" and re.match(r"\([^()]{1,8}\)(?:有限|公司|集团)", text[end:]))


def _named(walk: Walk, text: str, begin: int, start: int, end: int, kind: str) -> bool:
    """Say whether the words before an ending name one organisation."""
    name, ending = text[begin:start], text[start:end]
    if not name:
        return ending in _ALONE
    if ending == "办公室" and surname_of(name) and walk.person(begin, start):
        return False  # 在韩冬生办公室
    if name in _SEATS and kind != "company":
        return ending not in _TOO_PLAIN
    if _GENERIC.fullmatch(name) and ending not in _ALONE and ending != "局":
        return False
    if kind == "company":
        return not walk.industry_only(name) and not (len(name) == 1 and ending != "公司") and len(name) >= 2
    if ending == "局":
        return len(name) >= 2 or name in ("公安",)
    return ending in _ALONE or len(name) >= 2


def _split(text: str, begin: int, start: int) -> int:
    """Return a later beginning when two organisations ran together: 教育局与云岭文具有限公司."""
    cuts = [found.end() for found in _SPLIT.finditer(text, begin, start)]
    return cuts[-1] if cuts else begin


def _cut_known(taken: Taken, begin: int, start: int) -> int:
    """Return a beginning after whatever already holds part of the run."""
    while begin < start and not taken.free(begin, start):
        begin += 1
    return begin


def _by_ending(walk: Walk, taken: Taken) -> None:
    text = walk.text
    pattern, kinds = _endings()
    candidates: list[tuple[int, int, int, str]] = []
    at = 0
    while (found := pattern.search(text, at)) is not None:
        start, end = found.span()
        if not _ends_name(text, found.group(), end):
            at = start + 1  # 二中 of 第二中学 ends nothing, 中学 does
            continue
        at = end
        begin = _cut_known(taken, _split(text, walk.back(start), start), start)
        candidates.append((begin, start, end, kinds[found.group()]))
    # The same run can end twice: 青石县人民政府办公室, 青石县实验小学. The longest name wins, from the right.
    for begin, start, end, kind in reversed(candidates):
        begin = walk.trim(begin, start)
        lead = _LEAD.match(text, begin, start)
        begin = lead.end() if lead is not None else begin
        if (
            text.startswith("我们", begin)
            or not taken.free(begin, end)
            or not _named(walk, text, begin, start, end, kind)
        ):
            continue
        if kind == "village" and not 1 <= start - begin <= 5:
            continue
        type_ = "Company" if kind == "company" else "Agency"
        sure = 0.95 if end - start > 1 and start - begin >= 2 else 0.85
        taken.add(Found(begin, end, text[begin:end], type_, "rule:organisation", sure, None, kind))  # type: ignore[arg-type]


def _by_tagger(walk: Walk, taken: Taken) -> None:
    text = walk.text
    for token in walk.tokens:
        if token.tag != "ORG" or not taken.free(token.start, token.end) or token.end - token.start < 3:
            continue
        name = text[token.start : token.end]
        if _GENERIC.fullmatch(name) or name in _NEVER_ALONE or re.search(r"[,。:;、《》“”\n的]", name) or "村" in name:
            continue
        if any(name.endswith(ending) for ending in _NEVER_ALONE):
            continue
        owner = name.removesuffix("办公室")
        if owner != name and 2 <= len(owner) <= 4 and surname_of(owner) and text.count(owner) > text.count(name):
            continue
        company = re.search(r"公司|集团|厂|行|店|社|企业|超市", name) is not None or (
            len(name) >= 4 and _TRADE_END.search(name) is not None
        )
        if not company and not re.search(r"[局委办院校所站部会府室队处中心科]$", name):
            continue
        type_ = "Company" if company else "Agency"
        taken.add(Found(token.start, token.end, name, type_, MODEL_ID, 0.7, None, "company" if company else "office"))  # type: ignore[arg-type]


@Language.component("shenwa_organisations", requires=["doc._.tokens", "doc._.taken"], assigns=["doc._.taken"])
def find_organisations(doc: Doc) -> Doc:
    """Find companies and agencies."""
    walk = Walk(doc._.mapped.text, doc._.tokens)
    _by_ending(walk, doc._.taken)
    for one in informal_firms(walk.text, doc._.taken):
        doc._.taken.add(one)
    _by_tagger(walk, doc._.taken)
    return doc
