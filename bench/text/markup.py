"""Reads the inline markup of the gold (`GUIDELINES.md` describes it) and turns it into spans."""

import re
from collections.abc import Iterator
from pathlib import Path

from bench.text.gold_types import TYPES, UNSURE, GoldDocument, GoldError, GoldMention, GoldRelation

GOLD = Path(__file__).parent / "gold"
HALVES = ("open", "sealed")
CLAIMS = ("adjudicated", "found", "registry", "self", "witness", "alleged", "hearsay", "refuted")
RELATIONS = (
    "KIN",
    "ASSOC",
    "HOLDS_POST",
    "IN_CHARGE_OF",
    "DECIDED",
    "SHARE",
    "LEGAL_REP",
    "OFFICER",
    "NOMINEE_FOR",
    "WON",
    "BID",
    "BUYER",
    "SIGNED",
    "TRANSFER",
    "OWNS",
    "RECEIVED",
    "CERTIFIED",
    "PARTY_TO",
    "SUBCONTRACTS",
)

_HEAD = re.compile(r"=== (?P<name>\S+) \| (?P<genre>[^|]+) \| (?P<manner>.+)")
_SETTING = re.compile(r"(claim|speaker): (\S+)")
_MENTION = re.compile(r"\[([^\[\]|]+)\|(\??)([A-Za-z])([0-9]*)(?:=([^\[\]]+))?\]")
_RELATION = re.compile(r"> (\??)([A-Z_]+) (\S+?)>(\S+)((?: \S+)*)")


class _Builder:
    """Collects one document line by line."""

    def __init__(self, name: str, genre: str, manner: str, half: str) -> None:
        self.document = GoldDocument(name, genre.strip(), manner.strip(), half)
        self.claims: tuple[str, ...] = ()
        self.speaker: str | None = None
        self._lines: list[str] = []
        self._loose = 0

    def setting(self, name: str, value: str) -> None:
        if name == "claim":
            self.claims = tuple(value.split("|"))
        else:
            self.speaker = None if value == "-" else value

    def line(self, line: str) -> None:
        self._lines.append(line)

    def close(self) -> None:
        """End a paragraph: its lines of text first, the relations they state below."""
        lines, self._lines = self._lines, []
        text = [line for line in lines if not line.startswith("> ")]
        if not lines:
            return
        where = f"{self.document.name} paragraph {len(self.document.paragraphs) + 1}"
        if not text:
            raise GoldError(where, "relations without a text")
        if lines[: len(text)] != text:
            raise GoldError(where, "a line of text below the relations")
        self._text("\n".join(text), where)
        for line in lines[len(text) :]:
            self._relation(line, where)

    def _text(self, marked: str, where: str) -> None:
        document = self.document
        if document.text:
            document.text += "\n"
        start, end = len(document.text), 0
        for found in _MENTION.finditer(marked):
            document.text += marked[end : found.start()]
            document.mentions.append(self._mention(found, where))
            document.text += found.group(1)
            end = found.end()
        document.text += marked[end:]
        if re.search(r"[\[\]]", document.text[start:]):
            raise GoldError(where, "a bracket that is no mark")
        document.paragraphs.append((start, len(document.text)))

    def _mention(self, found: re.Match[str], where: str) -> GoldMention:
        text, optional, letter, number, value = found.groups()
        kind = TYPES.get(letter.upper())
        if kind is None:
            raise GoldError(where, f"unknown type in {found.group()}")
        if not number:
            self._loose += 1
            number = f"_{self._loose}"
        if value is None and letter in "MD" and not optional:
            raise GoldError(where, f"no value in {found.group()}")
        start = len(self.document.text)
        return GoldMention(
            start,
            start + len(text),
            text,
            kind,
            letter.upper() + number,
            letter.isupper(),
            bool(optional),
            value,
            len(self.document.paragraphs),
        )

    def _relation(self, line: str, where: str) -> None:
        found = _RELATION.fullmatch(line)
        if found is None or found.group(2) not in RELATIONS:
            raise GoldError(where, f"unreadable relation {line}")
        optional, kind, sources, targets, rest = found.groups()
        claims, speaker, negated, attributes = self.claims, self.speaker, False, {}
        for word in rest.split():
            name, _, value = word.partition("=")
            if word == "neg":
                negated = True
            elif name == "c":
                claims = tuple(value.split("|"))
            elif name == "by":
                speaker = None if value == "-" else value
            elif value:
                attributes[name] = value
            else:
                raise GoldError(where, f"unreadable word {word} in {line}")
        negated = negated or claims == ("refuted",)
        if not claims or not set(claims) <= set(CLAIMS):
            raise GoldError(where, f"no claim, or an unknown one, in {line}")
        place = len(self.document.paragraphs) - 1
        for source in sources.split(","):
            for target in targets.split(","):
                self.document.relations.append(
                    GoldRelation(
                        kind, source, target, dict(attributes), claims, speaker, negated, bool(optional), place
                    )
                )


def parse(content: str, half: str = "open") -> Iterator[GoldDocument]:
    """Read the documents of one gold file.

    Raises:
        GoldError: A line that is neither text, mark, relation nor setting.
    """
    builder: _Builder | None = None
    for line in content.split("\n"):
        head, setting = _HEAD.fullmatch(line), _SETTING.fullmatch(line)
        if line.startswith("# "):
            continue
        if head is not None:
            if builder is not None:
                builder.close()
                yield builder.document
            builder = _Builder(head["name"], head["genre"], head["manner"], half)
        elif builder is None:
            if line.strip():
                raise GoldError(line, "text before the first head")
        elif setting is not None:
            builder.setting(setting.group(1), setting.group(2))
        elif line.strip():
            builder.line(line)
        else:
            builder.close()
    if builder is not None:
        builder.close()
        yield builder.document


def read_gold(*halves: str) -> list[GoldDocument]:
    """Return the documents of the halves asked for, both when none is named, in the order of their files."""
    return [
        document
        for half in halves or HALVES
        for path in sorted((GOLD / half).glob("*.txt"))
        for document in parse(path.read_text(encoding="utf-8"), half)
    ]


def is_scored(value: str | None) -> bool:
    """Say whether a value was marked and is to be compared."""
    return value is not None and value != UNSURE
