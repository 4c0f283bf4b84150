"""What a clause leaves out and its surroundings say: who acts, in which unit, for which firm, in which matter."""

import re
from bisect import bisect_left
from collections import Counter
from functools import cache

from nlp.relating.coding import CODES, Coded
from nlp.spans import Found, Sentence, Tie
from nlp.speaking import Voices
from nlp.words import any_of, table

ACTORS = CODES["Person"] + CODES["Company"] + CODES["Agency"]
_NO_SUBJECT = "结婚|生日|生病|住院|婚礼|升学|乔迁|去世"  # 借其女结婚之机: it is not she who acts
_SUBJECT = re.compile(rf"(?:^|[,;:。])[^,;:。{ACTORS}]{{0,12}}({CODES['Person']})(?![的之、和与名所]|{_NO_SUBJECT})")
# Which units a title can belong to, by what their names end in; a title that is not here fits every unit.
_SEATS: tuple[tuple[str, str], ...] = (
    ("校长", "校|学|中|小|学院|中心|职教中心"),
    ("园长", "园"),
    ("院长", "院"),
    ("镇长", "镇|镇人民政府|镇政府"),
    ("乡长", "乡|乡人民政府|乡政府"),
    ("县长", "县|县人民政府|县政府"),
    ("区长", "区|区人民政府|区政府"),
    ("市长", "市|市人民政府|市政府"),
    ("局长", "局"),
    ("所长", "所"),
    ("站长", "站"),
    ("行长", "行"),
    ("段长", "段"),
    ("村长|村委|村支|支书|报账员|村党|村文书|村会计|村民小组长", "村|社区|居委会|村委会|村民委员会"),
)
_SEAT_PATTERNS = tuple((re.compile(title), re.compile(rf"(?:{seat})$")) for title, seat in _SEATS)
# Bodies that look into a matter are not where the people in it work.
_INVESTIGATES = re.compile(
    r"^中共.+委员会$|纪委|监委|监察|检察院|法院|公安局|审计局|巡察|巡视|组织部|派出所|人民代表|县委$|市委$"
)


@cache
def _relative() -> re.Pattern[str]:
    """Match what ends in a word of kinship: 妻子 before a name says that he is named as somebody's."""
    return re.compile(rf"{any_of(table('kin')['words'])}[ :]?$")


def fits(post: str, unit: Found) -> bool:
    """Say whether a post can be one in a unit: 校长 in a school."""
    for title, seat in _SEAT_PATTERNS:
        if title.search(post):
            return seat.search(unit.text) is not None
    return _INVESTIGATES.search(unit.text) is None


class Context:
    """Follows a document sentence by sentence.

    Args:
        ones: Its mentions, in order.
        frame: Who speaks in it, and whom it is about.
        lines: Start of every line.
    """

    def __init__(self, ones: list[Found], frame: Voices, lines: list[int]) -> None:
        self.subject = frame.subject
        self.speaker = frame.speaker
        self._carried: Found | None = None
        self._line = -1
        self._subjects: list[tuple[int, Found]] = []
        self._lines = lines
        self._of: dict[str, list[Found]] = {}
        for one in ones:
            self._of.setdefault(one.type, []).append(one)
        self._homes: dict[int, Found] = {}
        projects = {id(one.entity): one.entity for one in self._of.get("Tender", [])}
        self.only = next(iter(projects.values())) if len(projects) == 1 else None
        deals = {id(one.entity): one.entity for one in self._of.get("Contract", [])}
        self.deal = next(iter(deals.values())) if len(deals) == 1 else None

    @property
    def number(self) -> Found | None:
        """The first number of a lead or case in the document."""
        found = [one for one in self._of.get("Identifier", []) if one.kind in ("lead", "case")]
        return found[0] if found else None

    @property
    def owner(self) -> Found | None:
        """The first person or firm of the document; of a bank's page, whose account it is."""
        found = [*self._of.get("Company", [])[:1], *self._of.get("Person", [])[:1]]
        return min(found, key=lambda one: one.start) if found else None

    @property
    def supplier(self) -> Found | None:
        """The first firm of the document; of a contract, who sells."""
        found = self._of.get("Company", [])
        return found[0] if found else None

    def enter(self, sentence: Sentence) -> None:
        """Forget the topic at a new paragraph, and at every turn of a conversation."""
        if sentence.line != self._line:
            self._line, self._carried = sentence.line, None

    def see(self, coded: Coded) -> None:
        """Take in a sentence, in which 其妻弟周启明 is only 周启明."""
        self._subjects = [
            (coded.starts[match.start(1)], coded.at(match.start(1)))
            for match in _SUBJECT.finditer(coded.text)
            if _relative().search(coded.text, 0, match.start(1)) is None
        ]

    def leave(self, ties: list[Tie]) -> None:
        """Keep the topic for the next sentence, and where people work."""
        if self._subjects:
            self._carried = self._subjects[0][1]
        self.note(ties)

    def note(self, ties: list[Tie]) -> None:
        """Remember where people work."""
        for tie in ties:
            if tie.type in ("HOLDS_POST", "OFFICER") and not tie.negated:
                self._homes[id(tie.source.entity)] = tie.target

    def topic(self, at: int) -> Found | None:
        """Return who acts at a place of the text; None when nobody is known to."""
        found = [who for start, who in self._subjects if start < at]
        return found[-1] if found else self._carried or self.subject

    def _before(self, type_: str, at: int, *, since: int = 0) -> list[Found]:
        """Return the mentions of a type in a stretch of the text, the nearest to its end first."""
        ones = self._of.get(type_, [])
        starts = [one.start for one in ones]
        return ones[bisect_left(starts, since) : bisect_left(starts, at)][::-1]

    def unit(self, post: str, at: int) -> Found | None:
        """Return the unit of a post that names none: the nearest fitting one of the line, else the document's only."""
        begin = self._lines[min(self._line, len(self._lines) - 1)]
        near = [one for one in self._before("Agency", at, since=begin) if fits(post, one)]
        if near:
            return near[0]
        all_ = {id(one.entity): one for one in self._before("Agency", at) if fits(post, one)}
        if len(all_) == 1:
            return next(iter(all_.values()))
        # Several: the one in which at least two people were said to hold posts.
        held = Counter(id(home.entity) for home in self._homes.values())
        often = [key for key, count in held.items() if count > 1 and key in all_]
        return all_[often[0]] if len(often) == 1 else None

    def firm(self, at: int, *, above: bool = False) -> Found | None:
        """Return the firm of the line that stands last before a place, else the document's only one.

        Args:
            at: The place.
            above: Any firm above will do, as in the lines of a register's sheet.
        """
        begin = self._lines[min(self._line, len(self._lines) - 1)]
        near = self._before("Company", at, since=begin)
        if near:
            return near[0]
        firms = {id(one.entity): one for one in self._before("Company", at)}
        return next(reversed(firms.values())) if len(firms) == 1 or (above and firms) else None

    def holder(self, at: int) -> Found | None:
        """Return the first person or firm of the line: whose account 账号 in it is."""
        begin = self._lines[min(self._line, len(self._lines) - 1)]
        near = [*self._before("Company", at, since=begin), *self._before("Person", at, since=begin)]
        return min(near, key=lambda one: one.start) if near else None

    def _in_line(self, type_: str, end: int) -> list[Found]:
        begin = self._lines[min(self._line, len(self._lines) - 1)]
        return self._before(type_, end, since=begin)

    def project(self, at: int, end: int) -> Found | None:
        """Return the project a clause is about: the nearest in the line, first those before it, else the only one."""
        near = self._in_line("Tender", end)
        before = [one for one in near if one.start < at]
        return before[0] if before else near[-1] if near else self.only

    def matter(self, at: int, end: int, *, paid: bool) -> Found | None:
        """Return what somebody decided on: a project or contract of the line, else the text's only project.

        Args:
            at: Where the clause begins.
            end: Where its sentence ends.
            paid: It is about a payment, which is made on a contract.
        """
        deals = self._in_line("Contract", end)
        if paid:
            return deals[0] if deals else None
        found = self.project(at, end)
        return found if found is not None or not deals else deals[0]

    def sum(self, at: int, end: int) -> Found | None:
        """Return the sum a list was made for: the nearest of the line, before it if there is one."""
        near = self._in_line("Money", end)
        before = [one for one in near if one.start < at]
        return before[0] if before else near[-1] if near else None

    def own(self, type_: str) -> Found | None:
        """Return where the speaker works, when that is of a type: the 我们 of 我们局长."""
        found = None if self.speaker is None else self._homes.get(id(self.speaker.entity))
        return found if found is not None and found.type == type_ else None

    def home(self, who: Found) -> Found | None:
        """Return the unit in which the text so far said that a person holds a post."""
        found = self._homes.get(id(who.entity))
        return found if found is not None and found.type == "Agency" else None
