"""Why a pair waits, in words: the rule that put it there, or what the machine compared, feature by feature."""

from collections.abc import Mapping
from typing import Any

from graph.errors import Lang

Words = Mapping[str, tuple[str, str]]

REASONS: Words = {
    "id_two_names": ("同一身份证号对应两个姓名(错证或借证)", "one ID number under two names (wrong or borrowed)"),
    "name_unit_ambiguous": ("同单位有多个同名人", "several people of this name in the unit"),
    "possible_duplicate": ("材料所述可能就是登记的这一项", "what a text tells of may be this one on record"),
    "possible": ("多项特征相符", "several features agree"),
    "id_close": ("身份证号仅差一位", "ID numbers one digit apart"),
    "code_close": ("统一社会信用代码仅差一位", "credit codes one character apart"),
    "company_short": ("名称像是同一企业的简称", "the name looks like a short form"),
    "company_form": ("名称仅括号、数字或后缀写法不同", "names differ in brackets, digits or suffix only"),
    "company_branch": ("名称像是其分支机构", "the name looks like a branch of it"),
}
# Feature and level of the comparisons in `ingest.resolve`.
FEATURES: Words = {
    "name.same": ("姓名相同", "same name"),
    "name.script": ("姓名仅繁简或异体不同", "names differ in script only"),
    "name.alias": ("一方姓名是另一方的别名", "one name is an alias of the other"),
    "name.nickname": ("一方像是另一方的昵称或小名", "one name looks like a nickname of the other"),
    "name.sound": ("姓名同音", "names sound the same"),
    "name.shape": ("姓名有一字形近", "names differ in one character of similar shape"),
    "name.masked": ("隐名与姓名相符", "a masked name that fits"),
    "name.differs": ("姓名不同", "different names"),
    "unit.same": ("单位相同", "same unit"),
    "unit.differs": ("单位不同", "different units"),
    "post.same": ("职务相同", "same post"),
    "post.differs": ("职务不同", "different posts"),
    "place.same": ("住址或行政村相同", "same address or village"),
    "place.differs": ("住址或行政村不同", "different address or village"),
    "birth.same": ("出生日期相同", "same date of birth"),
    "birth.year": ("出生年份相同", "same year of birth"),
    "birth.differs": ("出生日期不同", "different date of birth"),
    "kin.shared": ("有同名亲属", "a relative of the same name"),
    "company.shared": ("与同一企业有关", "tied to the same company"),
    "account.shared": ("使用同一账户", "the same account"),
    "phone.same": ("电话相同", "same phone"),
    "phone.differs": ("电话不同", "different phones"),
    "paper.shared": ("见于同一份材料", "named in the same document"),
    "sex.same": ("性别相同", "same sex"),
    "sex.differs": ("性别不同", "different sex"),
}


def _text(words: Words, key: str, lang: Lang) -> str:
    return words.get(key, (key, key))[0 if lang == "zh" else 1]


def explain(reason: str, facts: Mapping[str, Any], lang: Lang) -> list[str]:
    """Return why a pair waits: the reason, then each feature that was compared, what speaks for it first.

    Args:
        reason: Of the queue.
        facts: As the queue keeps them.
        lang: Language of the words.
    """
    lines = [_text(REASONS, reason, lang)]
    if "bearers" in facts:
        lines.append(f"{facts['bearers']} 人" if lang == "zh" else f"{facts['bearers']} people")
    if "a" in facts and "b" in facts:
        lines.append(f"{facts['a']} / {facts['b']}")
    features = sorted(facts.get("features", ()), key=lambda one: (-float(one["weight"]), one["feature"]))
    for one in features:
        sign = "+" if float(one["weight"]) >= 0 else "−"
        said = _text(FEATURES, f"{one['feature']}.{one['level']}", lang)
        lines.append(
            f"{said}({sign}{abs(float(one['weight'])):.1f})" + (f" {one['value']}" if one.get("value") else "")
        )
    return lines
