"""Write `examples/registers/` and `examples/cases/`, the invented county 青石县: the same files every time."""

import argparse
import random
from datetime import date, datetime
from pathlib import Path

from county.bank import company_life, gifts, private_life, public_payments, statements, town
from county.benefits import Rolls, villagers
from county.book import write
from county.cast import cast
from county.faults import faults
from county.firms import firms
from county.layout import SHEETS
from county.offices import AGENCIES, VILLAGES, offices
from county.papers import papers, write_papers
from county.purchases import ordinary_tenders
from county.stories.casework import casework
from county.stories.chain import chain
from county.stories.rivals import rivals
from county.stories.rolls import rolls_stories
from county.stories.shadow import shadow
from county.stories.stage import Stage
from county.sundries import sundries
from county.world import BANKS, County

HOME = Path(__file__).resolve().parents[1] / "examples"


def _lives(stage: Stage, workers: list[str]) -> None:
    """Fill the statements of the queried accounts with ordinary movements."""
    c = stage.county
    place = town(c)
    rng = random.Random("lives")
    for turn, account in enumerate(list(c.queried)):
        if account[5] == "1":
            name = c.holders[account][0]
            serves = any(row["姓名"] == name for row in c.book.rows["任职"])
            private_life(c, place, account, 5_200.0 + turn * 40 if serves else 0.0, 2 if turn % 3 else 3, f"life{turn}")
        else:
            company_life(c, place, account, [rng.choice(workers), rng.choice(workers)], 3, f"firm{turn}")


def _people_of_the_bank(stage: Stage) -> list[str]:
    """Query the cards of some officials, villagers and owners beside those of the stories."""
    c = stage.county
    rng = random.Random("cards")
    posts = [row for row in c.book.rows["任职"] if row["职务"] in ("副局长", "科员", "会计")]
    chosen = [c.people[row["姓名"]] for row in posts if row["姓名"] not in stage.people][::2]
    return [c.account(person, queried=True, bank=rng.randrange(3)) for person in chosen[:34]]


def _mishaps(c: County, cards: list[str]) -> None:
    """Payments that failed, one that was reversed with a minus, and one that the other bank returned."""
    first = next(card for card in cards if c.banks[card] == BANKS[0])
    second = next(card for card in cards if c.banks[card] == BANKS[1])
    workshop = c.account("城关铝合金门窗部", bank=2)
    for month in (2, 5, 9):
        c.move(datetime(2021, month, 24, 20, 15, 9), first, second, 299.0, "转账", "failed")
    c.move(datetime(2021, 4, 6, 11, 2, 10), second, first, 150.0, "转账")
    c.move(datetime(2021, 4, 6, 11, 9, 41), second, first, -150.0, "冲正")
    c.move(datetime(2021, 6, 8, 9, 30, 0), first, workshop, 2_000.0, "转账 他行")
    c.move(datetime(2021, 6, 9, 9, 31, 0), workshop, first, 2_000.0, "退汇 收款人户名不符")


def county() -> Stage:
    """Tell the whole county."""
    c = County()
    people = cast(c)
    offices(c)
    firms(c)
    buyers = [*AGENCIES]
    stage = Stage(c, people, {buyer: c.account(buyer) for buyer in buyers})
    for buyer in ("青石县水利局", "青石县人民医院", "青石县交通运输局"):
        c.queried.append(stage.treasuries[buyer])
    ordinary_tenders(c, stage.treasuries, stage.accounts)
    for account in list(stage.accounts.values())[:10]:
        c.queried.append(account)
    shadow(stage)
    chain(stage)
    rivals(stage)
    rng = random.Random("certifiers")
    accountants = {row["单位"]: c.people[row["姓名"]] for row in c.book.rows["任职"] if row["职务"] == "会计"}
    rolls = Rolls(c, {village: accountants[f"{village}村民委员会"] for village in VILLAGES})
    villagers(c, rolls)
    rolls_stories(stage, rolls)
    workers = [c.account(c.somebody(rng, 1965, 1992, "男"), bank=0) for _ in range(14)]
    neighbours = _people_of_the_bank(stage)
    gifts(c, neighbours)
    sundries(stage)
    public_payments(c)
    _lives(stage, workers)
    _mishaps(c, neighbours)
    statements(c, (neighbours[0], date(2021, 3, 1), date(2021, 8, 31)))
    again = c.book.rows["惠农"][-25:]  # the bank delivered the end of its list a second time
    for row in again:
        c.book.add("惠农补充", **row)
    casework(stage)
    faults(stage, {table: sheet.header for table, sheet in SHEETS.items()})
    return stage


def _emptied(folder: Path, kept: str | None = None) -> None:
    """Remove what was written before; a scan is kept, since it is drawn only on demand."""
    for old in sorted(folder.rglob("*"), reverse=True):
        if old.is_dir():
            if not any(old.iterdir()):
                old.rmdir()
        elif kept is None or old.relative_to(folder).as_posix() != kept:
            old.unlink()


def main() -> None:
    """Write registers and case files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=HOME, help="folder whose `registers` and `cases` are replaced")
    parser.add_argument("--font", type=Path, help="a font with Chinese, to draw the scanned page anew")
    given = parser.parse_args()
    out: Path = given.out
    told = county()
    c, made = told.county, papers(told)
    scan = next(paper.path for paper in made if paper.form == ".scan.txt")
    _emptied(out / "registers")
    _emptied(out / "cases", None if given.font else scan)
    write(c.book, SHEETS, out / "registers")
    write_papers(made, out / "cases", given.font)
    rows = {table: len(c.book.rows[table]) for table in SHEETS}
    print(f"{len(c.people)} people, {len(c.firms)} companies, {len(c.queried)} accounts; rows: {rows}")
    print(f"{len(made)} case files")


if __name__ == "__main__":
    main()
