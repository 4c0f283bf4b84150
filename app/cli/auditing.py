"""`shenwa audit`."""

from collections.abc import Iterator
from typing import Any

import click

from app.cli.following import print_tie
from app.cli.output import json_lines
from app.services.audit.auditing import Audit, Official
from app.services.audit.auditing import audit as run_audit
from app.services.audit.rows import STANDINGS, Row, Total
from app.services.context import Context
from app.services.reading import reading

GRADES = {
    1: ("P1 本人经办、审批或签字", "P1 handled, approved or signed"),
    2: ("P2 分管", "P2 in charge"),
    3: ("P3 主要负责人", "P3 head of the unit"),
    4: ("P4 仅同单位任职", "P4 a post in the unit and no more"),
}
REACHES = {
    "own": ("本单位采购", "own agency"),
    "supervised": ("下级或主管单位采购", "supervised agency"),
    "place": ("同一行政区划", "same place"),
    "none": ("无职权关系", "none"),
}
STANDING = {
    "in": ("任职与关联同时成立期间签订(计入合计)", "signed while power and tie held (summed)"),
    "undated": ("日期不足,不能判断(不计入)", "a date is missing (not summed)"),
    "name_only": ("链条上有仅凭姓名对应的人(不计入)", "somebody on the way is known by name only (not summed)"),
    "recused": ("本人已回避(不计入)", "the official recused themselves (not summed)"),
    "before": ("早于任职或关联(不计入)", "before power or tie began (not summed)"),
    "after": ("晚于任职或关联(不计入)", "after power or tie ended (not summed)"),
}


def _total(one: Total) -> dict[str, Any]:
    return {
        "reach": one.reach,
        "grade": f"P{one.grade}",
        "contracts": one.contracts,
        "amount": one.amount,
        "unknown_amounts": one.unknown_amounts,
    }


def _lines(found: Audit) -> Iterator[dict[str, Any]]:
    def ties(eids: tuple[str, ...] | list[str]) -> list[dict[str, object]]:
        return [found.ties[eid].to_json() for eid in eids if eid in found.ties]

    buyers = [eid for eids in found.contract.buyers.values() for eid in eids]
    yield {
        "kind": "contract",
        **found.contract.to_json(),
        "firms": [firm.to_json() for firm in found.firms],
        "ties": ties([*found.signatures, *buyers]),
    }
    for eid in found.owners:
        tie = found.ties[eid]
        control = tie.props.get("control") is True
        yield {"kind": "owner", "holder": tie.source.to_json(), "control": control, "tie": tie.to_json()}
    for way in found.controls:
        yield {"kind": "controller", "person": found.ties[way[0]].source.to_json(), "ties": ties(way)}
    for official in found.officials:
        yield {
            "kind": "official",
            "person": official.person.to_json(),
            "powers": [
                {"grade": f"P{found.ties[eid].props['grade']}", "tie": found.ties[eid].to_json()}
                for eid in official.powers
            ],
            "ways": [ties(way) for way in official.ways],
            "totals": [_total(one) for one in found.totals if one.person == official.person.id],
        }
    for row in found.rows:
        yield {
            "kind": "row",
            "official": row.person,
            "contract": row.contract.to_json(),
            "standing": row.standing,
            "reach": row.reach,
            "grade": f"P{row.grade}",
            "identity": row.identity,
            "ties": ties(row.eids),
        }


def _money(context: Context, amount: float | None) -> str:
    return context.text("金额不详", "amount unknown") if amount is None else f"{amount:,.2f}"


def _print_official(context: Context, found: Audit, official: Official) -> None:
    name = " ".join(part for part in (official.person.name, official.person.code) if part)
    click.echo(context.text(f"公职人员 {name}", f"official {name}"))
    for way in official.ways:
        click.echo(context.text("  与企业的关联:", "  tie to the firm:"))
        for eid in way:
            print_tie(context, found.ties[eid], "    ")
    click.echo(context.text("  任职与职权:", "  posts and power:"))
    for eid in official.powers:
        tie = found.ties[eid]
        click.echo(f"    {context.text(*GRADES[int(str(tie.props['grade']))])}")
        print_tie(context, tie, "      ")
    mine = [row for row in found.rows if row.person == official.person.id]
    for standing in STANDINGS:
        chosen = [row for row in mine if row.standing == standing]
        if chosen:
            click.echo(f"  {context.text(*STANDING[standing])}:")
        for row in chosen:
            _print_row(context, row)
    for total in found.totals:
        if total.person == official.person.id:
            reach, grade = context.text(*REACHES[total.reach]), context.text(*GRADES[total.grade])
            zh = f"  合计({reach},{grade}):{total.contracts} 份,{total.amount:,.2f} 元"
            en = f"  total ({reach}, {grade}): {total.contracts} contracts, {total.amount:,.2f} yuan"
            if total.unknown_amounts:
                zh += f",另 {total.unknown_amounts} 份金额不详"
                en += f", {total.unknown_amounts} of unknown amount"
            click.echo(context.text(zh, en))


def _print_row(context: Context, row: Row) -> None:
    contract = row.contract
    signed = str(contract.first) if contract.first else context.text("签订日期不详", "unsigned or undated")
    money, reach = _money(context, contract.amount), context.text(*REACHES[row.reach])
    click.echo(f"    {contract.code or contract.id}  {contract.name}  {signed}  {money}  {reach}  P{row.grade}")


def _print(context: Context, found: Audit) -> None:
    contract = found.contract
    signed = str(contract.first) if contract.first else context.text("签订日期不详", "undated")
    parts = [contract.code, contract.name, signed, _money(context, contract.amount)]
    click.echo(context.text("合同 ", "contract ") + "  ".join(part for part in parts if part))
    for eid in [*found.signatures, *(eid for eids in contract.buyers.values() for eid in eids)]:
        print_tie(context, found.ties[eid], "  ")
    for firm in found.firms:
        click.echo(context.text(f"企业 {firm.name} {firm.code}", f"firm {firm.name} {firm.code}"))
        for eid in found.owners:
            if found.ties[eid].target.id == firm.id:
                print_tie(context, found.ties[eid], "  ")
    for way in found.controls:
        if len(way) > 1:
            click.echo(context.text("间接控制:", "indirect control:"))
            for eid in way:
                print_tie(context, found.ties[eid], "  ")
    for official in found.officials:
        _print_official(context, found, official)


@click.command()
@click.argument("contract")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出,一行一个对象 / JSON, one object a line")
@click.pass_obj
def audit(context: Context, /, contract: str, as_json: bool) -> int:
    """由合同查到企业、股东与控制人、亲属、任职与职权 / from a contract to its firm, owners, kin, posts and power.

    CONTRACT 为合同编号、标识或唯一的名称 / CONTRACT: a number, an id or a unique name.
    """
    with reading(context) as opened:
        found = run_audit(context, opened, contract)
    if as_json:
        json_lines(_lines(found))
    else:
        _print(context, found)
    if not found.officials:
        zh, en = "没有查到与该企业有关联的公职人员", "no official with a tie to the firm was found"
        click.echo(context.text(zh, en), err=True)
    if found.cut:
        zh, en = "联系过多,未全部读取;合计不完整", "too many ties to read all of them; totals are incomplete"
        click.echo(context.text(zh, en), err=True)
    return 0
