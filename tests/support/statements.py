"""Bank statements from literals: both layouts, and what the graph made of them."""

from collections import Counter
from datetime import datetime
from typing import Any

from tests.support.registers import Projected

HAN, LUO, ZHOU = "6200990100000001", "6200990100000002", "6200990100000003"
NAMES = {HAN: "韩冬生", LUO: "罗大勇", ZHOU: "周立民"}


def own(account: str, flag: str, other: str | None, time: str, amount: object, **more: object) -> dict[str, object]:
    """Return one row of a one-sided statement; `more` are further columns and overrides."""
    row: dict[str, object] = {
        "交易账号": account,
        "交易户名": NAMES.get(account),
        "交易时间": time,
        "交易金额": amount,
        "收付标志": flag,
        "对手账号": other,
        "对手户名": NAMES.get(other or ""),
        "摘要说明": None,
    }
    return row | more


def both(number: str | None, payer: str, payee: str, time: str, amount: object, **more: object) -> dict[str, object]:
    """Return one row of a two-sided table."""
    row: dict[str, object] = {
        "流水号": number,
        "交易时间": time,
        "付款账号": payer,
        "付款户名": NAMES.get(payer),
        "收款账号": payee,
        "收款户名": NAMES.get(payee),
        "金额": amount,
        "摘要": None,
    }
    return row | more


def transfers(made: Projected) -> list[tuple[str, str, float, str]]:
    """Return every transfer as payer, payee, amount, time; reversed ones too."""
    return sorted(
        (edge["source_name"], edge["target_name"], edge["props"]["amount"], edge["props"]["time"])
        for edge in made.edges("TRANSFER")
    )


def totals(made: Projected) -> Counter[tuple[str, str]]:
    """Return the sum in fen of what was not reversed for each pair of accounts."""
    found: Counter[tuple[str, str]] = Counter()
    for edge in made.edges("TRANSFER"):
        if not edge["props"].get("reversed"):
            found[edge["source_name"], edge["target_name"]] += round(edge["props"]["amount"] * 100)
    return found


def reversed_times(made: Projected) -> list[str]:
    """Return the times of the transfers that are marked as reversed."""
    return sorted(edge["props"]["time"] for edge in made.edges("TRANSFER") if edge["props"].get("reversed"))


def stamp(moment: datetime) -> str:
    """Return a moment as banks write it."""
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def source_files(made: Projected, edge: dict[str, Any]) -> list[str]:
    """Return the sources of an edge as `doc#locator`."""
    return sorted(f"{row['doc']}#{row['locator']}" for row in made.sources(edge["eid"]))
