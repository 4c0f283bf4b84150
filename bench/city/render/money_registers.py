"""The registers of accounts, benefits and bank statements."""

from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from bench.city.accounts import holder_names
from bench.city.money import CASH, FAILED, SUMMARIES
from bench.city.offices import VILLAGE
from bench.city.render.numbering import Numbering
from bench.city.render.people_registers import rows_shown, text
from bench.city.render.sheet import Cells, Sheet
from bench.city.render.writing import Written, note_rows, reencode
from bench.city.table import NONE, Column, either, texts
from bench.city.welfare import PROGRAMMES, day_of
from bench.city.words import words
from bench.city.world import World

STATEMENTS = "银行流水"
_OUT_WORDS, _IN_WORDS = ("出", "借", "付", "出"), ("进", "贷", "收", "进")
_ENCODINGS = ("utf-8", "gb18030", "utf-8-sig", "utf-8")


def account_sheet(world: World) -> Sheet:
    """账户: accounts and their holders, for everybody whose statement was obtained and companies."""
    accounts = world.accounts.table
    holders, _ = holder_names(accounts, world.people, world.companies, world.agencies)
    columns = {
        "账号": Cells("account", accounts["number"]),
        "开户行": text(texts([words()["banks"][bank] for bank in accounts["bank"].tolist()])),
        "户名": text(holders["name"]),
        "证件号": text(holders["code"]),
        "开户日期": Cells("day", accounts["opened"]),
    }
    return Sheet("账户", columns, np.arange(len(accounts)), style=3, encoding="utf-8-sig", spoil={"户名": ""})


def benefit_sheet(world: World, numbering: Numbering, shown: Column) -> Sheet:
    """补贴发放: benefit payments, month by month."""
    rows, people = world.benefits, world.people
    villages = world.agencies["name"][np.flatnonzero(world.agencies["kind"] == VILLAGE)]
    certifier = rows["certifier"]
    known = certifier != NONE
    account = either(rows["account"] == NONE, None, world.accounts.table["number"][rows["account"]])
    columns = {
        "发放编号": text(numbering.benefit),
        "项目": text(texts(PROGRAMMES)[rows["programme"]]),
        "月份": Cells("month", day_of(rows["month"])),
        "受益人": text(people["name"][rows["person"]]),
        "身份证号": text(people["id"][rows["person"]]),
        "行政村": text(villages[people["village"][rows["person"]]]),
        "金额": Cells("fen", rows["amount"]),
        "收款账号": Cells("account", account),
        "经办人": text(either(known, people["name"][certifier], None)),
        "经办人身份证号": text(either(known & shown, people["id"][certifier], None)),
        "批次": text(np.where(rows["arrears"], "补发", "正常发放").astype(object)),
        "发放状态": text(texts(["成功", "退回"])[rows["status"]]),
    }
    spoil = {"金额": "未核定", "受益人": "", "月份": "2019-13"}
    return Sheet("补贴发放", columns, rows_shown(rows), [rows["month"], rows["programme"]], spoil=spoil)


def statement_rows(world: World) -> dict[str, Column]:
    """Return the rows of one-sided statements: one a transfer for each of its accounts whose statement was obtained.

    The second side of a transfer is booked some seconds later, now and then the next day; balances have no gap.
    """
    made, accounts = world.transfers, world.accounts.table
    rng = world.streams("statements")
    seen = np.flatnonzero(~made["hidden"])
    payer, payee = made["payer"][seen], made["payee"][seen]
    queried = np.concatenate([accounts["queried"], [False, False]])  # cash and unknown stand at the end
    outs, ins = seen[queried[payer]], seen[queried[payee]]
    fact = np.concatenate([outs, ins])
    side = np.concatenate([np.zeros(len(outs), np.int64), np.ones(len(ins), np.int64)])
    own = np.where(side == 0, made["payer"][fact], made["payee"][fact])
    other = np.where(side == 0, made["payee"][fact], made["payer"][fact])
    moment = made["day"][fact].astype(np.int64) * 86_400 + made["second"][fact]
    lag = np.where(rng.random(len(fact)) < 0.03, rng.integers(3600, 80_000, len(fact)), rng.integers(0, 40, len(fact)))
    moment = moment + np.where(side == 1, lag, 0)
    failed = made["state"][fact] == FAILED
    change = np.where(failed, 0, np.where(side == 0, -made["amount"][fact], made["amount"][fact]))
    order = np.lexsort((fact, moment, own))
    columns = {
        "fact": fact,
        "own": own,
        "other": other,
        "moment": moment,
        "side": side,
        "failed": failed,
        "change": change,
        "amount": made["amount"][fact],
        "summary": made["summary"][fact],
    }
    columns = {name: values[order] for name, values in columns.items()}
    columns["balance"] = _balances(columns["own"], columns["change"], rng)
    return columns


def _balances(own: Column, change: Column, rng: np.random.Generator) -> Column:
    if not len(own):
        return change
    running = np.cumsum(change)
    first = np.concatenate([[True], own[1:] != own[:-1]])
    group = np.cumsum(first) - 1
    before = (running - change)[first]
    running = running - before[group]
    lowest = np.minimum.reduceat(running, np.flatnonzero(first))
    opening = np.maximum(-lowest, 0) + rng.integers(0, 3_000_000, int(first.sum()))
    return np.asarray(running + opening[group])


_ROWS = """
CREATE OR REPLACE TEMP TABLE written AS
SELECT row_number() OVER (ORDER BY s.at)::DOUBLE AS n, s.fact,
       a.number AS "交易账号", a.name AS "交易户名", a.code AS "证件号",
       strftime(TIMESTAMP '2014-01-01' + to_seconds(s.moment), '{time}') AS "交易时间",
       printf('%.2f', s.amount / 100) AS "交易金额", printf('%.2f', s.balance / 100) AS "交易余额",
       CASE s.side WHEN 0 THEN '{out}' ELSE '{in_}' END AS "收付标志",
       CASE WHEN s.at % 97 = 5 THEN o.number || chr(9) ELSE o.number END AS "对手账号",
       CASE WHEN s.other = {cash} THEN NULL ELSE o.name END AS "对手户名",
       nullif(w.text, '') AS "摘要说明", CASE WHEN s.other = {cash} THEN '现金' END AS "现金标志",
       CASE WHEN s.failed THEN '失败' ELSE '成功' END AS "交易是否成功", f.flow AS "交易流水号"
FROM statement s JOIN holders a ON a.at = s.own LEFT JOIN holders o ON o.at = s.other
JOIN summaries w ON w.at = s.summary JOIN flows f ON f.at = s.at WHERE a.bank = {bank};
"""
_HEADERS = (
    '"交易账号", "交易户名", "证件号", "交易时间", "交易金额", "交易余额", "收付标志", '
    '"对手账号", "对手户名", "摘要说明", '
    '"现金标志", "交易是否成功", "交易流水号"'
)


def write_statements(
    connection: duckdb.DuckDBPyConnection, world: World, folder: Path, needed: dict[str, set[int]], written: Written
) -> None:
    """Write one file of statements for each bank, accounts one after the other."""
    rows = statement_rows(world)
    accounts = world.accounts.table
    holders, _ = holder_names(accounts, world.people, world.companies, world.agencies)
    count = len(rows["fact"])
    rng = world.streams("flows")
    flows = rng.integers(10**8, 10**9, count)
    connection.register("statement", pa.table({**rows, "at": np.arange(count)}))
    connection.register("flows", pa.table({"at": np.arange(count), "flow": pa.array(flows).cast(pa.string())}))
    connection.register(
        "holders",
        pa.table(
            {
                "at": np.arange(len(accounts)),
                "number": pa.array(accounts["number"], pa.string()),
                "bank": accounts["bank"],
                "name": pa.array(holders["name"], pa.string()),
                "code": pa.array(holders["code"], pa.string()),
            }
        ),
    )
    connection.register("summaries", pa.table({"at": np.arange(len(SUMMARIES)), "text": list(SUMMARIES)}))
    target = folder / STATEMENTS
    target.mkdir(parents=True, exist_ok=True)
    for bank, name in enumerate(words()["banks"]):
        file = f"{STATEMENTS}/{name}.csv"
        time = ("%Y-%m-%d %H:%M:%S", "%Y%m%d%H%M%S", "%Y/%-m/%-d %H:%M:%S", "%Y-%m-%d %H:%M:%S")[bank]
        connection.execute(_ROWS.format(time=time, out=_OUT_WORDS[bank], in_=_IN_WORDS[bank], bank=bank, cash=CASH))
        path = folder / file
        escaped = str(path).replace("'", "''")
        connection.execute(f"COPY (SELECT {_HEADERS} FROM written ORDER BY n) TO '{escaped}' (FORMAT csv, HEADER true)")
        reencode(path, _ENCODINGS[bank])
        found = connection.execute("SELECT count(*) FROM written").fetchall()
        written.counts[file] = int(found[0][0])
        note_rows(connection, STATEMENTS, file, needed, written)
    for name in ("statement", "flows", "holders", "summaries"):
        connection.unregister(name)
