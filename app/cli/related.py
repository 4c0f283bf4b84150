"""`shenwa related`."""

from typing import Any

import click

from app.cli.following import print_tie
from app.cli.output import json_lines
from app.services.context import Context
from app.services.reading import reading
from app.services.related import Joint, Related, Side, grounds, says_more
from app.services.related import related as find_related
from app.services.ties import Tie

TIES = {
    "same": ("同一", "the same"),
    "kin": ("亲属", "kin"),
    "associate": ("社会关系", "associates"),
    "firm": ("控制的企业", "a firm controlled"),
    "joint": ("共同企业", "a firm in common"),
    "money": ("资金往来", "money"),
    "number": ("共用号码", "a number in common"),
}
_ELSEWHERE = (
    "另案存在关联,详情需向承办部门了解",
    "there is a tie to another case; ask the office in charge of it",
)


def _side(context: Context, side: Side) -> str:
    role = side.role or context.text("当事人", "party") if side.party else context.text("材料载明", "named in a paper")
    return f"{side.who.name}({role})"


def _print(context: Context, joint: Joint, number: int, ties: dict[str, Tie]) -> None:
    how = context.text(*TIES[joint.tie])
    via = f" · {joint.via.name}" if joint.via else ""
    if joint.tie == "same":
        here, there = joint.here, joint.there
        roles = " / ".join(_side(context, side).removeprefix(side.who.name).strip("()") for side in (here, there))
        who = f"{here.who.name}({roles})"
    else:
        who = f"{_side(context, joint.here)} — {_side(context, joint.there)}"
    if joint.charged:
        cases = "、".join(joint.charged)
        state = context.text(f"当事人所在案件:{cases}", f"a party in {cases}")
    else:
        state = context.text("未见立案", "no case of their own is known")
    seen = context.text(f"见于 {joint.seen_in} 个案件或线索", f"in {joint.seen_in} cases or leads")
    click.echo(f"{number}  {joint.other.name}  {how}{via}  {who}  {seen}  {state}  {joint.score:.2f}")
    for eid in joint.eids:
        if eid in ties and says_more(ties[eid]):
            print_tie(context, ties[eid], "    ")


def _lines(found: Related, ties: dict[str, Tie]) -> list[dict[str, Any]]:
    head = found.file.to_json()
    return [{"file": head, "rank": at, **one.to_json(ties)} for at, one in enumerate(found.joints, start=1)]


@click.command()
@click.argument("file", metavar="CASE|LEAD")
@click.option("--most", type=click.IntRange(1, 1000), default=50, show_default=True, help="最多列出几条 / most joints")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出,一行一条 / JSON, one joint a line")
@click.pass_obj
def related(context: Context, /, file: str, most: int, as_json: bool) -> int:
    """本案(线索)的人和物还见于哪些案件、线索,少见者在前 / who and what of a case or lead is in another.

    CASE|LEAD 为案件或线索的编号 / the number of a case or lead.
    """
    with reading(context) as opened:
        found = find_related(opened, file)
        more = len(found.joints) - most
        found.joints = found.joints[:most]
        ties = grounds(context, opened, found.joints)
    if as_json:
        json_lines(_lines(found, ties))
    else:
        for number, joint in enumerate(found.joints, start=1):
            _print(context, joint, number, ties)
    if more > 0:
        click.echo(context.text(f"另有 {more} 条,可用 --most", f"{more} more, see --most"), err=True)
    if found.elsewhere:
        click.echo(context.text(*_ELSEWHERE), err=True)
    if not found.joints and not found.elsewhere:
        click.echo(context.text("没有见于其他案件或线索的人和物", "nothing of it is in another case or lead"), err=True)
    return 0 if found.joints else 1
