"""Names of people: the tagger's, corrected; masked ones (王某某), those behind labels, nicknames, aliases."""

import re
from collections.abc import Iterator
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.name_cues import cued_names, listed_names, repeated_names
from nlp.lac.segment import lexicon
from nlp.lac.weights import MODEL_ID
from nlp.spans import Found, Taken, Token
from nlp.words import any_of, surname_of, surname_pattern, table

_HAN = "[\u3400-\u9fff\U00020000-\U0003ffff]"
_NAMES = table("names")
_STRADDLE = frozenset(_NAMES["glued"])
_NOT_NAMES = frozenset(_NAMES["not_names"])
_NO_TITLE_NAME = frozenset(_NAMES["no_title_surname"])
_VERBS_AFTER_MASK = frozenset(_NAMES["after_mask"])
_PARTICLES = frozenset("在于向与和将为对被从把系任的让给说称")
_REPORTER = re.compile(
    r"(?:^|[^被])(?:(?:举报|检举|控告|来信|来访|来电|信访|上访|投诉|反映)(?:人|者|群众))(?:姓名)?[:是为( ]{0,2}$"
)
# 宁某实名举报韩某: whoever does it, not what is called after it (韩某举报件).
_REPORTS = re.compile(
    r"(?:等[^,。]{0,4}人)?(?:\(?(?:实名|署名|联名)\)?|来信|来访|来电|多次|再次|曾|又|向[^,。;\n]{1,12}?)*"
    r"(?:举报|控告)(?!件|材料|问题|线索|一案|后|他人)"  # 检举他人 is what an accused person gains merit by
)
_NO_NAME_END = frozenset("的之等在于向与和将为对被从把系任让给说称所由同及以因是未没不也都就又还曾经现时")
_NO_LAST = frozenset("系称送给被将把与说让叫")
# A name ends before one of these.
_AFTER = (
    r"(?=[,。、;:()“”《》\s\d的和与及同在是系为向对将把被于任等从担到送给收因由以说称讲问答让叫请找拿借跟没未不也都就又还再已曾经现时至等均各家夫一、/\[\]〔]"
    r"|涉嫌|违|利用|分管|负责|先后|多次|通过|表示|承认|交代|供述|证实|反映|签|转账|贿|打电话|介绍|实际|控制|名下|参|出资|持|承|主|自|出生|身份|身为|挪|侵|虚|套|冒|接|退|支付|所|代|出具|经营|开办|实际|负责|伙|借|存|汇|垫|提|购|买|卖|租|报|领|拿|收|让|\Z)"
)
_MASKED = rf"(?:某[某甲乙丙丁戊己庚辛一二三四五六七八九十0-9A-Z]|某{_HAN}|某|[×xX*]{{1,2}}|{_HAN}[×*])"
_ALSO_PREPOSITIONS = frozenset("向于从和由任")
_GLUED = re.compile("[^向于由]{1,2}[由向被把让给]|经(?=[^济])|由(?=[\u4e00-\u9fff]{3})")
_NUMBERING = frozenset("某甲乙丙丁戊己庚辛一二三四五六七八九十0123456789ABCDEFGH×xX*")
_MASK_ENDS = re.compile(r"[,。、;:()“”《》\s的和与及在系向将被等]|\Z")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    common, every = surname_pattern(common=True), surname_pattern(common=False)
    kin = any_of([word for word in table("kin")["words"] if len(word) > 1])
    posts = any_of([*table("posts")["titles"], *table("posts")["whole"]])
    given = f"{_HAN}{{1,2}}"
    return {
        "masked": re.compile(rf"(?P<name>{common}{_MASKED})"),
        "label": re.compile(rf"{any_of(_NAMES['labels'])}(?:姓名)?[ ]?[::]?[ ]?(?P<name>{every}{given}){_AFTER}"),
        "kin": re.compile(rf"(?:{kin}|{posts}|其[父母妻夫兄弟姐妹哥子女侄])[ ]?(?P<name>{common}{given}){_AFTER}"),
        "own": re.compile(rf"(?:本人|我叫|我是|甲方:|乙方:)(?P<name>{common}{given})(?=[,。(、 \n])"),
        "sex": re.compile(rf"(?:(?<=[\n。:、,; ])|\A)(?P<name>{every}{given})(?=[,(、 ](?:男|女)[,、)。 ])"),
        "titled": re.compile(rf"(?P<name>(?P<surname>{common}){any_of(_NAMES['titles'])})(?!{_HAN}?某)"),
        "nick": re.compile(rf"(?P<name>[老小大阿]{common})(?!{_HAN}?百姓)"),
        "alias": re.compile(
            r"(?:又名|别名|曾用名|绰号|外号|化名|小名|乳名|人称|网名|诨名|(?:大家|我们|村里人|别人)(?:都)?(?:叫|喊)(?:他|她))"
            r"(?:为|是|叫)?[:“\"'‘ ]{0,2}"
            rf"(?P<name>{_HAN}{{2,4}}?)(?=[”\"'’,。)、;(]|的|\Z)"
        ),
    }


def shorten(text: str, start: int, end: int) -> int:
    """Return where a tagged name really ends: before a verb that was glued to it."""
    surname = surname_of(text[start:end])
    least = start + max(2, len(surname) + 1)
    while end > least and (text[end - 1 : end + 1] in _STRADDLE or text[end - 1] in _NO_LAST):
        end -= 1
    return end


def _took_last(word: str) -> bool:
    """Say whether the word after a name is no word but the name's last character and a particle: 韩冬|生在."""
    return len(word) == 2 and word[1] in _PARTICLES and lexicon()[0].get(word) is None


def _tagged(text: str, tokens: list[Token]) -> Iterator[Found]:
    three = [token for token in tokens if token.tag == "PER" and token.end - token.start == 3]
    longer_names = {
        text[token.start : token.end] for token in three if shorten(text, token.start, token.end) == token.end
    }
    for at, token in enumerate(tokens):
        if token.tag != "PER":
            continue
        start, end = token.start, shorten(text, token.start, token.end)
        name = text[start:end]
        glued = _GLUED.match(name)
        if glued is not None and surname_of(name[glued.end() :]) and len(name) - glued.end() >= 2:
            start, name = start + glued.end(), name[glued.end() :]
        surname = surname_of(name)
        if len(name) < 2 or name in _NOT_NAMES or re.search(r"[,。、:;()\n \d《》]", name) or name[-1] in "的之":
            continue
        if len(name) > (3 if len(surname) < 2 else 4) and "·" not in name and "某" not in name:
            if len(name) == 4 and surname and text[end - 2 : end] not in _STRADDLE:
                pass
            elif surname and len(name) <= 5:
                end = start + 3  # a name of four characters and more is a run-on unless its surname has two
                name = text[start:end]
            else:
                continue
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if (
            len(name) == 2
            and surname
            and after
            and after.end - after.start == 1
            and after.tag in ("nr", "n", "nz", "a", "PER")
        ):
            longer = text[start : end + 1]
            if text.count(longer) >= 2 and text.count(longer) == text.count(name):
                end, name = end + 1, longer
        split = after is not None and surname and _took_last(text[after.start : after.end])
        known = end < len(text) and text[start : end + 1] in longer_names and shorten(text, start, end + 1) == end + 1
        end += 1 if len(name) == 2 and (split or known) else 0
        yield Found(start, end, text[start:end], "Person", MODEL_ID, 0.95 if surname else 0.75)


def _masked(text: str, bounds: frozenset[int], ends: dict[int, int]) -> Iterator[Found]:
    for match in _patterns()["masked"].finditer(text):
        start, end = match.span("name")
        if start not in bounds and "某" not in match["name"] and text[start - 1] not in "、和与及的向由对被让给为":
            continue
        last = text[end - 1]
        if text[end - 2] == "某" and last not in _NUMBERING and ends.get(start, 0) != end:
            # 欧阳某仑 is a name, 王某送 is not: without the tagger's word for it, what follows has to end the name.
            sure = last not in _VERBS_AFTER_MASK and _MASK_ENDS.match(text, end) is not None
            end -= 0 if sure else 1
        if end - start >= 2:
            yield Found(start, end, text[start:end], "Person", "rule:masked_name", 0.93, None, "masked")


def _cued(text: str) -> Iterator[Found]:
    for kind in ("label", "own", "sex", "kin"):
        for match in _patterns()[kind].finditer(text):
            name = match["name"]
            if name not in _NOT_NAMES and not (len(name) == 2 and name[-1] in _NO_NAME_END):
                start, end = match.span("name")
                end = shorten(text, start, end)
                end -= 1 if end - start > 2 and text[end - 1] in _NO_NAME_END else 0
                yield Found(start, end, text[start:end], "Person", f"rule:name_by_{kind}", 0.85)


def _loose(text: str, bounds: frozenset[int], per: frozenset[int]) -> Iterator[Found]:
    for match in _patterns()["titled"].finditer(text):
        start, name = match.start("name"), match["name"]
        short = name[len(match["surname"]) :] in _NAMES["short_titles"]
        if start not in bounds or name[0] in _NO_TITLE_NAME or (short and start not in per):
            continue
        if re.match(r"[长部面公]", text[match.end() : match.end() + 1]) and short:
            continue
        yield Found(start, match.end(), name, "Person", "rule:titled_name", 0.8, None, "titled")
    for match in _patterns()["nick"].finditer(text):
        start, end = match.span("name")
        if start in bounds and (end in bounds) and start in per:
            yield Found(start, end, match["name"], "Person", "rule:nickname", 0.8, None, "nickname")


def _aliases(text: str) -> Iterator[Found]:
    for match in _patterns()["alias"].finditer(text):
        start, end = match.span("name")
        if match["name"] not in ("无", "没有"):
            yield Found(start, end, match["name"], "Person", "rule:alias", 0.9, None, "alias")


def _again(text: str, taken: Taken) -> Iterator[Found]:
    """Find names already known wherever they stand free; the longest first."""
    known = {one.text: one for one in taken.found if one.type == "Person" and one.kind in ("", "masked", "alias")}
    names = [
        name
        for name, one in known.items()
        if len(name) >= 3 or (one.confidence >= 0.8 and surname_of(name) and lexicon()[0].get(name) is None)
    ]
    if not names:
        return
    for match in re.finditer(any_of(names), text):
        one = known[match.group()]
        if taken.free(*match.span()):
            yield Found(match.start(), match.end(), match.group(), "Person", "rule:known_name", 0.85, None, one.kind)


def _with_surname(text: str, taken: Taken) -> None:
    """Give 天歌 its 向 back where the text has 向天歌 as a name, or a line begins with it."""
    for one in [one for one in taken.found if one.type == "Person" and len(one.text) == 2 and one.start]:
        surname = text[one.start - 1]
        if surname not in _ALSO_PREPOSITIONS or surname_of(one.text):
            continue
        begins = one.start == 1 or text[one.start - 2] in "\n。;:、("
        if begins and taken.free(one.start - 1, one.start):
            name = surname + one.text
            for other in [other for other in taken.found if other.text == one.text and other.type == "Person"]:
                if text[other.start - 1] == surname and taken.free(other.start - 1, other.start):
                    taken.remove([other])
                    taken.add(Found(other.start - 1, other.end, name, "Person", "rule:surname_back", 0.8))


def _protect(text: str, taken: Taken) -> None:
    """Mark whoever a label or a verb calls a reporter."""
    for one in taken.found:
        labelled = _REPORTER.search(text[max(0, one.start - 9) : one.start]) is not None
        if one.type == "Person" and (labelled or _REPORTS.match(text, one.end) is not None):
            one.protected = True


@Language.component("shenwa_persons", requires=["doc._.tokens", "doc._.taken"], assigns=["doc._.taken"])
def find_persons(doc: Doc) -> Doc:
    """Find people."""
    text: str = doc._.mapped.text
    taken: Taken = doc._.taken
    tokens: list[Token] = doc._.tokens
    bounds = frozenset(token.start for token in tokens) | frozenset(token.end for token in tokens)
    per = frozenset(token.start for token in tokens if token.tag in ("PER", "nr"))
    for one in _aliases(text):
        taken.add(one)
    for one in _masked(text, bounds, {token.start: token.end for token in tokens if token.tag == "PER"}):
        taken.add(one)
    for one in _loose(text, bounds, per):
        taken.add(one)
    for one in _tagged(text, tokens):
        taken.add(one)
    for one in _cued(text):
        taken.add(one)
    for one in cued_names(text, bounds, taken):
        taken.add(one)
    for one in [*listed_names(text, taken)]:
        taken.add(one)
    for one in [*repeated_names(text, taken)]:
        taken.add(one)
    _with_surname(text, taken)
    for one in _again(text, taken):
        taken.add(one)
    _protect(text, taken)
    return doc
