"""Firms that nobody writes with their form: 云启科技中标, 鑫源商贸的老板; the words beside say what they are."""

import re
from collections.abc import Iterator
from functools import cache

from nlp.spans import Found, Taken
from nlp.words import any_of, table

_BOUND = ",。;:、()“”《》\n 由向给与和在系是的至入到从为据将把跟了被让及经"
_VERBS = "收送付签借买卖另又并因为所有个家名某"
_MORE = (
    "建材|建工|石油|消防|安防|测绘|担保|粮油|饲料|印刷|苗木|种苗|矿业|环保|纺织|检测|汽修|汽贸|装潢|家具|服饰|五金|电器|机械|机电|化工|能源|物流|餐饮|保洁|渣土"
    "|沙石|砂石|石材|石料|农资|农机|医药|药业|食品|酒业|茶业|水产|养殖|钢材|木业|陶瓷|塑业|电缆|门窗|灯饰"
)
_BESIDE = (
    "(?:的)?(?:大|小|原|现)?(?:老板|股东|实际控制人|法定代表人|法人|总经理|副总|经理|业务员|监事|会计|出纳|股份|股权|对公账户|银行账户|账户|账上|资质|标书|名义"
    "|名下|老总|法人代表|干股|员工|施工队)|(?:顺利|成功|最终|顺利地)?(?:中标|中了标|承建|承揽|承接|承包|施工|报价|投标|竞得|成交|综合得分)|以[0-9]|虚开|串标|围标|陪标"
)


@cache
def _pattern() -> re.Pattern[str]:
    trades = any_of([*table("organisations")["industry"]["words"], *_MORE.split("|")])
    return re.compile(
        rf"(?:(?<=[{_BOUND}])|\A)(?P<name>(?:[\u4e00-\u9fff]{{2,3}}[县市区镇乡])?[^{_BOUND}{_VERBS}\W0-9A-Za-z]{{2,4}}?{trades}{{1,2}}(?:[店部社行坊铺站场])?)"
        rf"(?={_BESIDE})"
    )


@cache
def _plain() -> re.Pattern[str]:
    """Match names that are made of nothing but what firms do, or of what a place or a body is called."""
    trades = any_of([*table("organisations")["industry"]["words"], *_MORE.split("|")])
    return re.compile(
        rf"(?:{trades}|该|本|各|有关|相关|其他|全县|全镇|县|镇|村|多家|几家|两家|三家|一家|负责|从事|参与|项目|工程|土建|承包)*"
    )


def informal_firms(text: str, taken: Taken) -> Iterator[Found]:
    """Yield firms without their form; a place right before one belongs to its name."""
    for match in _pattern().finditer(text):
        start, end = match.span("name")
        if _plain().fullmatch(match["name"]) or not taken.free(start, end):
            continue
        yield Found(start, end, text[start:end], "Company", "rule:informal_firm", 0.75, None, "company")
