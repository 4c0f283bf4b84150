"""The county while it is told: people with numbers, firms with codes, accounts, and transfers between them."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from county.book import Book
from nlp.identifiers import credit_code_check_char, person_id_check_char

COUNTY = "青石县"
BANKS = ("青石惠农银行", "禾川银行青石支行", "云岫村镇银行")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱郭何林罗郑梁谢宋唐许邓冯曹彭曾肖蔡潘袁于董余苏叶吕任卢姚姜崔谭廖范汪陆金石戴贾"
GIVEN_MEN = "国强建军志明永福春生大海少华文斌德顺秋山宏亮世平长根新民水生立新茂林东升庆丰来喜"
GIVEN_WOMEN = "秀兰桂芳玉珍春梅丽华淑英翠莲红霞金凤巧云小燕美玲晓月冬梅银花彩霞素贞月娥爱琴"


@dataclass(frozen=True)
class Person:
    """Somebody of the county."""

    name: str
    id: str
    village: str | None = None

    @property
    def born(self) -> int:
        """The year of birth."""
        return int(self.id[6:10])


@dataclass(frozen=True)
class Firm:
    """A company of the county."""

    name: str
    code: str
    founded: date
    rep: Person
    trade: str


@dataclass(frozen=True)
class Transfer:
    """Money that moved; a party that nobody stated is an empty account."""

    when: datetime
    source: str
    target: str
    amount: float
    summary: str
    flags: frozenset[str] = frozenset()


@dataclass
class County:
    """Everything that the registers will tell."""

    book: Book = field(default_factory=Book)
    people: dict[str, Person] = field(default_factory=dict)
    firms: dict[str, Firm] = field(default_factory=dict)
    holders: dict[str, tuple[str, str]] = field(default_factory=dict)  # account -> name, number of the holder
    banks: dict[str, str] = field(default_factory=dict)
    queried: list[str] = field(default_factory=list)
    transfers: list[Transfer] = field(default_factory=list)
    reserved: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)

    def next(self, what: str) -> int:
        """Count up."""
        self.counts[what] = self.counts.get(what, 0) + 1
        return self.counts[what]

    def person(self, name: str, birth: str, sex: str = "男", village: str | None = None, known: bool = True) -> Person:
        """Give somebody an ID number; `birth` as YYYYMMDD, sex 男 or 女.

        `known` people can be looked up by name; leave it out for a second bearer of a name.
        """
        for step in range(500):
            serial = (self.next("person") * 37 + step) % 500 * 2 + (1 if sex == "男" else 0)
            first = f"9901{21 + len(self.ids) % 9:02d}{birth}{serial:03d}"
            number = first + person_id_check_char(first)
            if number not in self.ids:
                break
        made = Person(name, number, village)
        self.ids.add(number)
        if known:
            if name in self.people:
                raise KeyError(name)
            self.people[name] = made
        return made

    def somebody(self, rng: random.Random, first: int, last: int, sex: str, village: str | None = None) -> Person:
        """Invent a person born between two years, with a name that nobody else bears."""
        while True:
            given = GIVEN_MEN if sex == "男" else GIVEN_WOMEN
            at = rng.randrange(len(given) // 2) * 2
            name = rng.choice(SURNAMES) + (
                given[at : at + 2] if rng.random() < 0.5 else rng.choice(given) + rng.choice(given)
            )
            if name not in self.people and name not in self.reserved and len(set(name)) == 3:
                break
        birth = f"{rng.randrange(first, last + 1)}{rng.randrange(1, 13):02d}{rng.randrange(1, 29):02d}"
        return self.person(name, birth, sex, village)

    def firm(self, short: str, founded: date, rep: Person, trade: str, **more: Any) -> Firm:
        """Register a company; `more` are further cells of 企业登记."""
        number = self.next("firm")
        first = f"919901{20 + number % 9:02d}{number * 7919 % 100_000_000:08d}A"
        made = Firm(COUNTY + short, first + credit_code_check_char(first), founded, rep, trade)
        if made.name in self.firms:
            raise KeyError(made.name)
        self.firms[made.name] = made
        cells = {
            "注册资本": float(2_000_000 + number % 5 * 1_000_000),
            "注册地址": f"{COUNTY}青石大道{number * 3 + 2}号",
            "联系电话": f"1990000{number:04d}",
            "参保人数": 4 + number * 5 % 23,
            "企业类型": "有限责任公司",
            "登记状态": "存续",
            "经营范围": trade,
        }
        self.book.add(
            "企业登记",
            统一社会信用代码=made.code,
            企业名称=made.name,
            成立日期=founded,
            法定代表人=rep.name,
            **{"法定代表人身份证号": rep.id, **cells, **more},
        )
        return made

    def share(
        self, firm: Firm, holder: Person | Firm, ratio: float, start: date | None, end: date | None = None
    ) -> None:
        """Record a shareholding; ratio 0 to 1."""
        held = isinstance(holder, Person)
        self.book.add(
            "股东",
            统一社会信用代码=firm.code,
            企业名称=firm.name,
            股东名称=holder.name,
            股东证件号=holder.id if isinstance(holder, Person) else holder.code,
            持股比例=f"{ratio * 100:g}%",
            认缴出资额=2_000_000.0 * ratio,
            实缴出资额=1_000_000.0 * ratio if held else None,
            入股日期=start,
            退出日期=end,
        )

    def officer(self, firm: Firm, person: Person, role: str, start: date | None, end: date | None = None) -> None:
        """Record an officer of a company."""
        self.book.add(
            "主要人员",
            统一社会信用代码=firm.code,
            企业名称=firm.name,
            姓名=person.name,
            身份证号=person.id,
            职务=role,
            任职日期=start,
            离任日期=end,
        )

    def account(self, holder: Person | Firm | str, queried: bool = False, bank: int | None = None) -> str:
        """Open an account; a holder given as text is a public body or a hub without a number."""
        count = self.next("account")
        at = count % 3 if bank is None else bank
        private = isinstance(holder, Person)
        number = f"9901{at + 1}{'1' if private else '8'}0000{count * 104729 % 1_000_000_000:09d}"
        name = holder if isinstance(holder, str) else holder.name
        code = "" if isinstance(holder, str) else holder.id if isinstance(holder, Person) else holder.code
        self.holders[number], self.banks[number] = (name, code), BANKS[at]
        opened = date(2012, 1, 5) + timedelta(days=count * 13)
        self.book.add("账户", 账号=number, 开户行=BANKS[at], 户名=name, 证件号=code or None, 开户日期=opened)
        if queried:
            self.queried.append(number)
        return number

    def move(self, when: datetime, source: str, target: str, amount: float, summary: str, *flags: str) -> None:
        """Record a transfer."""
        self.transfers.append(Transfer(when, source, target, float(amount), summary, frozenset(flags)))


def day(text: str) -> date:
    """Read YYYY-MM-DD."""
    return date.fromisoformat(text)


def at(when: date, hour: int, minute: int, second: int = 0) -> datetime:
    """Return a time of a day."""
    return datetime(when.year, when.month, when.day, hour, minute, second)
