"""Bank statements: ordinary movements of the queried accounts, and what each bank's one-sided list shows of them."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from county.forms import Month, months
from county.world import BANKS, County, Transfer, at

PLATFORM = "云付通支付有限公司备付金"
YEARS = months(Month(2020, 1), Month(2022, 12))


@dataclass
class Town:
    """Accounts that everybody's statement knows: the platform, the payroll, the tax office, power, shops."""

    platform: str
    payroll: str
    tax: str
    power: str
    shops: list[str]


def town(county: County) -> Town:
    """Open the accounts of the town."""
    shops = [
        county.account(name, bank=n % 3)
        for n, name in enumerate(("城关惠民超市", "青石县平价药店", "云庭小区物业服务部"))
    ]
    return Town(
        county.account(PLATFORM, bank=1),
        county.account("青石县财政局工资统发过渡户", bank=0),
        county.account("国家金库青石县支库", bank=0),
        county.account("青石县供电所", bank=1),
        shops,
    )


def _day(month: Month, number: int) -> date:
    return date(month.year, month.month, min(number, 28))


def _moment(rng: random.Random, when: date) -> datetime:
    return at(when, 8 + rng.randrange(12), rng.randrange(60), rng.randrange(60))


def private_life(county: County, place: Town, account: str, pay: float, every: int, seed: str) -> None:
    """Wages in, shopping, power, cash out: one person's ordinary movements every few months.

    Args:
        county: The county.
        place: The town's accounts.
        account: The person's card.
        pay: Monthly wage from the payroll; 0 for who has none there.
        every: Every how many months something is noted.
        seed: Makes the person's life their own.
    """
    rng = random.Random(seed)
    for turn, month in enumerate(YEARS[:: max(every, 1)]):
        if pay:
            county.move(_moment(rng, _day(month, 10)), place.payroll, account, pay + turn % 4 * 35, "代发工资")
        county.move(
            _moment(rng, _day(month, 12 + turn % 9)),
            account,
            place.platform,
            rng.randrange(90, 1500) + 0.5,
            "云付通快捷支付",
        )
        if turn % 2:
            county.move(_moment(rng, _day(month, 18)), account, place.shops[turn % 3], rng.randrange(60, 900), "消费")
        if turn % 3 == 1:
            county.move(_moment(rng, _day(month, 21)), account, "", rng.randrange(5, 20) * 100, "ATM取款", "cash")
        if turn % 5 == 2:
            county.move(_moment(rng, _day(month, 23)), account, place.power, rng.randrange(80, 260), "电费")
        if turn % 13 == 8:
            county.move(_moment(rng, _day(month, 25)), "", account, rng.randrange(3, 9) * 100, "他行汇入", "unstated")


def company_life(county: County, place: Town, account: str, workers: Sequence[str], every: int, seed: str) -> None:
    """Wages, tax, power and purchases of one company."""
    rng = random.Random(seed)
    for turn, month in enumerate(YEARS[::every]):
        for worker in workers:
            county.move(_moment(rng, _day(month, 8)), account, worker, 3_400 + rng.randrange(14) * 100, "工资")
        county.move(_moment(rng, _day(month, 14)), account, place.tax, rng.randrange(900, 9_000) + 0.37, "缴税")
        if turn % 2:
            county.move(_moment(rng, _day(month, 16)), account, place.power, rng.randrange(300, 2_600), "电费")
        if turn % 3 == 2:
            county.move(_moment(rng, _day(month, 19)), account, "", rng.randrange(20, 80) * 100, "现金支票", "cash")
        if turn % 4 == 1:
            county.move(_moment(rng, _day(month, 20)), "", account, rng.randrange(40, 400) * 100, "货款", "unstated")


def gifts(county: County, accounts: Sequence[str]) -> None:
    """人情往来 between neighbours and colleagues: each gift is answered within a year by about as much."""
    rng = random.Random("gifts")
    for turn in range(90):
        giver, taker = rng.choice(accounts), rng.choice(accounts)
        if giver == taker:
            continue
        when, amount = date(2020, 1, 6) + timedelta(days=turn * 9), rng.choice([200, 300, 400, 500, 600])
        county.move(_moment(rng, when), giver, taker, amount, rng.choice(["贺新婚", "贺乔迁", "满月酒", "白事慰问"]))
        back = when + timedelta(days=rng.randrange(60, 330))
        if back.year <= 2022:
            county.move(_moment(rng, back), taker, giver, amount + rng.choice([0, 100]), "回礼")


def public_payments(county: County) -> None:
    """Let the payments of the treasury be seen in the statements of both sides."""
    rng = random.Random("payments")
    for row in county.book.rows["财政支付"]:
        if {row["付款账号"], row["收款账号"]} & set(county.queried):
            county.move(_moment(rng, row["支付日期"]), row["付款账号"], row["收款账号"], row["金额"], row["用途"])


def _sides(county: County) -> list[tuple[str, datetime, Transfer, bool]]:
    """Return (account, time, transfer, going out) for every queried side; other banks note it seconds later."""
    rows = []
    for number, move in enumerate(county.transfers):
        for account, out in ((move.source, True), (move.target, False)):
            if account in county.queried:
                later = timedelta(seconds=0 if out else 2 + number % 40)
                rows.append((account, move.when + later, move, out))
    return sorted(rows, key=lambda row: (county.banks[row[0]], row[0], row[1], row[3]))


def _change(move: Transfer, out: bool) -> float:
    return 0.0 if "failed" in move.flags else -move.amount if out else move.amount


def _openings(sides: Sequence[tuple[str, datetime, Transfer, bool]]) -> dict[str, float]:
    """Return what each account held at first, so that none falls below zero."""
    sums: dict[str, float] = {}
    lowest: dict[str, float] = {}
    for account, _, move, out in sides:
        sums[account] = sums.get(account, 0.0) + _change(move, out)
        lowest[account] = min(lowest.get(account, 0.0), sums[account])
    return {account: round(1_180.4 + int(account[-3:]) * 9.5 - low, 2) for account, low in lowest.items()}


def statements(county: County, lost: tuple[str, date, date]) -> None:
    """Write the statements of the three banks from all transfers.

    Args:
        county: The county.
        lost: Account, first and last day of a page that the bank left out: the balance then does not continue.
    """
    sides = _sides(county)
    balances = _openings(sides)
    for number, (account, moment, move, out) in enumerate(sides, start=1):
        after = round(balances[account] + _change(move, out), 2)
        balances[account] = after
        if account == lost[0] and lost[1] <= moment.date() <= lost[2]:
            continue
        _row(county, account, moment, move, out, after, f"{number * 7 + 300_000:08d}")


def _row(
    county: County, account: str, moment: datetime, move: Transfer, out: bool, balance: float, serial: str
) -> None:
    name, code = county.holders[account]
    other = move.target if out else move.source
    other_name = county.holders[other][0] if other else None
    book, bank = county.book, county.banks[account]
    if bank == BANKS[0]:
        book.add(
            "惠农",
            交易账号=account + "\t",
            交易户名=name,
            证件号=code or None,
            交易时间=moment,
            交易金额=move.amount,
            交易余额=balance,
            收付标志="出" if out else "进",
            对手账号=other or None,
            对手户名=other_name,
            摘要说明=move.summary,
            交易流水号=f"HN{serial}",
            交易是否成功="失败" if "failed" in move.flags else "成功",
            现金标志="现金" if "cash" in move.flags else "转账",
        )
    elif "failed" in move.flags:
        return  # the other banks do not list what failed
    elif bank == BANKS[1]:
        book.add(
            "禾川",
            账号=account,
            户名=name,
            证件号码=code or None,
            交易日期=moment,
            借贷标志="借" if out else "贷",
            发生额=move.amount,
            余额=balance,
            对方账号=other or None,
            对方户名=other_name,
            对方开户行=county.banks.get(other),
            摘要=move.summary,
            流水号=f"HC{serial}",
        )
    else:
        book.add(
            "云岫",
            交易时间=moment,
            交易账号=account,
            交易户名=name,
            开户人证件号码=code or None,
            收付="付" if out else "收",
            交易金额=move.amount,
            账户余额=balance,
            对手账户=other or None,
            交易对手户名=other_name,
            交易摘要=move.summary,
            交易序号=f"YX{serial}",
        )
