"""OCDS releases as the tables of registers: tenders, bids, contracts; one row an object, in the order of the file.

Fields as defined by the Open Contracting Data Standard 1.1. The number of a tender is its `ocid`: `tender/id` is unique
only within its publisher.
"""

from collections.abc import Iterator
from pathlib import Path

from ingest.readers.jsonlines import JsonObject, read_objects
from ingest.readers.table import RawTable, Refusal, table_of
from ingest.readers.unreadable import Unreadable
from nlp.identifiers import clean_identifier, credit_code_fault

READER_ID = "ocds"
VERSION = "1"

HEADERS: dict[str, tuple[str, ...]] = {
    "tender": ("项目编号", "项目名称", "采购单位", "采购方式", "品目", "预算金额", "公告日期", "开标日期", "标段编号"),
    "bid": ("项目编号", "投标单位", "统一社会信用代码", "投标报价", "是否中标", "否决原因"),
    "contract": ("合同编号", "项目编号", "合同名称", "采购单位", "供应商", "统一社会信用代码", "合同金额", "签订日期"),
}
_DISQUALIFIED = "disqualified"
Row = tuple[str | None, ...]
Json = dict[str, object]


def _object(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _objects(value: object) -> list[Json]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _text(value: object) -> str | None:
    return None if value is None or isinstance(value, dict | list) or value == "" else str(value)


def _day(value: object) -> str | None:
    text = _text(value)
    return text[:10] if text else None


def _amount(value: object) -> str | None:
    return _text(_object(value).get("amount"))


class _Release:
    """One release with its parties at hand."""

    def __init__(self, release: Json) -> None:
        self.release = release
        self.number = _text(release.get("ocid"))
        self.tender = _object(release.get("tender"))
        self.parties = {_text(party.get("id")): party for party in _objects(release.get("parties"))}

    def named(self, reference: Json) -> tuple[str | None, str | None]:
        """Return name and identifier of an organisation that is referred to by id."""
        number = _text(reference.get("id"))
        party = self.parties.get(number, {})
        name = _text(reference.get("name")) or _text(party.get("name")) or number
        code = clean_identifier(_text(_object(party.get("identifier")).get("id")) or number or "")
        # Publishers elsewhere have numbers of their own; only a credit code may stand in the column for one.
        return name, code if credit_code_fault(code) is None else None

    def buyer(self) -> str | None:
        """Return who buys: the release's buyer, else the procuring entity, else the party in that role."""
        for reference in (_object(self.release.get("buyer")), _object(self.tender.get("procuringEntity"))):
            if reference:
                return self.named(reference)[0]
        buyers = [party for party in self.parties.values() if "buyer" in str(party.get("roles"))]
        return self.named(buyers[0])[0] if buyers else None

    def winners(self, award: str | None) -> list[Json]:
        """Return the suppliers of one award, or of all active awards when none is named."""
        awards = [item for item in _objects(self.release.get("awards")) if item.get("status", "active") == "active"]
        chosen = [item for item in awards if award is None or _text(item.get("id")) == award]
        return [supplier for item in chosen for supplier in _objects(item.get("suppliers"))]

    def tenders(self) -> Iterator[Row]:
        """Yield the tender, when there is one."""
        tender = self.tender
        if tender:
            period = _object(tender.get("tenderPeriod"))
            lots = "、".join(filter(None, (_text(lot.get("id")) for lot in _objects(tender.get("lots")))))
            yield (
                self.number,
                _text(tender.get("title")) or self.number,
                self.buyer(),
                _text(tender.get("procurementMethodDetails")) or _text(tender.get("procurementMethod")),
                _text(tender.get("mainProcurementCategory")),
                _amount(tender.get("value")),
                _day(period.get("startDate")),
                _day(period.get("endDate")),
                lots or None,
            )

    def bids(self) -> Iterator[Row]:
        """Yield one row a tenderer of each bid."""
        winners = {_text(supplier.get("id")) for supplier in self.winners(None)}
        for bid in _objects(_object(self.release.get("bids")).get("details")):
            refused = _DISQUALIFIED if bid.get("status") == _DISQUALIFIED else None
            for tenderer in _objects(bid.get("tenderers")):
                name, code = self.named(tenderer)
                won = "是" if _text(tenderer.get("id")) in winners and refused is None else "否"
                yield self.number, name, code, _amount(bid.get("value")), won, refused

    def contracts(self) -> Iterator[Row]:
        """Yield one row a supplier of each contract."""
        for contract in _objects(self.release.get("contracts")):
            own = f"{self.number}/{_text(contract.get('id'))}"
            title = _text(contract.get("title"))
            money, day = _amount(contract.get("value")), _day(contract.get("dateSigned"))
            for supplier in self.winners(_text(contract.get("awardID"))) or [{}]:
                name, code = self.named(supplier)
                yield own, self.number, title, self.buyer(), name, code, money, day


def read_ocds(path: Path, sheet: str | None = None) -> list[RawTable]:
    """Read the releases of a file as tables `tender`, `bid` and `contract`.

    Args:
        path: JSON lines, a JSON document or a release package.
        sheet: Only this table.

    Returns:
        The tables that have rows; broken lines are refusals of the first.

    Raises:
        Unreadable: Empty, not text, or without a release.
    """
    rows: dict[str, list[Row]] = {name: [] for name in HEADERS}
    refusals: list[Refusal] = []
    for item in read_objects(path):
        if isinstance(item, Refusal):
            refusals.append(item)
        else:
            _add(rows, item)
    names = [name for name in HEADERS if rows[name] and sheet in (None, name)]
    if not names:
        raise Unreadable("file.no_release", path)
    tables = []
    for name in names:
        data = table_of(list(range(1, len(rows[name]) + 1)), rows[name], len(HEADERS[name]))
        tables.append(RawTable(name, HEADERS[name], 0, data, refusals if name == names[0] else []))
    return tables


def _add(rows: dict[str, list[Row]], item: JsonObject) -> None:
    value = item.value
    compiled = _object(value.get("compiledRelease"))
    for release in [compiled] if compiled else _objects(value.get("releases")) or [value]:
        found = _Release(release)
        if found.number is None:
            continue
        rows["tender"] += found.tenders()
        rows["bid"] += found.bids()
        rows["contract"] += found.contracts()
