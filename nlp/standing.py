"""Which identifier stands with whom: 韩冬生(身份证号…), 户名 and 账号 of one line, a firm and its credit code."""

import re

from nlp.spans import Found

_LABEL = {
    "id_card": re.compile(
        r"[,(: ]*(?:(?:男|女|汉族|[\u4e00-\u9fff]{1,4}族)[,、 ]*)*(?:[^。;\n]{0,40}?[,、 ])?"
        r"(?:公民|居民)?(?:身份证(?:件)?(?:号码|号)?|身份号码|证件号码?|身份证)?[:为是( ]{0,3}"
    ),
    "credit_code": re.compile(r"[,(: ]*(?:统一社会)?信用代码[:为是 ]{0,2}"),
    "phone": re.compile(r"[,(: ]*(?:联系)?(?:电话|手机|方式)(?:号码|号)?[:为是 ]{0,2}"),
}
_HOLDER = {"id_card": "Person", "credit_code": "Company", "phone": "Person"}
_REACH = 70  # characters from a name to its number


def standing(text: str, ones: list[Found]) -> list[tuple[Found, Found]]:
    """Return pairs of a name and its identifier; a number that could be two people's is nobody's.

    Args:
        text: In normal form.
        ones: The mentions, in the order of the text.
    """
    pairs: list[tuple[Found, Found]] = []
    last: dict[str, Found] = {}
    for one in ones:
        if one.type in ("Person", "Company"):
            last[one.type] = one
        if one.type != "Identifier" or one.kind not in _LABEL:
            continue
        holder = last.get(_HOLDER[one.kind])
        if holder is None or one.start - holder.end > _REACH:
            continue
        between = text[holder.end : one.start]
        nobody_else = not any(other.type == holder.type and holder.end <= other.start < one.start for other in ones)
        if nobody_else and "\n" not in between and _LABEL[one.kind].fullmatch(between):
            pairs.append((holder, one))
    return pairs
