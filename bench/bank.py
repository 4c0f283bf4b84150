"""A generated bank statement of any length: invented holders, valid ID numbers of a region that does not exist."""

from pathlib import Path

from graph.duck import connect

# Digits of the check character for the ID numbers of generated holders (GB 11643-1999).
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = " + ".join(f"substr(body, {place}, 1)::INT * {weight}" for place, weight in enumerate(_WEIGHTS, start=1))

_HOLDERS = f"""
CREATE TEMP TABLE holders AS
SELECT i, '621799' || lpad((i * 7919 + 13)::VARCHAR, 13, '0') AS account,
       list_extract(['赵','钱','孙','李','周','吴','郑','王','冯','陈'], (i % 10 + 1)::INT)
       || list_extract(['建','文','志','晓','海','春','国','玉','永','新'], (i // 10 % 10 + 1)::INT)
       || list_extract(['军','华','明','芳','平','强','梅','涛','兰','峰'], (i // 100 % 10 + 1)::INT) AS name,
       body || substr('10X98765432', ({_CHECK}) % 11 + 1, 1) AS id
FROM (SELECT i, '990101' || (1950 + i % 50)::VARCHAR || lpad((i % 12 + 1)::VARCHAR, 2, '0')
             || lpad((i % 28 + 1)::VARCHAR, 2, '0') || lpad((i % 1000)::VARCHAR, 3, '0') AS body
      FROM range({{holders}}) t(i));
"""
_ROWS = """
COPY (
    SELECT account AS 交易账号, name AS 交易户名, id AS 证件号, strftime(moment, '%Y-%m-%d %H:%M:%S') AS 交易时间,
           printf('%.2f', fen / 100) AS 交易金额,
           printf('%.2f', sum(CASE WHEN out THEN -fen ELSE fen END) OVER (PARTITION BY account ORDER BY moment, i) / 100
                          + 1000000000) AS 交易余额,
           CASE WHEN out THEN '出' ELSE '进' END AS 收付标志, other AS 对手账号, other_name AS 对手户名, 摘要说明,
           lpad(i::VARCHAR, 12, '0') AS 交易流水号
    FROM (
        SELECT r.i, h.account, h.name, h.id, o.account AS other, o.name AS other_name,
               TIMESTAMP '2015-01-01' + to_seconds((r.i * 211) % 315360000) AS moment,
               (hash(r.i) % 5000000 + 1)::BIGINT AS fen, hash(r.i + 2) % 2 = 0 AS out,
               list_extract(['转账','货款','工资','还款','水电费'], (hash(r.i + 3) % 5 + 1)::INT) AS 摘要说明
        FROM range({rows}) r(i)
        JOIN holders h ON h.i = hash(r.i + 4) % {holders}
        JOIN holders o ON o.i = hash(r.i + 5) % {holders})
    ORDER BY i
) TO '{path}' (FORMAT csv, HEADER true);
"""


def write_statement(path: Path, rows: int, holders: int = 45_000) -> None:
    """Write a one-sided statement file of many accounts.

    Args:
        path: The CSV file to write; its running balances are unbroken.
        rows: Data rows; the same number gives the same bytes.
        holders: Accounts, each with one holder.
    """
    with connect() as connection:
        connection.execute(_HOLDERS.format(holders=holders))
        connection.execute(_ROWS.format(rows=rows, holders=holders, path=str(path).replace("'", "''")))
