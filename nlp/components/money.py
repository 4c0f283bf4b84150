"""Amounts of money in running text: 50万元, 50余万元, 三五万元, 30至50万元, 壹佰贰拾捌万元整, 2万美元."""

import re
from decimal import Decimal

from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.bare_money import bare_amounts
from nlp.extraction import Value
from nlp.numerals import parse_numeral
from nlp.spans import Found, Taken

_D = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_HAN = "[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億廿卅半几数点]+"
_SCALE = "(?:万亿|[十百千]?[万亿]|[千百])"
_OR = "(?<=(?<![0-9.万千百十])[1-9一二三四五六七八九])、(?=[1-9一二三四五六七八九][十百千万亿])"  # 三、四万元
_CURRENCIES = {
    "美元": "USD",
    "美金": "USD",
    "港币": "HKD",
    "港元": "HKD",
    "欧元": "EUR",
    "英镑": "GBP",
    "日元": "JPY",
    "澳元": "AUD",
    "加元": "CAD",
    "澳门币": "MOP",
    "台币": "TWD",
}
_FOREIGN = "|".join(_CURRENCIES)
_YUAN = r"元人民币|元整|元正|元钱|元|圆整|圆|块钱|块"
_NOT_MONEY = r"(?![亩人平吨斤公户册米里株头只条件个次字页份步余多套台辆家瓶立级度名天年吧岁])"
_AMOUNT = re.compile(
    rf"(?P<head>人民币|RMB|CNY|¥|USD|\$)?[ ]?"
    rf"(?P<low>{_D}|{_HAN})(?P<lowscale>{_SCALE})?(?P<lowunit>{_YUAN})?"
    rf"(?:(?P<dash>至|到|~|-|—|{_OR})(?P<high>{_D}|{_HAN}))?"
    rf"[ ]?(?P<more1>余|多|几|来)?[ ]?(?P<scale>{_SCALE})?(?P<more2>余|多|几)?[ ]?"
    rf"(?P<unit>{_FOREIGN}|{_YUAN}|(?<=[万亿]){_NOT_MONEY})(?P<tail>[一二三四五六七八九0-9]角(?:[一二三四五六七八九0-9]分)?|整|人民币)?"
)
_COINS = re.compile(r"(?P<whole>.+)[元圆](?P<jiao>.角)?(?P<fen>.分)?")
_PAIR = re.compile(r"([一二两三四五六七八九])([二三四五六七八九])(?=$|[十百千万亿])")
_BEFORE_BARE = re.compile(
    r"(?:送|给|收|转|打|付|拿|借|退|花|存|取|汇|价|款|金|钱|费|得|额|赚|投|资|约|共|计|了|红包|利|润|息|分|万|元)[^,。;:\n]{0,8}$"
)
_LAST_UNIT = re.compile("[十百千万亿]+$")
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


def _scale(text: str | None) -> Decimal:
    product = Decimal(1)
    for char in text or "":
        product *= _UNITS[char]
    return product


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _pair(text: str, scale: Decimal) -> list[float] | None:
    """Read 三五(万), 七八十: two neighbouring digits that mean a range."""
    found = _PAIR.search(text)
    if found is None or len(text) > 4:
        return None
    ends = [parse_numeral(text[: found.start()] + digit + text[found.end() :]) for digit in found.groups()]
    if ends[0] is None or ends[1] is None or ends[0] >= ends[1]:
        return None
    return [float(end * scale) for end in ends if end is not None]


def _value(match: re.Match[str]) -> Value:
    scale = _scale(match["scale"])
    low_text, high_text = match["low"], match["high"]
    if (
        "半" in low_text
        or "几" in low_text
        or "数" in low_text
        or "几" in (match["more1"] or "") + (match["more2"] or "")
    ):
        return None
    if high_text is None:
        pair = _pair(low_text, scale * _scale(match["lowscale"]))
        if pair is not None:
            return pair
        number = parse_numeral(low_text + (match["lowscale"] or ""))
        return None if number is None else _plain(number * scale)
    low, high = parse_numeral(low_text + (match["lowscale"] or "")), parse_numeral(high_text)
    if low is None or high is None:
        return None
    unit = _LAST_UNIT.search(high_text)
    if unit and match["lowscale"] is None and match["lowunit"] is None and not _LAST_UNIT.search(low_text):
        low *= _scale(unit.group())
    shared = Decimal(1) if match["lowscale"] or match["lowunit"] else scale
    ends = [low * shared, high * scale]
    return [float(end) for end in ends] if ends[0] < ends[1] else None


def _coins(value: Value, tail: str | None) -> Value:
    if tail is None or "角" not in tail or not isinstance(value, int):
        return value
    digits = [parse_numeral(char) for char in tail if char not in "角分"]
    if any(digit is None for digit in digits):
        return None
    return float(value + sum(Decimal(digit or 0) / 10 ** (place + 1) for place, digit in enumerate(digits)))


def _found(text: str, match: re.Match[str]) -> Found | None:
    low, unit = match["low"], match["unit"]
    digits = low[0].isdigit()
    if not unit:  # 5万 without 元
        before = text[max(0, match.start() - 12) : match.start()]
        if not (match["head"] or _BEFORE_BARE.search(before)):
            return None
    if not digits and not re.search(r"[零一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾百千万几数半]", low):
        return None
    if (
        not digits
        and unit == "块"
        and text[match.end() : match.end() + 1] in ("价", "手", "地", "儿", "去", "来", "玉", "表", "名", "石", "劳")
    ):
        return None
    if not digits and low in ("万", "千", "百", "亿", "点", "十分", "千万"):
        return None
    start = match.start("head") if match["head"] else match.start("low")
    if not digits and low[0] in "点百千万亿":
        return None
    value = _coins(_value(match), match["tail"])
    currency = _CURRENCIES.get(unit or "", "USD" if match["head"] in ("USD", "$") else "")
    if currency and value is not None:
        value = f"{currency} {value:g}" if not isinstance(value, list | str) else None
    end = match.end()
    sure = 0.97 if unit and value is not None else 0.85
    return Found(start, end, text[start:end], "Money", "rule:money", sure, value, currency or "CNY")


@Language.component("shenwa_money", requires=["doc._.taken"], assigns=["doc._.taken"])
def find_money(doc: Doc) -> Doc:
    """Find amounts of money; one that is not sure has no value."""
    text: str = doc._.mapped.text
    taken: Taken = doc._.taken
    for match in _AMOUNT.finditer(text):
        if match["unit"] or match["scale"] or match["lowscale"]:
            one = _found(text, match)
            if one is not None and taken.free(one.start, one.end):
                taken.add(one)
    for one in bare_amounts(text):
        taken.add(one)
    return doc
