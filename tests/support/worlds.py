"""Small random worlds that fill every type of the model, dense enough for the saved queries to find something."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from graph.model import Property, model
from tests.support.engines import edge, node

Row = dict[str, Any]
APART = 1_000
SIZES = {
    "Person": 9, "Agency": 3, "Company": 5, "Tender": 3, "Contract": 6, "Payment": 6, "Account": 10, "Benefit": 14,
    "Medium": 4, "Document": 3, "Asset": 3,
}  # fmt: skip
_WORDS = ("实刑", "缓刑", "补发", "低保", "特困人员供养", "工资", "结婚礼金", "医保", "户籍", "退回", "x")
_DAYS = [date(2019, 1, 1) + timedelta(days=61 * step) for step in range(20)]
_NODE_KINDS = {
    "Account": ("cash", "platform", *[None] * 10),
    "Asset": ("车辆", "不动产"),
    "Medium": ("device", "deposit", "phone", "ip"),
}


class World:
    """One random world.

    Args:
        seed: The same seed gives the same world; worlds of different seeds share no id and may lie in one graph.
    """

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._base = seed * APART
        self._count = self._base
        self.nodes = [self._node(type_, number) for type_ in model().nodes for number in range(SIZES.get(type_, 2))]
        self.edges: list[Row] = []
        self._fill()
        self._leave_office()
        self._split_purchases()
        self._pool_benefits()
        degrees: dict[str, int] = {}
        for one in self.edges:
            for end in (one["source"], one["target"]):
                degrees[end] = degrees.get(end, 0) + 1
        for one in self.nodes:
            one["degree"] = degrees.get(one["id"], 0)

    def _day(self, missing: float = 0.1) -> str | None:
        return None if self._random.random() < missing else self._random.choice(_DAYS).isoformat()

    def _value(self, one: Property) -> object:
        roll = self._random
        if roll.random() < 0.15:
            return None
        makers: dict[str, Callable[[], object]] = {
            "string": lambda: roll.choice(_WORDS),
            "int": lambda: roll.randint(1, 4),
            "float": lambda: roll.choice((0.05, 0.2, 0.6, 800.0, 6000.0, 30000.0, 60000.0)),
            "bool": lambda: roll.random() < 0.8,
            "date": lambda: self._day(0),
            "datetime": lambda: datetime.fromisoformat(f"{self._day(0)}T10:00:00").isoformat(),
            "list": lambda: [roll.choice(_WORDS)],
        }
        return makers[one.type]()

    def _props(self, properties: dict[str, Property], fixed: Row) -> Row:
        vague = {"from_latest", "to_earliest", "signed_latest", "month_latest", "paid_latest", "reversed"}
        made = {
            name: self._value(one)
            for name, one in properties.items()
            if name not in vague or self._random.random() < 0.1
        }
        return {**made, **fixed}

    def _node(self, type_: str, number: int) -> Row:
        fixed: Row = {}
        if type_ in _NODE_KINDS:
            fixed["kind"] = self._random.choice(_NODE_KINDS[type_])
        if type_ == "Person":
            fixed["is_official"] = True if number < 4 else None
        if type_ == "Benefit":
            fixed |= {"month": self._day(0), "programme": self._random.choice(("低保", "特困人员供养", "高龄津贴"))}
        if type_ == "Payment":
            fixed["paid"] = self._day(0)
        return node(type_, self._base + number, None, **self._props(model().nodes[type_].properties, fixed))

    def _pick(self, type_: str) -> str:
        return self._id(type_, self._random.randrange(SIZES.get(type_, 2)))

    def _id(self, type_: str, number: int) -> str:
        return f"{type_}-{self._base + number}"

    def _edge(self, type_: str, source: str, target: str, **fixed: Any) -> None:
        self._count += 1
        start, end = sorted((self._random.choice(_DAYS), self._random.choice(_DAYS)))
        roll = self._random.random()
        tail = {"valid_from": start if roll > 0.15 else None, "valid_to": end if roll > 0.7 else None}
        props = self._props(model().relations[type_].properties, fixed)
        tail |= {name: props.pop(name) for name in ("valid_from", "valid_to") if name in props}
        self.edges.append({**edge(type_, self._count, source, target, **tail), "props": props})

    def _many(self, times: int, type_: str, source: str, target: str, **fixed: Callable[[], Any]) -> None:
        for _ in range(times):
            ends = self._pick(source), self._pick(target)
            if ends[0] != ends[1]:
                self._edge(type_, *ends, **{name: make() for name, make in fixed.items()})

    def _fill(self) -> None:
        roll = self._random
        for name in model().relations:
            sources, targets = model().ends(name)
            self._many(1, name, roll.choice(sources), roll.choice(targets))
        kin = ("spouse", "child", "sibling", "in_law", "child_in_law")
        self._many(12, "KIN", "Person", "Person", kind=lambda: roll.choice(kin), valid_from=lambda: None)
        grade: dict[str, Callable[[], Any]] = {"grade": lambda: roll.choice((1, 2, 2, 3, 4))}
        self._many(8, "HAS_POWER", "Person", "Agency", **grade, item=lambda: self._pick("Contract"))
        self._many(5, "SHARE", "Person", "Company", ratio=lambda: roll.choice((0.05, 0.3, 0.9)))
        for type_ in ("LEGAL_REP", "OFFICER"):
            self._many(5, type_, "Person", "Company")
        self._many(2, "SHARE", "Company", "Company", ratio=lambda: 0.6, control=lambda: True)
        for number in range(SIZES["Contract"]):
            self._edge("BUYER", self._pick("Agency"), self._id("Contract", number))
            self._edge("SIGNED", self._pick("Company"), self._id("Contract", number))
        for number in range(SIZES["Payment"]):
            self._edge("PAID", self._pick("Agency"), self._id("Payment", number))
            self._edge("TO", self._id("Payment", number), self._id("Account", roll.randrange(3)))
            self._edge("FOR", self._id("Payment", number), self._pick("Contract"))
        for number in range(SIZES["Account"]):
            owner = self._id("Company", roll.randrange(2)) if number < 3 else self._id("Person", roll.randrange(6))
            self._edge("OWNS", owner, self._id("Account", number))
        for number in range(SIZES["Benefit"]):
            self._edge("RECEIVED", self._id("Person", roll.randrange(5)), self._id("Benefit", number))
            self._edge("CERTIFIED", self._pick("Person"), self._id("Benefit", number))
        for _ in range(40):
            ends = self._id("Account", roll.randrange(SIZES["Account"])), self._id("Account", roll.randrange(2, 10))
            self._edge("TRANSFER", *ends, amount=roll.choice((800.0, 6000.0, 30000.0, 60000.0)))
        self._many(10, "BID", "Company", "Tender", lot=lambda: roll.choice((None, "1", "2")))
        self._many(5, "FROM", "Contract", "Tender")
        self._many(8, "HAS_MEDIUM", "Company", "Medium")
        self._many(3, "RECUSED", "Person", "Contract")
        for role in ("death", "cremation", "prison"):
            self._many(2, "MENTIONS", "Document", "Person", role=lambda role=role: role)  # type: ignore[misc]
        self._many(4, "EMPLOYED_BY", "Person", "Company")
        self._many(6, "ASSOC", "Person", "Person", valid_from=lambda: None)
        self._many(4, "NOMINEE_FOR", "Person", "Person", company=lambda: roll.choice((None, self._pick("Company"))))
        status = lambda: roll.choice((None, "正常"))  # noqa: E731
        self._many(3, "INVOICED", "Person", "Company", amount=lambda: 60000.0, status=status)
        self._many(3, "SUBCONTRACTS", "Company", "Company")
        for type_ in ("Case", "Lead"):
            self._many(4, "PARTY_TO", "Person", type_)
            self._many(2, "PARTY_TO", "Company", type_)
        self._many(4, "HAS_MEDIUM", "Person", "Medium")

    def _leave_office(self) -> None:
        """Officials who leave, and join a firm that had contracts from their unit: chance alone hardly makes one."""
        roll = self._random
        for number in range(4):
            official, unit, firm = self._id("Person", number), self._pick("Agency"), self._pick("Company")
            left = roll.choice(_DAYS[10:16])
            joined = left + timedelta(days=roll.choice((30, 200, 800)))
            grade = roll.choice((1, 2, 2, 3, 4))
            since = roll.choice((None, _DAYS[0]))
            self._edge("HOLDS_POST", official, unit, post=f"岗位{number}", valid_from=_DAYS[0], valid_to=left)
            self._edge("HAS_POWER", official, unit, grade=grade, valid_from=since, valid_to=left)
            self._edge(roll.choice(("OFFICER", "EMPLOYED_BY")), official, firm, valid_from=joined, valid_to=None)
            for _ in range(3):
                contract = self._pick("Contract")
                self._edge("BUYER", unit, contract)
                self._edge("SIGNED", firm, contract)

    def _split_purchases(self) -> None:
        """A unit that buys the like of three contracts just below its own county's limit."""
        roll, number = self._random, self._base + 90
        county = f"县{self._base}"
        limit = {"place": county, "category": "货物", "kind": "分散采购限额", "amount": 300000.0}
        self.nodes.append(node("Threshold", number, None, **limit, starts="2018-01-01"))
        self.nodes.append(node("Medium", number, county, kind="place"))
        self.nodes.append(node("Agency", number, f"{county}教育局"))
        unit = f"Agency-{number}"
        self._edge("LOCATED", f"Threshold-{number}", f"Medium-{number}", valid_from=_DAYS[0], valid_to=None)
        grade, since = roll.choice((2, 3, 4)), roll.choice((None, _DAYS[0]))
        self._edge("HAS_POWER", self._pick("Person"), unit, grade=grade, valid_from=since, valid_to=None)
        firm = self._pick("Company")
        for at in range(3):
            signed = (_DAYS[6] + timedelta(days=roll.choice((0, 20, 40)))).isoformat()
            bought = {"amount": roll.choice((290000.0, 299000.0)), "signed": signed, "category": "货物-家具"}
            self.nodes.append(node("Contract", number + at, f"桌椅{at}", **bought))
            self._edge("BUYER", unit, f"Contract-{number + at}")
            self._edge("SIGNED", firm, f"Contract-{number + at}")

    def _pool_benefits(self) -> None:
        """An official certifies benefits of several people that end in one account."""
        roll = self._random
        official, account = self._id("Person", roll.randrange(4)), self._id("Account", roll.randrange(3, 10))
        if roll.random() < 0.4:
            self._edge("OWNS", official, account)
        for number in range(8):
            benefit = self._id("Benefit", number)
            self._edge("TO", benefit, account)
            self._edge("CERTIFIED", official, benefit)
            self._edge("RECEIVED", self._id("Person", roll.randrange(4, 9)), benefit)
